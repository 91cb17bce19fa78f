// The default world: general knowledge, one file per field. A new field is one file in `fields/` and one line here.

import type { World } from "../../core/world.ts";
import type { Field } from "./field.ts";
import { antonyms } from "./fields/antonyms.ts";
import { authors } from "./fields/authors.ts";
import { capitals } from "./fields/capitals.ts";
import { elements } from "./fields/elements.ts";
import { products } from "./fields/products.ts";
import { stateCapitals } from "./fields/state-capitals.ts";
import { worldOf } from "./world-of.ts";

export const fields = {
  capitals,
  "state-capitals": stateCapitals,
  elements,
  authors,
  antonyms,
  products,
} as const satisfies Readonly<Record<string, Field>>;

export const defaultWorld: World = worldOf("general", "1", fields);
