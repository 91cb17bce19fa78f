// Sums of two small numbers, each pair in one order only. The wrong ones are other two-digit numbers nearby.

import { numberWrongs } from "../number-wrongs.ts";
import type { Field } from "../field.ts";

const pairs = [
  [5, 6], [5, 7], [5, 8], [5, 9], [6, 7], [6, 8], [6, 9], [7, 8], [7, 9], [8, 9], [10, 7], [12, 6],
  [11, 8], [15, 5], [14, 7], [16, 8], [13, 9], [20, 15], [25, 10], [30, 12], [40, 35], [22, 11], [50, 25], [60, 30],
] as const; // prettier-ignore

export const sums: Field = {
  about: "The sum of two small numbers",
  screening: [
    ["What is {S}?", "The result of {S} is"],
    ["How much is {S}?", "Added up, {S} is"],
    ["Can you tell me what {S} equals?", "The number that {S} equals is"],
  ],
  main: ["What does {S} equal?", "Added together, {S} equals"],
  paraphrases: [
    ["What number do you get for {S}?", "The number you get for {S} is"],
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
