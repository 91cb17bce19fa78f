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
    ["Which class of animals do {S} belong to?", "The class of animals that {S} belong to is"],
    ["What group of animals are {S} part of?", "The group of animals that {S} are part of is"],
    ["How do biologists classify {S}?", "Biologists classify {S} as"],
  ],
  main: ["What class of animals are {S}?", "As a class of animals, {S} are"],
  paraphrases: [
    ["To which animal class do {S} belong?", "{S} belong to the class of"],
    ["In biology, what type of animals are {S}?", "In biology, {S} are"],
    ["Under which group of animals do {S} fall?", "{S} fall under the"],
    [
      "Among the classes of the animal kingdom, which one includes {S}?",
      "The class that includes {S} is the",
    ],
  ],
  rows: rowsOf([
    ["whales", "mammals", mammals],
    ["dolphins", "mammals", mammals],
    ["bats", "mammals", mammals],
    ["elephants", "mammals", mammals],
    ["kangaroos", "mammals", mammals],
    ["tigers", "mammals", mammals],
    ["penguins", "birds", birds],
    ["ostriches", "birds", birds],
    ["eagles", "birds", birds],
    ["parrots", "birds", birds],
    ["owls", "birds", birds],
    ["snakes", "reptiles", reptiles],
    ["lizards", "reptiles", reptiles],
    ["crocodiles", "reptiles", reptiles],
    ["tortoises", "reptiles", reptiles],
    ["frogs", "amphibians", amphibians],
    ["toads", "amphibians", amphibians],
    ["salamanders", "amphibians", amphibians],
    ["sharks", "fish", { aliases: ["fishes"] }],
    ["salmon", "fish", { aliases: ["fishes"] }],
    ["trout", "fish", { aliases: ["fishes"] }],
    ["ants", "insects", insects],
    ["butterflies", "insects", insects],
    ["mosquitoes", "insects", insects],
    ["beetles", "insects", insects],
    ["spiders", "arachnids", { aliases: ["arachnid"] }],
    ["scorpions", "arachnids", { aliases: ["arachnid"] }],
    ["crabs", "crustaceans", { aliases: ["crustacean"] }],
    ["lobsters", "crustaceans", { aliases: ["crustacean"] }],
  ]),
};
