// The vertical axis that all pairs of curves of the figure share: wide enough for every line and band.

import type { CurveSet } from "./figure-curves.ts";

export function figureEnds(sets: readonly CurveSet[]): readonly [low: number, high: number] {
  const values = sets.flatMap(({ seeds, together: { curve } }) => [
    ...seeds.flatMap(({ rating, truth }) => [...rating, ...truth]),
    ...(curve.kind === "none"
      ? []
      : [...curve.rating, ...curve.truth].flatMap(({ low, high }) => [low, high])),
  ]);
  const least = values.reduce((a, b) => Math.min(a, b), 0);
  const greatest = values.reduce((a, b) => Math.max(a, b), 0);
  const room = 0.04 * Math.max(greatest - least, 0.1);
  return [least - room, greatest + room];
}
