// Exact worlds with and without a turnover, and what the comparison of forms says of samples drawn from them.

import { exactBestOfN } from "../lab/exact/exact-world.ts";
import { exactWorld, type WorldSettings } from "../lab/exact/worlds.ts";
import { bestOfN } from "./best-of-n.ts";
import { curveForms, type CurveForms } from "./curve-forms.ts";
import { bestOfNKl } from "./best-of-n.ts";
import type { UnitCurves } from "./curve-resamples.ts";
import { rngFrom, type Rng } from "./rng.ts";

export const GRID = [1, 2, 4, 8, 16, 32, 64];
const POOL = 64;

const base = { seed: 1, kinds: 40, answers: 400, error: 1, rarity: 40 } as const;
export const worlds: Readonly<Record<string, WorldSettings>> = {
  "no turnover": { ...base, tail: "light", feature: 0 },
  "no turnover, gold 0 or 1": { ...base, tail: "light", feature: 0, binary: true },
  "no turnover, a proxy that says nothing": { ...base, tail: "light", feature: 0, blind: true },
  "no turnover, a poor proxy": { ...base, tail: "light", feature: 0, error: 4 },
  "turnover by a feature": { ...base, tail: "light", feature: 2.5 },
  "turnover by a feature, gold 0 or 1": { ...base, tail: "light", feature: 3, binary: true },
  "turnover by heavy tails": { ...base, tail: "heavy", feature: 0, error: 2.5 },
};

/** Gold under best-of-n at each n of the grid, exactly. */
export function truthOf(name: string): readonly number[] {
  const world = exactWorld(worlds[name]!);
  return GRID.map((n) => exactBestOfN(world, n).gold);
}

/** Square roots of the KL at the grid. */
export const D = GRID.map((n) => Math.sqrt(bestOfNKl(n)));

/** Curves around a known mean: a value shared by all points of a prompt, and noise that grows along the curve as best-of-n's does. */
export function around(mean: readonly number[], prompts: number, noise: number, rng: Rng): UnitCurves {
  const curves = Array.from({ length: prompts }, () => {
    let walk = normal(rng);
    return mean.map((value, p) => {
      walk += noise * 1.4 ** p * normal(rng);
      return value + walk;
    });
  });
  return { curves, clusters: curves.map((_, u) => `prompt ${u}`) };
}

function normal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
}

/** What the comparison says in each of so many draws of prompts from a world. */
export function compared(name: string, prompts: number, repetitions: number): readonly CurveForms[] {
  const world = exactWorld(worlds[name]!);
  return Array.from({ length: repetitions }, (_, r) => {
    const rng = rngFrom(`forms ${name} ${prompts}`).split(String(r));
    const draw = rng.split("samples");
    const curves = Array.from({ length: prompts }, () => {
      const { answers } = draw.pick(world).prompt;
      return bestOfN(
        Array.from({ length: POOL }, () => draw.pick(answers)),
        GRID,
      ).gold;
    });
    return curveForms({ curves, clusters: curves.map((_, i) => String(i)) }, GRID, {
      rng: rng.split("forms"),
    });
  });
}
