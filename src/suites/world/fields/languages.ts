// The language that most people of a country speak. Left out: countries where two or more could be meant.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const languages: Field = {
  about: "The language mainly spoken in a country",
  screening: [
    ["What is the main language spoken in {S}?", "The main language spoken in {S} is"],
    ["Which language do most people in {S} speak?", "Most people in {S} speak"],
    ["What language is most widely spoken in {S}?", "The language most widely spoken in {S} is"],
  ],
  main: ["Which language is mainly spoken in {S}?", "The language mainly spoken in {S} is"],
  paraphrases: [
    ["What language do the people of {S} mostly speak?", "The people of {S} mostly speak"],
    ["If you visit {S}, which language will you hear most?", "In {S}, the language you will hear most is"],
    ["In {S}, what is the most common language?", "In {S}, the most common language is"],
    [
      "{S} is a country where people mainly speak which language?",
      "{S} is a country where people mainly speak",
    ],
  ],
  decoys: ["Swedish", "Korean"],
  rows: rowsOf([
    ["Brazil", "Portuguese"],
    ["Mexico", "Spanish"],
    ["Argentina", "Spanish", { never: ["Italian"] }],
    ["Chile", "Spanish"],
    ["Colombia", "Spanish"],
    ["Cuba", "Spanish"],
    ["Austria", "German", { never: ["English"] }],
    ["Australia", "English"],
    ["the United States", "English", { never: ["Spanish"] }],
    ["Egypt", "Arabic"],
    ["Iraq", "Arabic", { never: ["Turkish"] }],
    ["Saudi Arabia", "Arabic"],
    ["Iran", "Persian", { aliases: ["Farsi"], never: ["Turkish", "Arabic"] }],
    ["Israel", "Hebrew", { never: ["Arabic", "English"] }],
    ["the Netherlands", "Dutch", { never: ["English", "German"] }],
    ["Greece", "Greek", { never: ["English"] }],
    ["Bangladesh", "Bengali", { aliases: ["Bangla"] }],
    ["Cambodia", "Khmer"],
    ["Peru", "Spanish"],
    ["the United Kingdom", "English"],
    ["Syria", "Arabic", { never: ["Turkish"] }],
    ["Italy", "Italian", { never: ["English", "German"] }],
    ["Japan", "Japanese"],
    ["Turkey", "Turkish", { never: ["Arabic"] }],
    ["Poland", "Polish", { never: ["English", "German"] }],
  ]),
};
