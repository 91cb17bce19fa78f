// Products of two small numbers, each pair in one order only. The wrong ones are other two-digit numbers nearby.

import { numberWrongs } from "../number-wrongs.ts";
import type { Field } from "../field.ts";

const factors = [2, 3, 4, 5, 6, 7, 8, 9] as const;

export const products: Field = {
  about: "The product of two small numbers",
  screening: [
    ["What is {S}?", "The result of {S} is"],
    ["How much is {S}?", "Worked out, {S} is"],
    ["What does {S} make?", "{S} makes"],
  ],
  main: ["What does {S} equal?", "Multiplied out, {S} equals"],
  paraphrases: [
    ["What number do you get for {S}?", "The number you get for {S} is"],
    ["In arithmetic, what does {S} come to?", "In arithmetic, {S} comes to"],
    ["When you work out {S}, what is the result?", "When you work out {S}, the result is"],
    ["Can you tell me what {S} equals?", "The number that {S} equals is"],
  ],
  rows: factors
    .flatMap((a, i) => factors.slice(i).map((b) => [a, b] as const))
    .filter(([a, b]) => a * b >= 14)
    .map(([a, b]) => ({
      subject: `${a} times ${b}`,
      answer: String(a * b),
      wrong: numberWrongs(a * b, [a, b], [b, -a, 2, -1, 10, -10, 1, 3, -2]),
    })),
};
