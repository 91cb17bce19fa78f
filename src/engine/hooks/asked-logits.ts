// Of the logits that a pass computed, those that were asked for: a point of the head needs them at every token, the user may not.

import type { PassOutput } from "./run.ts";

/** @param places of the rows of `values.get("logits")`, as row * width + column @param dVocab numbers of each */
export function askedLogits(
  { values, layout }: Pick<PassOutput, "values" | "layout">,
  places: readonly number[],
  dVocab: number,
  asked: "last" | "all" | "none",
): PassOutput {
  const all = values.get("logits");
  const kept = new Map(values);
  kept.delete("logits");
  if (!all || asked === "none") return { layout, values: kept, logitPlaces: [] };
  const wanted = places
    .map((place, i) => ({ row: Math.floor(place / layout.width), column: place % layout.width, i }))
    .filter(({ column }) => asked === "all" || column === layout.width - 1);
  const whole = wanted.length === places.length;
  const logits = whole ? all : new Float32Array(wanted.length * dVocab);
  if (!whole)
    wanted.forEach(({ i }, to) => logits.set(all.subarray(i * dVocab, (i + 1) * dVocab), to * dVocab));
  return {
    layout,
    values: kept.set("logits", logits),
    logitPlaces: wanted.map(({ row, column }) => [row, column]),
  };
}
