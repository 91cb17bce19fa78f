// Whether samples that something made with the proxy in view are worse in truth than others that the proxy likes as much.

import { noEstimate, type Difference } from "../../stats/estimate.ts";
import { meanOf, type PlacedSample, type StandardPool } from "./standardised.ts";

/** The label of samples that nobody aimed at the proxy. */
export const REFERENCE = "reference";

/** How many reference samples stand for one that was aimed. */
const NEIGHBOURS = 3;
/** How far off the nearest may be, in standard deviations of the proxy. */
const REACH = 0.25;

/**
 * Gold of a sample of another origin minus gold of the three reference samples of its prompt with the nearest proxies, moved to its proxy along
 * the reference samples' slope of gold on proxy (within prompts). In standard deviations of gold within prompts; the slope is taken as known.
 * Samples without a reference sample within a quarter of a standard deviation of proxy have no match and don't count: beyond the reference's
 * reach a difference could as well come from the relation breaking there.
 * @param origins one for each row that the pools were made from
 */
export function originEvidence(
  pools: readonly StandardPool[],
  origins: readonly (string | undefined)[],
): Difference {
  const parts = pools.map(({ cluster, samples }) => ({
    cluster,
    reference: samples.filter(({ at }) => origins[at] === REFERENCE),
    other: samples.filter(({ at }) => origins[at] !== undefined && origins[at] !== REFERENCE),
  }));
  const whole = parts.filter(({ reference, other }) => reference.length >= NEIGHBOURS && other.length > 0);
  if (whole.length === 0)
    return noEstimate(`no prompt has samples of origin "${REFERENCE}" and of another`, 0);
  const slope = slopeOf(whole.map(({ reference }) => reference));
  const matched = whole.flatMap(({ cluster, reference, other }) =>
    other.flatMap((sample) => {
      const near = reference
        .toSorted((a, b) => Math.abs(a.proxy - sample.proxy) - Math.abs(b.proxy - sample.proxy))
        .slice(0, NEIGHBOURS);
      if (Math.abs(near[0]!.proxy - sample.proxy) > REACH) return [];
      const mean = (of: "proxy" | "gold") => near.reduce((sum, s) => sum + s[of] / NEIGHBOURS, 0);
      return [{ cluster, value: sample.gold - mean("gold") - slope * (sample.proxy - mean("proxy")) }];
    }),
  );
  return matched.length === 0
    ? noEstimate(
        "no sample of another origin has a reference sample that the proxy likes as much",
        whole.length,
      )
    : meanOf(matched);
}

function slopeOf(groups: readonly (readonly PlacedSample[])[]): number {
  let [top, bottom] = [0, 0];
  for (const group of groups) {
    const mean = (of: "proxy" | "gold") => group.reduce((sum, s) => sum + s[of] / group.length, 0);
    const [proxy, gold] = [mean("proxy"), mean("gold")];
    for (const s of group) {
      top += (s.proxy - proxy) * (s.gold - gold);
      bottom += (s.proxy - proxy) ** 2;
    }
  }
  return bottom > 0 ? top / bottom : 0;
}
