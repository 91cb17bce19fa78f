// The class that an animal is put in at school. Never wrong: classes that contain another one by descent, such as
// fish for anything with a backbone, reptiles for birds, crustaceans for insects.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

const backbone = { never: ["fish"] };
const birds = { aliases: ["bird"], never: ["fish", "reptiles"] };
const mammals = { aliases: ["mammal"], ...backbone };
const reptiles = { aliases: ["reptile"], ...backbone };
const amphibians = { aliases: ["amphibian"], ...backbone };
const insects = { aliases: ["insect"], never: ["crustaceans"] };

export const animalClasses: Field = {
  about: "The class of animals that a kind belongs to",
  screening: [
    ["What group of animals are {S} part of?", "{S} belong to the group of"],
    ["In biology, what are {S}?", "In biology, {S} are classified as"],
    ["How do scientists classify {S}?", "Scientists classify {S} as"],
  ],
  main: ["Which class of animals do {S} belong to?", "{S} belong to the class of"],
  paraphrases: [
    ["What class of animals are {S}?", "As a class of animals, {S} are"],
    ["In the animal kingdom, where are {S} placed?", "In the animal kingdom, {S} are placed among the"],
    ["Under which group of animals do {S} fall?", "{S} fall under the group of"],
    ["What type of animals are {S}?", "Like all their relatives, {S} are"],
  ],
  rows: rowsOf([
    ["whales", "mammals", mammals],
    ["dolphins", "mammals", mammals],
    ["bats", "mammals", mammals],
    ["tigers", "mammals", mammals],
    ["penguins", "birds", birds],
    ["eagles", "birds", birds],
    ["parrots", "birds", birds],
    ["owls", "birds", birds],
    ["snakes", "reptiles", reptiles],
    ["lizards", "reptiles", reptiles],
    ["tortoises", "reptiles", reptiles],
    ["frogs", "amphibians", amphibians],
    ["sharks", "fish", { aliases: ["fishes"] }],
    ["salmon", "fish", { aliases: ["fishes"] }],
    ["trout", "fish", { aliases: ["fishes"] }],
    ["ants", "insects", insects],
    ["butterflies", "insects", insects],
    ["spiders", "arachnids", { aliases: ["arachnid"] }],
    ["scorpions", "arachnids", { aliases: ["arachnid"] }],
    ["crabs", "crustaceans", { aliases: ["crustacean"] }],
  ]),
};
