// The order of the months, forwards only: backwards would ask the same fact again.

import type { Field } from "../field.ts";

const months = "January February March April May June July August September October November December".split(
  " ",
);

export const nextMonths: Field = {
  about: "The month after a month",
  screening: [
    ["Which month comes after {S}?", "After {S} comes"],
    ["What month follows {S}?", "The month of {S} is followed by"],
    ["What is the next month after {S}?", "First comes {S}, then comes"],
  ],
  main: ["Which month comes right after {S}?", "Right after {S} comes the month of"],
  paraphrases: [
    ["When {S} is over, which month begins?", "When {S} is over, the next to come is"],
    ["On the calendar, what month is just after {S}?", "On the calendar, just after {S} comes"],
    ["What is the name of the month following {S}?", "The month of {S} comes before the month of"],
    ["{S} is followed by which month?", "{S} is followed by the month of"],
  ],
  rows: months.map((subject, i) => ({ subject, answer: months[(i + 1) % 12] ?? "" })),
};
