// Currencies, by the plain name. Left out: countries that changed theirs lately or have said that they will.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const currencies: Field = {
  about: "The currency of a country",
  screening: [
    ["What is the currency of {S}?", "The currency of {S} is the"],
    ["Which currency is used in {S}?", "The currency used in {S} is the"],
    ["What is the national currency of {S}?", "The national currency of {S} is the"],
  ],
  main: ["What currency does {S} use?", "{S} uses the currency called the"],
  paraphrases: [
    ["What is the official currency in {S}?", "The official currency in {S} is the"],
    ["What is the unit of money in {S}?", "The unit of money in {S} is the"],
    [
      "Which currency would you need in the shops of {S}?",
      "The currency you would need in the shops of {S} is the",
    ],
    ["In which currency are prices in {S} given?", "Prices in {S} are given in the currency called the"],
  ],
  rows: rowsOf([
    ["Japan", "yen", { never: ["yuan"] }],
    [
      "the United Kingdom",
      "pound",
      { aliases: ["pound sterling", "British pound", "sterling"], never: ["euro", "shilling"] },
    ],
    ["the United States", "dollar", { aliases: ["US dollar", "U.S. dollar"], never: ["pound"] }],
    ["China", "yuan", { aliases: ["renminbi"], never: ["dollar", "yen"] }],
    ["India", "rupee", { never: ["pound"] }],
    ["Russia", "ruble", { aliases: ["rouble"], never: ["dollar", "euro"] }],
    ["Mexico", "peso", { never: ["real", "dollar"] }],
    ["Brazil", "real", { never: ["riyal"] }],
    ["South Korea", "won", { never: ["yen", "dollar"] }],
    ["Thailand", "baht"],
    ["Sweden", "krona", { aliases: ["crown"], never: ["euro", "krone"] }],
    ["Poland", "zloty", { aliases: ["złoty"], never: ["ruble", "euro"] }],
    ["Israel", "shekel", { aliases: ["new shekel"], never: ["pound", "lira"] }],
    ["Vietnam", "dong", { aliases: ["đồng"], never: ["dollar"] }],
    ["Turkey", "lira", { never: ["pound", "euro"] }],
    ["South Africa", "rand", { never: ["pound", "shilling"] }],
    ["Germany", "euro"],
    ["France", "euro", { never: ["franc"] }],
    ["Switzerland", "franc", { never: ["euro"] }],
  ]),
};
