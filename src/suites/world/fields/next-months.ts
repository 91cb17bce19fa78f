// The order of the months, forwards only: backwards would ask the same fact again.

import type { Field } from "../field.ts";

const months = "January February March April May June July August September October November December".split(
  " ",
);

export const nextMonths: Field = {
  about: "The month after a month",
  screening: [
    ["Which month comes after {S}?", "The month that comes after {S} is"],
    ["What month follows {S}?", "The month that follows {S} is"],
    ["What is the next month after {S}?", "The next month after {S} is"],
  ],
  main: ["Which month comes right after {S}?", "The month that comes right after {S} is"],
  paraphrases: [
    ["When {S} is over, which month begins?", "When {S} is over, the month that begins is"],
    ["On the calendar, what month is just after {S}?", "On the calendar, the month just after {S} is"],
    ["What is the name of the month following {S}?", "The name of the month following {S} is"],
    ["{S} is followed by which month?", "{S} is followed by"],
  ],
  rows: months.map((subject, i) => ({ subject, answer: months[(i + 1) % 12] ?? "" })),
};
