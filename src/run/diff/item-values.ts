// What each item by itself says of a gap, believed only where the items together give back what the record says.

import type { GapRecord } from "../../core/run-record.ts";
import type { MeasureContext, Outcome, Suite } from "../../core/suite.ts";
import { clusteredDifference } from "../../stats/clustered-difference.ts";
import { clusteredRate } from "../../stats/clustered-rate.ts";
import type { Estimate } from "../../stats/estimate.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { Items } from "./items.ts";
import type { DiffSide } from "./run-diff.ts";

type Value = { readonly point: number; readonly observations: number };
/** What each item by itself says of a gap, or why items by themselves say nothing. */
export type ItemValues =
  | { readonly kind: "items"; readonly of: ReadonlyMap<string, Value> }
  | { readonly kind: "none"; readonly because: string };

/**
 * The gap measured on each item alone. Items are believed only where they give back the recorded estimate, interval and all: only
 * then is the gap a mean over them and nothing else (no scorer's error rates, no bins, no control shared between items).
 */
export function itemValues(
  { record, asked }: DiffSide,
  items: ReadonlyMap<string, Items>,
  suites: readonly Suite[],
): (gap: GapRecord) => ItemValues {
  const none = (because: string): ItemValues => ({ kind: "none", because });
  const measured = new Map<string, ByGap | undefined>();
  return (gap) => {
    if (asked.kind === "none") return none(asked.because);
    const suite = suites.find(({ name }) => name === gap.suite);
    const version = record.suites.find(({ name }) => name === gap.suite)?.version;
    if (suite === undefined || suite.version !== version)
      return none(`this Trueline can't score suite ${gap.suite} ${version ?? ""}`);
    if (!measured.has(suite.name)) {
      const { seed, margin } = record.manifest;
      const rng = rngFrom(seed).split(suite.name).split("measure");
      const alone = items.get(suite.name) ?? new Map<string, readonly Outcome[]>();
      measured.set(suite.name, eachAlone(suite, alone, { rng, path: asked.path, margin }));
    }
    const found = measured.get(suite.name);
    if (found === undefined) return none("its stored samples can't be scored: they were changed or damaged");
    const values = found.get(gap.name) ?? new Map<string, Value>();
    return givesBack(gap, values)
      ? { kind: "items", of: values }
      : none("its interval is not that of a mean over items");
  };
}

type ByGap = ReadonlyMap<string, ReadonlyMap<string, Value>>;

/** Absent where the suite chokes on a sample: a stored file may hold keys that no plan gave it. */
function eachAlone(suite: Suite, items: Items, context: MeasureContext): ByGap | undefined {
  const byGap = new Map(suite.gaps.map(({ name }) => [name, new Map<string, Value>()]));
  try {
    for (const [item, outcomes] of items)
      for (const { name, estimate } of suite.measure(outcomes, context).gaps)
        if (estimate.kind !== "none") byGap.get(name)?.set(item, estimate);
  } catch {
    return undefined;
  }
  return byGap;
}

function givesBack({ kind, gap }: GapRecord, values: ReadonlyMap<string, Value>): boolean {
  if (gap.kind === "none" || values.size === 0) return false;
  const again = kind === "rate" ? rateOf(values, gap.level) : excessOf(values, gap.level);
  if (again.kind === "none" || again.n !== gap.n || again.observations !== gap.observations) return false;
  const { point, interval } = again;
  return [point - gap.point, interval.low - gap.low, interval.high - gap.high].every(
    (off) => Math.abs(off) < 1e-9,
  );
}

function rateOf(values: ReadonlyMap<string, Value>, level: number): Estimate {
  return clusteredRate(
    [...values].flatMap(([cluster, { point, observations }]) =>
      Array.from({ length: observations }, (_, i) => ({
        cluster,
        value: i < Math.round(point * observations) ? (1 as const) : (0 as const),
      })),
    ),
    { level },
  );
}

function excessOf(values: ReadonlyMap<string, Value>, level: number): Estimate {
  return clusteredDifference(
    [...values].map(([cluster, { point }]) => ({ cluster, value: point })),
    { range: [-1, 1], level },
  );
}
