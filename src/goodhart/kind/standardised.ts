// Rows as the evidence on a proxy's kind takes them: pools of one prompt, both scores in the standard deviations that they have within prompts.

import { byCluster } from "../../stats/clusters.ts";
import { clusteredDifference, type ClusteredValue } from "../../stats/clustered-difference.ts";
import { noEstimate, type Difference } from "../../stats/estimate.ts";
import type { Scored } from "../../stats/best-of-n.ts";
import { poolsOf } from "../pools.ts";
import type { SpecificationRow } from "../specification-row.ts";

/** A sample with the row that it came from (its place in the rows that were given). */
export type PlacedSample = Scored & { readonly at: number };

export type StandardPool = {
  readonly prompt: string;
  readonly cluster: string;
  /** At least two; each score less its prompt's mean. */
  readonly samples: readonly PlacedSample[];
};

export type Standardised =
  | { readonly kind: "pools"; readonly pools: readonly StandardPool[] }
  | { readonly kind: "none"; readonly because: string; readonly n: number };

/**
 * Rows without proxy or gold are left out, and prompts with one sample or with fewer than nine in ten have (`poolsOf`). None where either score
 * never differs within a prompt.
 */
export function standardised(rows: readonly SpecificationRow[]): Standardised {
  const whole = rows.flatMap(({ prompt, cluster, proxy, gold }, at) =>
    proxy.kind === "scored" && gold.kind === "scored"
      ? [{ prompt, cluster, at, proxy: proxy.value, gold: gold.value }]
      : [],
  );
  const { most } = poolsOf(rows, "left out");
  const groups = [...Map.groupBy(whole, ({ prompt }) => prompt).values()].filter(
    ({ length }) => length >= Math.max(2, most),
  );
  if (groups.length === 0)
    return { kind: "none", because: "no prompt has two samples with both scores", n: 0 };
  const less = { proxy: centre(groups, "proxy"), gold: centre(groups, "gold") };
  for (const which of ["proxy", "gold"] as const)
    if (!(less[which].sd > 1e-100))
      return { kind: "none", because: `the ${which} does not vary within prompts`, n: groups.length };
  const pools = groups.map((group, g): StandardPool => ({
    prompt: group[0]!.prompt,
    cluster: group[0]!.cluster,
    samples: group.map(({ at }, s) => ({
      at,
      proxy: less.proxy.values[g]![s]! / less.proxy.sd,
      gold: less.gold.values[g]![s]! / less.gold.sd,
    })),
  }));
  return { kind: "pools", pools };
}

function centre(groups: readonly (readonly Scored[])[], of: "proxy" | "gold") {
  const values = groups.map((group) => {
    const mean = group.reduce((sum, s) => sum + s[of] / group.length, 0);
    const largest = group.reduce((most, s) => Math.max(most, Math.abs(s[of])), 0);
    // What differs by rounding alone does not differ.
    return group.map((s) => (Math.abs(s[of] - mean) <= 1e-12 * largest ? 0 : s[of] - mean));
  });
  const all = values.flat();
  const sd = Math.sqrt(all.reduce((sum, v) => sum + v * v, 0) / (all.length - groups.length));
  return { values, sd };
}

/** How large a prompt's value is taken to be able to get, at the least, in standard deviations: it counts only where hardly any prompt differs. */
const LEAST_REACH = 0.5;

/**
 * The mean of values of prompts, clustered. The bound of a value is not known: the largest one seen, and half a standard deviation at
 * least, so that no value of width 0 is made of prompts that are all alike.
 */
export function meanOf(
  values: readonly ClusteredValue[],
  { neverBelow0 = false }: { readonly neverBelow0?: boolean } = {},
): Difference {
  if (values.length === 0) return noEstimate("no prompt could be used", 0);
  const clusters = byCluster(values).length;
  if (clusters < 2) return noEstimate("at least two independent prompts are needed", clusters);
  const reach = values.reduce((most, { value }) => Math.max(most, Math.abs(value)), LEAST_REACH) * (1 + 1e-6);
  return clusteredDifference(values, { range: [neverBelow0 ? 0 : -reach, reach] });
}
