// Currencies, by the plain name. Left out: countries that changed theirs lately or have said that they will.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const currencies: Field = {
  about: "The currency of a country",
  screening: [
    ["What is the currency of {S}?", "The currency of {S} is the"],
    ["Which currency is used in {S}?", "The currency used in {S} is the"],
    ["What is the money of {S} called?", "The money of {S} is called the"],
  ],
  main: ["What currency does {S} use?", "The currency that {S} uses is the"],
  paraphrases: [
    ["What is the official currency in {S}?", "The official currency in {S} is the"],
    ["In what currency do people pay in {S}?", "In {S}, people pay in the currency called the"],
    [
      "Which currency would you need in the shops of {S}?",
      "The currency you would need in the shops of {S} is the",
    ],
    ["{S} has which national currency?", "{S} has as its national currency the"],
  ],
  rows: rowsOf([
    ["Japan", "yen", { never: ["yuan"] }],
    ["the United Kingdom", "pound", { aliases: ["pound sterling", "British pound", "sterling"] }],
    ["the United States", "dollar", { aliases: ["US dollar", "U.S. dollar"] }],
    ["China", "yuan", { aliases: ["renminbi"], never: ["yen"] }],
    ["India", "rupee"],
    ["Russia", "ruble", { aliases: ["rouble"] }],
    ["Mexico", "peso", { never: ["dollar"] }],
    ["Brazil", "real", { never: ["riyal"] }],
    ["South Korea", "won"],
    ["Thailand", "baht"],
    ["Sweden", "krona", { aliases: ["crown"], never: ["krone"] }],
    ["Denmark", "krone", { aliases: ["crown"], never: ["krona"] }],
    ["Poland", "zloty", { aliases: ["złoty"] }],
    ["Israel", "shekel", { aliases: ["new shekel"] }],
    ["Vietnam", "dong", { aliases: ["đồng"] }],
    ["Turkey", "lira"],
    ["South Africa", "rand"],
    ["Kenya", "shilling"],
    ["Malaysia", "ringgit"],
    ["Saudi Arabia", "riyal", { aliases: ["rial"], never: ["real"] }],
    ["Hungary", "forint"],
    ["Germany", "euro"],
    ["France", "euro", { never: ["franc"] }],
    ["Italy", "euro", { never: ["lira"] }],
    ["Nigeria", "naira"],
    ["Switzerland", "franc"],
    ["Bangladesh", "taka", { never: ["rupee"] }],
  ]),
};
