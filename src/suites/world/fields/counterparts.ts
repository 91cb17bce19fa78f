// The word for the female where English has one of its own. The openings are drills, because the bare question is
// often taken for one about mythology.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const counterparts: Field = {
  about: "The female counterpart of a word for a male",
  screening: [
    ['What is the female equivalent of "{S}"?', "The male is the {S}, and the female is the"],
    ['Which word is the feminine of "{S}"?', "He is the {S}, and she is the"],
    ['What is the female counterpart of "{S}"?', "First came the {S}, and with him came the"],
  ],
  main: ['What is the female form of the word "{S}"?', "If he is the {S}, then she is the"],
  paraphrases: [
    [
      'Which word is used for a female instead of "{S}"?',
      "The male is called the {S}, the female is called the",
    ],
    ['What is the word for a female "{S}"?', "One is the {S}, and his female counterpart is the"],
    [
      'What would you say for the female in place of "{S}"?',
      "For a male you say {S}, and for a female you say",
    ],
    ['How do you turn the word "{S}" into the feminine?', "The masculine is {S}, and the feminine is"],
  ],
  rows: [
    ...rowsOf(
      [
        ["king", "queen"],
        ["prince", "princess"],
        ["duke", "duchess", { never: ["lady"] }],
        ["actor", "actress"],
        ["waiter", "waitress"],
        ["gentleman", "lady", { aliases: ["gentlewoman"], never: ["woman", "duchess"] }],
        ["monk", "nun", { never: ["sister"] }],
      ],
      { group: "title" },
    ),
    ...rowsOf(
      [
        ["uncle", "aunt"],
        ["brother", "sister", { never: ["nun"] }],
        ["nephew", "niece"],
        ["father", "mother", { never: ["wife", "nun", "sister"] }],
        ["son", "daughter", { never: ["girl"] }],
        ["grandfather", "grandmother", { aliases: ["grandma"] }],
        ["husband", "wife", { never: ["woman", "bride", "lady", "mother"] }],
        ["boy", "girl", { never: ["woman", "daughter", "lady"] }],
        ["man", "woman", { never: ["lady", "girl", "wife"] }],
      ],
      { group: "family" },
    ),
    ...rowsOf(
      [
        ["rooster", "hen", { aliases: ["chicken"] }],
        ["lion", "lioness"],
      ],
      { group: "animal" },
    ),
  ],
  decoys: ["bride", "witch", "heroine", "goddess", "mare", "ewe", "cow"],
};
