// The planets by their place, counted from the Sun.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const planets: Field = {
  about: "The planet at a place in the Solar System",
  screening: [
    ["Which planet is {S} from the Sun?", "The planet that is {S} from the Sun is"],
    [
      "What is the name of the planet that is {S} from the Sun?",
      "The name of the planet that is {S} from the Sun is",
    ],
    ["Counting from the Sun, which planet is {S}?", "Counting from the Sun, the planet that is {S} is"],
  ],
  main: [
    "Which planet of the Solar System is {S} from the Sun?",
    "The planet of the Solar System that is {S} from the Sun is",
  ],
  paraphrases: [
    [
      "In our Solar System, what planet is {S} from the Sun?",
      "In our Solar System, the planet {S} from the Sun is",
    ],
    [
      "Starting at the Sun, what planet is {S} in order?",
      "Starting at the Sun, the planet that is {S} in order is",
    ],
    ["By distance from the Sun, which planet is {S}?", "By distance from the Sun, the planet that is {S} is"],
  ],
  rows: rowsOf([
    ["first", "Mercury"],
    ["second", "Venus"],
    ["third", "Earth"],
    ["fourth", "Mars"],
    ["fifth", "Jupiter"],
    ["sixth", "Saturn"],
    ["seventh", "Uranus"],
    ["eighth", "Neptune"],
  ]),
};
