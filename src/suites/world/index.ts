// The default world: general knowledge, one file per field. A new field is one file in `fields/` and one line here.

import type { World } from "../../core/world.ts";
import type { Field } from "./field.ts";
import { animalClasses } from "./fields/animal-classes.ts";
import { animalSounds } from "./fields/animal-sounds.ts";
import { antonyms } from "./fields/antonyms.ts";
import { authors } from "./fields/authors.ts";
import { capitals } from "./fields/capitals.ts";
import { cityCountries } from "./fields/city-countries.ts";
import { colors } from "./fields/colors.ts";
import { composers } from "./fields/composers.ts";
import { continents } from "./fields/continents.ts";
import { counts } from "./fields/counts.ts";
import { currencies } from "./fields/currencies.ts";
import { discoveries } from "./fields/discoveries.ts";
import { elements } from "./fields/elements.ts";
import { landmarks } from "./fields/landmarks.ts";
import { languages } from "./fields/languages.ts";
import { nextDays } from "./fields/next-days.ts";
import { nextMonths } from "./fields/next-months.ts";
import { occupations } from "./fields/occupations.ts";
import { painters } from "./fields/painters.ts";
import { pastTenses } from "./fields/past-tenses.ts";
import { planets } from "./fields/planets.ts";
import { products } from "./fields/products.ts";
import { romanGods } from "./fields/roman-gods.ts";
import { sciences } from "./fields/sciences.ts";
import { stateCapitals } from "./fields/state-capitals.ts";
import { sums } from "./fields/sums.ts";
import { translations } from "./fields/translations.ts";
import { worldOf } from "./world-of.ts";
import { years } from "./fields/years.ts";
import { youngAnimals } from "./fields/young-animals.ts";

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
  planets,
  discoveries,
  "animal-classes": animalClasses,
  "young-animals": youngAnimals,
  "animal-sounds": animalSounds,
  colors,
  counts,
  sums,
  products,
  "next-months": nextMonths,
  "next-days": nextDays,
  antonyms,
  "past-tenses": pastTenses,
  translations,
  occupations,
  authors,
  painters,
  composers,
  years,
  "roman-gods": romanGods,
} as const satisfies Readonly<Record<string, Field>>;

export const defaultWorld: World = worldOf("general", "1", fields);
