// The order of the days of the week, forwards only.

import type { Field } from "../field.ts";

const days = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");

export const nextDays: Field = {
  about: "The day after a day of the week",
  screening: [
    ["Which day comes after {S}?", "The day that comes after {S} is"],
    ["What day of the week follows {S}?", "The day of the week that follows {S} is"],
    ["What is the next day after {S}?", "The next day after {S} is"],
  ],
  main: ["Which day of the week comes right after {S}?", "The day of the week that comes right after {S} is"],
  paraphrases: [
    ["If today is {S}, what day is tomorrow?", "If today is {S}, tomorrow is"],
    ["When {S} is over, which day begins?", "When {S} is over, the day that begins is"],
    ["On the calendar, what day is just after {S}?", "On the calendar, the day just after {S} is"],
    ["{S} is followed by which day?", "{S} is followed by"],
  ],
  rows: days.map((subject, i) => ({ subject, answer: days[(i + 1) % 7] ?? "" })),
};
