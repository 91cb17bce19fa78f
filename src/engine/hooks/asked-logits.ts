// Of the logits that a pass computed, those that were asked for: a point of the head needs them at every token, the user may not.

import { logitRows } from "./logit-parts.ts";
import type { PassOutput } from "./run.ts";

/** @param places of the logits' rows, as row * width + column @param dVocab numbers of each */
export function askedLogits(
  { values, layout }: Pick<PassOutput, "values" | "layout">,
  places: readonly number[],
  dVocab: number,
  asked: "last" | "all" | "none",
): PassOutput {
  const rowOf = logitRows(values, dVocab);
  const withoutLogits = () => new Map([...values].filter(([name]) => !/^logits(?:\.\d+)?$/u.test(name)));
  if (!rowOf || asked === "none") return { layout, values: withoutLogits(), logitPlaces: [] };
  const wanted = places
    .map((place, i) => ({ row: Math.floor(place / layout.width), column: place % layout.width, i }))
    .filter(({ column }) => asked === "all" || column === layout.width - 1);
  const logitPlaces = wanted.map(({ row, column }) => [row, column] as const);
  if (wanted.length === places.length) return { layout, values, logitPlaces };
  const logits = new Float32Array(wanted.length * dVocab);
  wanted.forEach(({ i }, to) => logits.set(rowOf(i), to * dVocab));
  return { layout, values: withoutLogits().set("logits", logits), logitPlaces };
}
