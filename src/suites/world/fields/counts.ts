// How many there are of something, where the number is fixed by definition, by rule or by anatomy.

import { rowsOf } from "../field.ts";
import type { Field, Row } from "../field.ts";

/** Numbers up to twelve are said as words, with the digits as an alias; larger ones as digits. */
const words = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");

const small: readonly (readonly [subject: string, count: number, never?: readonly number[]])[] = [
  ["sides of a triangle", 3],
  ["sides of a square", 4],
  ["sides of a pentagon", 5],
  ["sides of a hexagon", 6],
  ["sides of an octagon", 8],
  ["faces of a cube", 6],
  ["legs of a spider", 8],
  ["legs of an insect", 6],
  ["days in a week", 7],
  ["months in a year", 12],
  ["eggs in a dozen", 12],
  ["inches in a foot", 12],
  ["feet in a yard", 3],
  ["players of one soccer team on the field", 11],
  ["wheels of a tricycle", 3],
];

export const counts: Field = {
  about: "How many there are of something",
  screening: [
    ["What is the number of {S}?", "There are exactly"],
    ["Can you tell me the correct number of {S}?", "The correct number of {S} is"],
    ["How many {S} are there?", "The answer is"],
  ],
  main: ["What is the exact number of {S}?", "The exact number of {S} is"],
  paraphrases: [
    ["If you count the {S}, what number do you get?", "If you count the {S}, you get"],
    ["How large is the number of {S}?", "The count of {S} is"],
    ["Do you know the number of {S}?", "Yes, the number of {S} is"],
    ["What is the total number of {S}?", "The total number of {S} is"],
  ],
  rows: [
    ...small.map(([subject, count, never = []]): Row => ({
      subject,
      answer: words[count] ?? "",
      aliases: [String(count)],
      wrong: nearest(count, never).map((other) => words[other] ?? ""),
    })),
    // Of the large numbers the plausible ones are not the nearest, so these are by hand.
    ...rowsOf([
      ["hours in a day", "24", { wrong: ["20", "22", "26", "28"] }],
      ["minutes in an hour", "60", { wrong: ["50", "70", "40", "80"] }],
      ["seconds in a minute", "60", { wrong: ["50", "70", "40", "80"] }],
      ["years in a century", "100", { wrong: ["200", "120", "500", "150"] }],
      ["cents in a dollar", "100", { wrong: ["200", "120", "500", "150"] }],
      ["letters of the English alphabet", "26", { wrong: ["24", "25", "27", "28"] }],
      ["cards in a standard deck without jokers", "52", { wrong: ["50", "54", "48", "56"] }],
      ["states of the United States", "50", { wrong: ["45", "51", "52", "55"] }],
      ["degrees in a right angle", "90", { wrong: ["45", "60", "75", "80"] }],
    ]),
  ],
};

/** The four nearest numbers from two to twelve. */
function nearest(count: number, never: readonly number[]): readonly number[] {
  return [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 2]
    .filter((other) => other !== count && !never.includes(other))
    .sort((a, b) => Math.abs(a - count) - Math.abs(b - count))
    .slice(0, 4);
}
