// Capitals of the states of the USA, without the one whose name repeats the state's.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const stateCapitals: Field = {
  about: "The capital of a state of the USA",
  screening: [
    ["What is the capital of the U.S. state of {S}?", "The capital of the U.S. state of {S} is"],
    ["Which city is the state capital of {S}?", "The state capital of {S} is"],
    [
      "Can you tell me the capital of the American state of {S}?",
      "The capital of the American state of {S} is",
    ],
  ],
  main: ["What is the state capital of {S}?", "The state capital of {S} is"],
  paraphrases: [
    [
      "Which city serves as the capital of the state of {S}?",
      "The city that serves as the capital of the state of {S} is",
    ],
    [
      "In the United States, what is the capital city of {S}?",
      "In the United States, the capital city of {S} is",
    ],
    [
      "Do you know which city is the capital of the state of {S}?",
      "The city that is the capital of the state of {S} is",
    ],
    ["The state government of {S} sits in which city?", "The state government of {S} sits in the city of"],
  ],
  decoys: ["Little Rock", "Santa Fe", "Hartford", "Cheyenne", "Olympia", "Harrisburg", "Salem"],
  rows: rowsOf([
    ["Alabama", "Montgomery"],
    ["Arizona", "Phoenix"],
    ["California", "Sacramento"],
    ["Colorado", "Denver"],
    ["Georgia", "Atlanta"],
    ["Hawaii", "Honolulu"],
    ["Idaho", "Boise"],
    ["Illinois", "Springfield"],
    ["Indiana", "Indianapolis"],
    ["Iowa", "Des Moines"],
    ["Louisiana", "Baton Rouge"],
    ["Massachusetts", "Boston"],
    ["Mississippi", "Jackson"],
    ["New York", "Albany"],
    ["Ohio", "Columbus"],
    ["Rhode Island", "Providence"],
    ["Tennessee", "Nashville"],
    ["Texas", "Austin"],
    ["Utah", "Salt Lake City"],
    ["Virginia", "Richmond"],
  ]),
};
