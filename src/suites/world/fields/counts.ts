// How many there are of something, where the number is fixed by definition, by rule or by anatomy.

import { numberWrongs } from "../number-wrongs.ts";
import type { Field, Row } from "../field.ts";

/** Numbers up to twelve are said as words, with the digits as an alias; larger ones as digits. */
const words = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");

const tuples: readonly (readonly [subject: string, count: number])[] = [
  ["sides of a triangle", 3],
  ["sides of a square", 4],
  ["sides of a pentagon", 5],
  ["sides of a hexagon", 6],
  ["sides of a heptagon", 7],
  ["sides of an octagon", 8],
  ["sides of a decagon", 10],
  ["faces of a cube", 6],
  ["edges of a cube", 12],
  ["legs of a spider", 8],
  ["legs of an insect", 6],
  ["arms of an octopus", 8],
  ["legs of a horse", 4],
  ["days in a week", 7],
  ["months in a year", 12],
  ["hours in a day", 24],
  ["minutes in an hour", 60],
  ["seconds in a minute", 60],
  ["days in the month of April", 30],
  ["days in the month of July", 31],
  ["years in a century", 100],
  ["years in a decade", 10],
  ["eggs in a dozen", 12],
  ["inches in a foot", 12],
  ["feet in a yard", 3],
  ["centimeters in a meter", 100],
  ["ounces in a pound", 16],
  ["cents in a dollar", 100],
  ["letters of the English alphabet", 26],
  ["cards in a standard deck without jokers", 52],
  ["squares on a chessboard", 64],
  ["players of one soccer team on the field", 11],
  ["players of one basketball team on the court", 5],
  ["players of one baseball team on the field", 9],
  ["strings of a violin", 4],
  ["strings of a standard guitar", 6],
  ["keys of a standard piano", 88],
  ["states of the United States", 50],
  ["planets in the Solar System", 8],
  ["chambers of the human heart", 4],
  ["wheels of a tricycle", 3],
  ["degrees in a right angle", 90],
  ["lines of a sonnet", 14],
  ["members of a string quartet", 4],
  ["holes of a full golf course", 18],
];

export const counts: Field = {
  about: "How many there are of something",
  screening: [
    ["What is the number of {S}?", "The number of {S} is"],
    ["Can you tell me the number of {S}?", "Counted up, the number of {S} is"],
    ["If you count the {S}, what number do you get?", "If you count the {S}, you get"],
  ],
  main: ["What is the total number of {S}?", "The total number of {S} is"],
  paraphrases: [
    ["What number do you get when you count all {S}?", "When you count all {S}, you get"],
    ["How large is the number of {S}?", "The count of {S} is"],
    ["Do you know the exact number of {S}?", "The exact number of {S} is"],
    ["The number of {S} is what?", "The number of {S} comes to"],
  ],
  rows: tuples.map(([subject, count]): Row => {
    if (count > 12)
      return {
        subject,
        answer: String(count),
        wrong: numberWrongs(count, [], [1, -1, 2, -2, 4, 10, -10, 50]),
      };
    const near = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 2]
      .filter((other) => other !== count)
      .sort((a, b) => Math.abs(a - count) - Math.abs(b - count));
    return {
      subject,
      answer: words[count] ?? "",
      aliases: [String(count)],
      wrong: near.slice(0, 4).map((other) => words[other] ?? ""),
    };
  }),
};
