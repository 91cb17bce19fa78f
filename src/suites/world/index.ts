// The default world: general knowledge, one file per field. A new field is one file in `fields/` and one line here.

import type { World } from "../../core/world.ts";
import type { Field } from "./field.ts";
import { animalClasses } from "./fields/animal-classes.ts";
import { antonyms } from "./fields/antonyms.ts";
import { authors } from "./fields/authors.ts";
import { capitals } from "./fields/capitals.ts";
import { cityCountries } from "./fields/city-countries.ts";
import { continents } from "./fields/continents.ts";
import { counts } from "./fields/counts.ts";
import { counterparts } from "./fields/counterparts.ts";
import { currencies } from "./fields/currencies.ts";
import { discoveries } from "./fields/discoveries.ts";
import { elements } from "./fields/elements.ts";
import { kinds } from "./fields/kinds.ts";
import { landmarks } from "./fields/landmarks.ts";
import { languages } from "./fields/languages.ts";
import { nextMonths } from "./fields/next-months.ts";
import { pastTenses } from "./fields/past-tenses.ts";
import { products } from "./fields/products.ts";
import { sciences } from "./fields/sciences.ts";
import { stateCapitals } from "./fields/state-capitals.ts";
import { sums } from "./fields/sums.ts";
import { translations } from "./fields/translations.ts";
import { worldOf } from "./world-of.ts";
import { years } from "./fields/years.ts";

export const fields = {
  capitals,
  "state-capitals": stateCapitals,
  "city-countries": cityCountries,
  continents,
  languages,
  currencies,
  landmarks,
  elements,
  sciences,
  discoveries,
  "animal-classes": animalClasses,
  counts,
  sums,
  products,
  "next-months": nextMonths,
  antonyms,
  counterparts,
  kinds,
  "past-tenses": pastTenses,
  translations,
  authors,
  years,
} as const satisfies Readonly<Record<string, Field>>;

export const defaultWorld: World = worldOf("general", "1", fields);
