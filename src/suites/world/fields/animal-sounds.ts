// The usual English word for an animal's sound. Further sounds that the animal makes are aliases or never wrong.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const animalSounds: Field = {
  about: "The usual word for the sound of an animal",
  screening: [
    ["What is the usual word for the sound of {S}?", "The usual word for the sound of {S} is"],
    ["Which word describes the sound that {S} makes?", "The word that describes the sound that {S} makes is"],
    ["What sound does {S} make?", "The sound that {S} makes is the"],
  ],
  main: ["What is the typical sound of {S} called?", "The typical sound of {S} is the"],
  paraphrases: [
    ["What do you call the sound of {S}?", "The name for the sound of {S} is"],
    [
      "In English, which word is used for the sound of {S}?",
      "In English, the word used for the sound of {S} is",
    ],
    ["If you hear {S}, what is the name of its sound?", "The name of the sound of {S} is"],
    ["{S} is known for which sound?", "{S} is known for the"],
  ],
  rows: rowsOf([
    ["a dog", "bark", { aliases: ["woof"], never: ["howl", "squeak", "croak", "crow"] }],
    ["a cat", "meow", { aliases: ["miaow", "purr"], never: ["hiss", "howl", "squeak", "growl"] }],
    ["a cow", "moo", { aliases: ["low"], never: ["hiss"] }],
    ["a lion", "roar", { never: ["hiss", "meow", "howl"] }],
    ["a duck", "quack", { never: ["squeak", "hiss"] }],
    ["a sheep", "baa", { aliases: ["bleat"] }],
    ["a pig", "oink", { aliases: ["grunt", "squeal"], never: ["hiss", "squeak", "bark"] }],
    ["a horse", "neigh", { aliases: ["whinny"] }],
    ["a snake", "hiss", { never: ["buzz"] }],
    ["a bee", "buzz", { aliases: ["hum"], never: ["hiss", "quack"] }],
    ["a frog", "croak", { aliases: ["ribbit"], never: ["quack", "bark", "hiss", "roar", "moo", "hoot"] }],
    ["an owl", "hoot", { never: ["hiss", "bark", "howl"] }],
    ["a wolf", "howl", { never: ["bark", "hoot"] }],
    ["a mouse", "squeak", { never: ["hiss"] }],
    ["a turkey", "gobble", { never: ["hoot"] }],
    ["a rooster", "crow", { aliases: ["cock-a-doodle-doo"], never: ["croak"] }],
  ]),
};
