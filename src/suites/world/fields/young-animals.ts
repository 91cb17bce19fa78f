// Names of young animals. Other names in use for the same animal are aliases; names that some use are never wrong.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const youngAnimals: Field = {
  about: "What a young animal is called",
  screening: [
    ["What is the young of {S} called?", "The name for the young of {S} is"],
    ["Which word names the young of {S}?", "The word that names the young of {S} is"],
    ["What is the name for the offspring of {S}?", "The offspring of {S} has the name"],
  ],
  main: ["What is the word for the young of {S}?", "The word for the young of {S} is"],
  paraphrases: [
    ["What do people call the young of {S}?", "The word people use for the young of {S} is"],
    ["In English, what name does the young of {S} have?", "In English, the young of {S} has the name"],
    ["What is the special term for the young of {S}?", "The special term for the young of {S} is"],
    ["What is the newborn of {S} known as?", "The term for the newborn of {S} is"],
  ],
  rows: rowsOf([
    ["a dog", "puppy", { aliases: ["pup", "whelp"], never: ["cub"] }],
    ["a cat", "kitten", { aliases: ["kitty"], never: ["cub"] }],
    ["a cow", "calf"],
    ["a horse", "foal", { aliases: ["colt", "filly"] }],
    ["a sheep", "lamb"],
    ["a goat", "kid"],
    ["a pig", "piglet", { aliases: ["shoat"] }],
    ["a lion", "cub", { never: ["kitten"] }],
    ["a bear", "cub"],
    ["a deer", "fawn", { aliases: ["calf"], never: ["kid"] }],
    ["a duck", "duckling", { never: ["chick"] }],
    ["a hen", "chick"],
    ["a frog", "tadpole", { aliases: ["froglet", "polliwog"] }],
    ["a kangaroo", "joey"],
    ["a swan", "cygnet", { never: ["chick", "duckling"] }],
    ["a goose", "gosling", { never: ["chick", "duckling"] }],
    ["an elephant", "calf", { never: ["cub"] }],
    ["a whale", "calf", { never: ["cub"] }],
  ]),
};
