// Colours that are fixed by nature, by rule or by mixing paint. The last words of the subjects shut out the exceptions.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const colors: Field = {
  about: "The colour of a common thing",
  screening: [
    ["What color is {S}?", "The color of {S} is"],
    ["Which color does {S} have?", "The color that {S} has is"],
    ["What is the usual color of {S}?", "The usual color of {S} is"],
  ],
  main: ["What is the color of {S}?", "In color, {S} is"],
  paraphrases: [
    ["Which color would you paint {S} in a picture?", "In a picture, you would paint {S} in the color"],
    ["If you look at {S}, what color do you see?", "If you look at {S}, the color you see is"],
    ["What word names the color of {S}?", "The word that names the color of {S} is"],
    ["{S} is normally what color?", "{S} is normally"],
  ],
  rows: rowsOf([
    ["healthy grass", "green", { never: ["blue", "brown", "yellow"] }],
    ["a clear daytime sky", "blue", { never: ["white", "gray"] }],
    ["fresh snow", "white", { never: ["blue"] }],
    ["coal", "black", { never: ["brown"] }],
    ["human blood", "red", { never: ["blue", "brown", "purple"] }],
    ["a ripe lemon", "yellow", { never: ["green", "orange"] }],
    ["an emerald", "green", { never: ["blue"] }],
    ["a ruby", "red", { never: ["pink", "purple"] }],
    ["a ripe strawberry", "red", { never: ["pink", "white"] }],
    ["dark chocolate", "brown", { never: ["black"] }],
    ["a flamingo", "pink", { never: ["red", "orange", "white"] }],
    ["a raven", "black", { never: ["blue", "purple", "white"] }],
    ["cow's milk", "white", { never: ["yellow", "blue"] }],
    ["a stop sign in the United States", "red", { never: ["white"] }],
    ["an American school bus", "yellow", { aliases: ["orange"], never: ["black"] }],
    ["fresh spinach", "green", { never: ["red"] }],
    ["a fresh carrot from the supermarket", "orange", { never: ["yellow", "purple", "red", "white"] }],
    ["the yolk of an egg", "yellow", { aliases: ["orange"], never: ["white", "red"] }],
    ["a mix of blue and yellow paint", "green", { never: ["brown"] }],
    ["a mix of red and white paint", "pink", { never: ["brown"] }],
    ["a mix of red and yellow paint", "orange", { never: ["brown"] }],
    ["a mix of red and blue paint", "purple", { aliases: ["violet"], never: ["pink", "brown"] }],
    ["a mix of black and white paint", "gray", { aliases: ["grey"], never: ["brown"] }],
  ]),
};
