// What kind of thing a word names. Never wrong: kinds that overlap (a sword is a tool to some), and second meanings of
// the word (an apple is a tree too, a screwdriver is a drink).

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

const fruit = { never: ["tree", "flower", "vegetable", "drink"] };
const vegetable = { never: ["fruit", "flower"] };
const instrument = { aliases: ["musical instrument"], never: ["tool", "furniture"] };
const tool = { never: ["weapon", "instrument", "sport", "drink"] };
const flower = { aliases: ["plant"], never: ["tree", "drink", "fruit", "vegetable", "furniture"] };
const sport = { aliases: ["game", "ball game"], never: ["dance"] };
const vehicle = { never: ["sport", "weapon", "tool"] };

export const kinds: Field = {
  about: "The kind of thing that a word names",
  screening: [
    ['What kind of thing is meant by "{S}"?', 'The word "{S}" names a kind of'],
    ['What is "{S}" a kind of?', 'The word "{S}" stands for a kind of'],
    ['What sort of thing does the word "{S}" name?', 'By the word "{S}" people mean a sort of'],
  ],
  main: ['What kind of thing does the word "{S}" stand for?', 'A thing called "{S}" is a kind of'],
  paraphrases: [
    ['In a dictionary, what is "{S}" explained as?', 'In a dictionary, "{S}" is explained as a type of'],
    ['Which category would you put "{S}" in?', 'Anything called "{S}" would be a type of'],
    ['What type of thing is called "{S}"?', 'What is called "{S}" is a type of'],
    ['What is named by the word "{S}", in general?', 'In general, the word "{S}" names a type of'],
  ],
  rows: rowsOf([
    ["apple", "fruit", fruit],
    ["banana", "fruit", fruit],
    ["pear", "fruit", fruit],
    ["grape", "fruit", fruit],
    ["carrot", "vegetable", vegetable],
    ["cabbage", "vegetable", vegetable],
    ["spinach", "vegetable", vegetable],
    ["violin", "instrument", instrument],
    ["trumpet", "instrument", { ...instrument, never: [...instrument.never, "flower"] }],
    ["guitar", "instrument", instrument],
    ["hammer", "tool", tool],
    ["screwdriver", "tool", tool],
    ["wrench", "tool", tool],
    ["oak", "tree", { never: ["furniture", "flower", "vegetable", "fruit"] }],
    ["tulip", "flower", flower],
    ["tennis", "sport", sport],
    ["soccer", "sport", sport],
    ["hockey", "sport", sport],
    ["truck", "vehicle", vehicle],
    ["bicycle", "vehicle", vehicle],
    ["sofa", "furniture"],
    ["chair", "furniture"],
    ["sword", "weapon", { never: ["dance", "tool", "sport"] }],
    ["poodle", "dog"],
    ["cheddar", "cheese"],
    ["waltz", "dance", { never: ["sport"] }],
    ["malaria", "disease"],
    ["lemonade", "drink", { aliases: ["beverage"], never: ["fruit"] }],
    ["jacket", "clothing", { aliases: ["garment", "clothes"] }],
  ]),
};
