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
          {
            aliases: ["little", "tiny"],
            never: ["light", "short", "thin", "narrow", "low", "young", "weak"],
          },
        ],
        ["fast", "slow", { never: ["light", "loose", "late"] }],
        ["old", "young", { aliases: ["new"], never: ["modern"] }],
        ["tall", "short", { aliases: ["small"], never: ["low"] }],
        ["hard", "soft", { aliases: ["easy"], never: ["light", "smooth", "weak", "loose"] }],
        ["strong", "weak", { never: ["smooth", "light", "thin", "soft", "small", "quiet", "poor"] }],
        ["rich", "poor", { never: ["low", "small", "thin", "light", "cheap"] }],
        ["happy", "sad", { aliases: ["unhappy"], never: ["negative", "low", "empty", "poor"] }],
        [
          "high",
          "low",
          { never: ["small", "cheap", "short", "shallow", "poor", "weak", "soft", "quiet", "sad"] },
        ],
        ["heavy", "light", { never: ["thin", "soft", "easy", "small", "weak", "empty"] }],
        ["thick", "thin", { never: ["narrow", "small", "weak", "light", "smooth"] }],
        ["rough", "smooth", { aliases: ["gentle"], never: ["soft", "quiet", "easy"] }],
        ["positive", "negative", { never: ["false", "sad"] }],
        ["possible", "impossible"],
        ["even", "odd", { aliases: ["uneven"], never: ["rough"] }],
        ["male", "female"],
        ["early", "late", { never: ["slow", "modern"] }],
        ["open", "closed", { aliases: ["close", "shut"], never: ["narrow"] }],
        ["loud", "quiet", { aliases: ["soft", "silent"], never: ["weak", "smooth", "low"] }],
        ["expensive", "cheap", { never: ["easy", "low", "poor"] }],
        ["true", "false", { never: ["negative", "loose"] }],
        ["deep", "shallow", { never: ["female", "light", "high", "thin"] }],
        ["alive", "dead", { never: ["late", "asleep"] }],
        ["guilty", "innocent"],
        ["tight", "loose", { never: ["easy", "soft", "slow"] }],
        ["safe", "dangerous", { aliases: ["unsafe", "risky"], never: ["negative"] }],
        ["ancient", "modern", { aliases: ["new", "recent"], never: ["young", "late"] }],
      ],
      { group: "adjective" },
    ),
    ...rowsOf(
      [
        ["day", "night", { never: ["winter"] }],
        ["friend", "enemy", { aliases: ["foe"] }],
        ["success", "failure", { never: ["defeat"] }],
        ["war", "peace", { never: ["defeat", "failure", "enemy"] }],
        ["top", "bottom", { never: ["floor", "south"] }],
        ["ceiling", "floor", { never: ["bottom"] }],
        ["north", "south"],
        ["east", "west"],
        ["summer", "winter", { never: ["night"] }],
      ],
      { group: "noun" },
    ),
    ...rowsOf(
      [
        ["give", "take", { aliases: ["receive"], never: ["sell"] }],
        ["push", "pull", { never: ["take"] }],
        ["win", "lose"],
        ["buy", "sell", { never: ["take"] }],
        ["love", "hate", { never: ["cry", "reject", "lose", "leave"] }],
        ["remember", "forget", { never: ["lose"] }],
        ["begin", "end", { aliases: ["finish", "stop"], never: ["leave"] }],
        ["increase", "decrease", { aliases: ["reduce"], never: ["lose"] }],
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
