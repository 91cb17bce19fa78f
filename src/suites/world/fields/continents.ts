// The continent of a country. Left out: countries on two continents, islands far from any, names with a continent in them.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const continents: Field = {
  about: "The continent that a country lies on",
  screening: [
    ["On which continent is {S}?", "{S} is on the continent of"],
    ["What continent does {S} belong to?", "{S} belongs to the continent of"],
    ["Which continent is {S} part of?", "{S} is part of the continent of"],
  ],
  main: ["Which continent is {S} located on?", "{S} is located on the continent of"],
  paraphrases: [
    ["{S} is a country on what continent?", "{S} is a country on the continent of"],
    ["In what continent does {S} lie?", "{S} lies in the continent of"],
    ["Can you say which continent the country of {S} is in?", "The country of {S} is in the continent of"],
    [
      "Looking at a world map, on what continent do you find {S}?",
      "On a world map, you find {S} on the continent of",
    ],
  ],
  decoys: ["Antarctica"],
  rows: rowsOf([
    ["Kenya", "Africa"],
    ["Nigeria", "Africa"],
    ["Ghana", "Africa"],
    ["Morocco", "Africa"],
    ["Ethiopia", "Africa"],
    ["Algeria", "Africa"],
    ["Zimbabwe", "Africa"],
    ["Uganda", "Africa"],
    ["India", "Asia"],
    ["China", "Asia"],
    ["Vietnam", "Asia"],
    ["Nepal", "Asia"],
    ["Pakistan", "Asia"],
    ["Mongolia", "Asia"],
    ["Thailand", "Asia"],
    ["Saudi Arabia", "Asia"],
    ["Germany", "Europe"],
    ["Italy", "Europe"],
    ["Poland", "Europe"],
    ["Sweden", "Europe"],
    ["Norway", "Europe", { never: ["Antarctica"] }],
    ["Hungary", "Europe"],
    ["Belgium", "Europe"],
    ["Austria", "Europe"],
    ["Brazil", "South America", { aliases: ["Latin America"] }],
    ["Argentina", "South America", { aliases: ["Latin America"], never: ["Antarctica"] }],
    ["Peru", "South America", { aliases: ["Latin America"] }],
    ["Bolivia", "South America", { aliases: ["Latin America"] }],
    ["Uruguay", "South America", { aliases: ["Latin America"] }],
    ["Canada", "North America"],
    ["the United States", "North America"],
    ["Mexico", "North America"],
  ]),
};
