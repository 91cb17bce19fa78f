// Common words of Spanish, French and German in English. Words with two common meanings carry the second as an alias.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const translations: Field = {
  about: "The English word for a Spanish, French or German one",
  screening: [
    ["What is the meaning of {S}?", "{S} means"],
    ["How would you say {S} in English?", "Translated into English, {S} means"],
    ["What does {S} mean in English?", "In English, {S} means"],
  ],
  main: ["What is the English translation of {S}?", "{S} has the meaning of"],
  paraphrases: [
    ["Which English word has the same meaning as {S}?", "{S} means the same as the English"],
    ["What would {S} be in English?", "The meaning of {S} is"],
    ["Can you tell me what {S} means?", "For an English speaker, {S} means"],
    ["In a dictionary, which English word would explain {S}?", "In a dictionary, {S} is explained as"],
  ],
  decoys: [
    "table",
    "milk",
    "tree",
    "apple",
    "bread",
    "river",
    "chair",
    "horse",
    "garden",
    "window",
    "shoe",
    "bird",
  ],
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
      ["rojo", "red"],
    ]).map((row) => ({ ...row, subject: `the Spanish word "${row.subject}"` })),
    ...rowsOf([
      ["chien", "dog"],
      ["maison", "house", { aliases: ["home"] }],
      ["eau", "water", { never: ["river"] }],
      ["rouge", "red"],
    ]).map((row) => ({ ...row, subject: `the French word "${row.subject}"` })),
    ...rowsOf([
      ["Hund", "dog"],
      ["Wasser", "water", { never: ["river"] }],
      ["Buch", "book"],
      ["Freund", "friend"],
      ["König", "king"],
    ]).map((row) => ({ ...row, subject: `the German word "${row.subject}"` })),
  ],
};
