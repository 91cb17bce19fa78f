// Opposites. Words whose opposite depends on what is meant carry the other readings as aliases or as never-wrong.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const antonyms: Field = {
  about: "The opposite of a word",
  screening: [
    ['What is the opposite of "{S}"?', 'The opposite of "{S}" is'],
    ['Which word means the opposite of "{S}"?', 'The word that means the opposite of "{S}" is'],
    ['Can you tell me the antonym of "{S}"?', 'The antonym of "{S}" is'],
  ],
  main: ['Which word is the opposite of "{S}"?', 'The word that is the opposite of "{S}" is'],
  paraphrases: [
    ['What is the word for the opposite of "{S}"?', 'The word for the opposite of "{S}" is'],
    ['In English, what would be the opposite of "{S}"?', 'In English, the opposite of "{S}" is'],
    [
      'What word has a meaning opposite to that of "{S}"?',
      'The word with a meaning opposite to that of "{S}" is',
    ],
    ['"{S}" has which word as its antonym?', '"{S}" has as its antonym the word'],
  ],
  rows: [
    ...rowsOf(
      [
        ["hot", "cold", { aliases: ["cool"] }],
        [
          "big",
          "small",
          { aliases: ["little", "tiny"], never: ["short", "thin", "narrow", "low", "young", "weak"] },
        ],
        ["fast", "slow", { never: ["loose", "late"] }],
        ["old", "young", { aliases: ["new"], never: ["modern"] }],
        ["tall", "short", { aliases: ["small"], never: ["low"] }],
        ["full", "empty", { aliases: ["hungry"], never: ["thin"] }],
        ["hard", "soft", { aliases: ["easy"], never: ["weak", "loose"] }],
        ["strong", "weak", { never: ["soft", "small", "quiet", "poor"] }],
        ["rich", "poor", { never: ["cheap"] }],
        ["happy", "sad", { aliases: ["unhappy"], never: ["low", "empty", "poor"] }],
        [
          "high",
          "low",
          { never: ["small", "cheap", "short", "shallow", "poor", "weak", "soft", "quiet", "sad"] },
        ],
        ["early", "late", { never: ["slow", "modern"] }],
        ["open", "closed", { aliases: ["close", "shut"], never: ["narrow"] }],
        ["wide", "narrow", { aliases: ["thin"], never: ["small", "short"] }],
        ["clean", "dirty"],
        ["loud", "quiet", { aliases: ["soft", "silent"], never: ["low"] }],
        ["expensive", "cheap", { never: ["low", "poor"] }],
        ["true", "false", { never: ["loose"] }],
        ["beautiful", "ugly", { never: ["dirty", "poor"] }],
        ["deep", "shallow", { never: ["high", "thin"] }],
        ["awake", "asleep", { never: ["dead"] }],
        ["alive", "dead", { never: ["late", "asleep"] }],
        ["guilty", "innocent"],
        ["tight", "loose", { never: ["soft", "slow"] }],
        ["polite", "rude", { never: ["foolish", "dirty", "cold", "ugly"] }],
        ["wise", "foolish", { aliases: ["stupid", "unwise"], never: ["young"] }],
        ["safe", "dangerous", { aliases: ["unsafe", "risky"] }],
        ["ancient", "modern", { aliases: ["new", "recent"], never: ["young", "late"] }],
      ],
      { group: "adjective" },
    ),
    ...rowsOf(
      [
        ["day", "night", { never: ["winter"] }],
        ["friend", "enemy", { aliases: ["foe"] }],
        ["heaven", "hell", { never: ["south", "night"] }],
        ["victory", "defeat", { aliases: ["loss"], never: ["failure"] }],
        ["success", "failure", { never: ["defeat"] }],
        ["north", "south"],
        ["east", "west"],
        ["summer", "winter", { never: ["night"] }],
      ],
      { group: "noun" },
    ),
    ...rowsOf(
      [
        ["push", "pull"],
        ["win", "lose"],
        ["buy", "sell"],
        ["love", "hate", { never: ["reject", "lose", "leave"] }],
        ["remember", "forget", { never: ["lose"] }],
        ["begin", "end", { aliases: ["finish", "stop"], never: ["leave"] }],
        ["accept", "reject", { aliases: ["refuse", "decline", "deny"], never: ["leave", "hate"] }],
        ["increase", "decrease", { aliases: ["reduce"], never: ["lose"] }],
        ["arrive", "leave", { aliases: ["depart"], never: ["end"] }],
      ],
      { group: "verb" },
    ),
    ...rowsOf([
      ["up", "down"],
      ["inside", "outside", { aliases: ["out"] }],
      ["more", "less", { aliases: ["fewer"] }],
      ["always", "never"],
      ["black", "white"],
      ["left", "right"],
    ]),
  ],
};
