// Sums of two small numbers, each pair in one order only. The wrong ones are other two-digit numbers nearby.

import { numberWrongs } from "../number-wrongs.ts";
import type { Field } from "../field.ts";

const pairs = [
  [2, 9],
  [3, 8],
  [4, 7],
  [4, 8],
  [4, 9],
  [5, 6],
  [5, 7],
  [6, 6],
  [6, 7],
  [7, 8],
  [5, 10],
  [7, 10],
  [10, 20],
] as const;

export const sums: Field = {
  about: "The sum of two small numbers",
  screening: [
    ["What is the total of {S}?", "The total of {S} is"],
    ["What do you get for {S}?", "For {S} you get"],
    ["What is {S}?", "The result of {S} is"],
  ],
  main: ["What does {S} equal?", "Added together, {S} equals"],
  paraphrases: [
    ["How much is {S}?", "Added up, {S} is"],
    ["In arithmetic, what does {S} come to?", "In arithmetic, {S} comes to"],
    ["When you work out {S}, what is the result?", "When you work out {S}, the result is"],
    ["{S} makes how much?", "{S} makes"],
  ],
  rows: pairs.map(([a, b]) => ({
    subject: `${a} plus ${b}`,
    answer: String(a + b),
    wrong: numberWrongs(a + b, [a, b], [1, -1, 10, 2, -2, -10, 3]),
  })),
};
