// How far the gold lies below its peak at the largest n, in the unit of the gold's scale.

import { bestOfN } from "../stats/best-of-n.ts";
import type { Estimate } from "../stats/estimate.ts";
import { fallFromPeak } from "../stats/fall-from-peak.ts";
import type { PeakSet } from "../stats/peak-set.ts";
import type { Rng } from "../stats/rng.ts";
import type { GoldScale } from "./gold-scale.ts";
import type { Pool } from "./pools.ts";

export function fallOf(
  pools: readonly Pool[],
  grid: readonly number[],
  { size, spread }: GoldScale,
  rng: Rng,
  peak: PeakSet = { kind: "none", because: "not looked for", n: 0 },
): Estimate {
  const curves = pools.map(({ samples }) => bestOfN(samples, grid).gold.map((gold) => gold / size));
  const clusters = pools.map(({ cluster }) => cluster);
  return fallFromPeak({ curves, clusters }, { rng, range: [-spread, spread], peak }).estimate;
}
