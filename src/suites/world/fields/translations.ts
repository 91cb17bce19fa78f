// Common words of Spanish, French and German in English. Words with two common meanings carry the second as an alias.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const translations: Field = {
  about: "The English word for a Spanish, French or German one",
  screening: [
    ["What does {S} mean in English?", "In English, {S} means"],
    ["How do you translate {S} into English?", "Translated into English, {S} is"],
    ["What is the English word for {S}?", "The English word for {S} is"],
  ],
  main: ["What is the English translation of {S}?", "The English translation of {S} is"],
  paraphrases: [
    ["Which English word has the same meaning as {S}?", "The English word with the same meaning as {S} is"],
    ["What would {S} be in English?", "In English, {S} would be"],
    ["Can you tell me what {S} means in English?", "The meaning of {S} in English is"],
    [
      "In an English dictionary, which word would stand for {S}?",
      "The English word that would stand for {S} is",
    ],
  ],
  decoys: ["table", "river", "chair", "horse", "garden", "window", "shoe", "bird"],
  rows: [
    ...rowsOf([
      ["casa", "house", { aliases: ["home"] }],
      ["gato", "cat"],
      ["perro", "dog"],
      ["agua", "water", { never: ["river"] }],
      ["libro", "book"],
      ["amigo", "friend"],
      ["noche", "night", { aliases: ["evening"] }],
      ["leche", "milk"],
      ["escuela", "school"],
      ["sol", "sun"],
      ["luna", "moon"],
      ["flor", "flower"],
      ["rojo", "red"],
      ["blanco", "white"],
      ["fuego", "fire"],
      ["árbol", "tree"],
    ]).map((row) => ({ ...row, subject: `the Spanish word "${row.subject}"` })),
    ...rowsOf([
      ["chat", "cat"],
      ["chien", "dog"],
      ["maison", "house", { aliases: ["home"] }],
      ["eau", "water", { never: ["river"] }],
      ["fromage", "cheese"],
      ["soleil", "sun"],
      ["rouge", "red"],
      ["roi", "king"],
      ["lait", "milk"],
      ["ami", "friend"],
      ["nuit", "night", { aliases: ["evening"] }],
      ["pomme", "apple"],
    ]).map((row) => ({ ...row, subject: `the French word "${row.subject}"` })),
    ...rowsOf([
      ["Hund", "dog"],
      ["Katze", "cat"],
      ["Wasser", "water", { never: ["river"] }],
      ["Buch", "book"],
      ["Brot", "bread"],
      ["Baum", "tree"],
      ["Freund", "friend"],
      ["König", "king"],
    ]).map((row) => ({ ...row, subject: `the German word "${row.subject}"` })),
  ],
};
