// Few labels, many scores: every sample gets a gold that is right on average, from its proxy and, where it was labelled, from its label.

import { crossFittedPrediction } from "../stats/cross-fitted-prediction.ts";
import { normalScores } from "../stats/normal-scores.ts";
import type { Range } from "../stats/counts.ts";
import type { Rng } from "../stats/rng.ts";
import { curveCounts } from "./curve-counts.ts";
import { inclusionsOf } from "./inclusions-of.ts";
import type { SpecificationRow } from "./specification-row.ts";

export type PseudoGold = {
  /** The rows, in their order, each with a gold: no longer what anybody said, but right on average. */
  readonly rows: readonly SpecificationRow[];
  /** The prediction of each row's gold. */
  readonly predicted: readonly number[];
  /** What such a gold can be, where labels lie between the least and the largest that were seen. */
  readonly range: Range;
  /** How far the proxy is trusted to tell the gold, 0 to 1. */
  readonly lambda: number;
};

export type PseudoGoldOptions = {
  readonly rng: Rng;
  /** The largest n that is looked at. */ readonly most: number;
};

/**
 * Gold f + (labelled / pi) (gold - f): pi the probability with which the sample was to be labelled, f a prediction of its gold that has seen
 * no label of its cluster. Over the draw of labels its mean is the sample's gold whatever f is (the difference estimator; as cross-prediction-powered
 * inference, Zrnic and Candes (2024), PNAS 121:e2322083121), and best-of-n is linear in gold: so a prompt's curve is right on average too, and all that the labels do not
 * say shows as spread between prompts. f is fitted to the labels by the proxy's rank within the prompt and over all samples, a label weighing as its sample
 * counts in the curve. Rows whose proxy is missing take the middle of both.
 * @throws RangeError where fewer than three clusters hold a label, or a labelled row has no known probability.
 */
export function pseudoGold(rows: readonly SpecificationRow[], { rng, most }: PseudoGoldOptions): PseudoGold {
  const inclusions = inclusionsOf(rows);
  const features = featuresOf(rows);
  const counts = curveCounts(rows, most);
  const { predicted, lambda } = crossFittedPrediction(
    rows.map(({ cluster, gold }, i) => ({
      cluster,
      features: features[i]!,
      ...(gold.kind === "scored"
        ? { label: { value: gold.value, weight: counts[i]! / inclusions[i]! } }
        : {}),
    })),
    rng,
  );
  const golds = rows.flatMap(({ gold }) => (gold.kind === "scored" ? [gold.value] : []));
  const [low, high] = [golds.reduce((a, b) => Math.min(a, b)), golds.reduce((a, b) => Math.max(a, b))];
  const rarest = rows.reduce(
    (least, { gold }, i) => (gold.kind === "scored" ? Math.min(least, inclusions[i]!) : least),
    1,
  );
  return {
    rows: rows.map((row, i) => {
      const f = predicted[i]!;
      const off = row.gold.kind === "scored" ? (row.gold.value - f) / inclusions[i]! : 0;
      return { ...row, gold: { kind: "scored", value: f + off } };
    }),
    range: [high - (high - low) / rarest, low + (high - low) / rarest],
    predicted,
    lambda,
  };
}

/** Rank within the prompt, normal score over all samples and its square, each of spread about 1. */
function featuresOf(rows: readonly SpecificationRow[]): readonly (readonly number[])[] {
  const scored = rows.flatMap(({ proxy }, i) => (proxy.kind === "scored" ? [i] : []));
  const valueAt = (i: number) => {
    const { proxy } = rows[i]!;
    return proxy.kind === "scored" ? proxy.value : 0;
  };
  const out = rows.map((): readonly number[] => [0, 0, 0]);
  const overall = new Map(normalScores(scored.map(valueAt)).map((z, k) => [scored[k]!, z] as const));
  for (const own of Map.groupBy(scored, (i) => rows[i]!.prompt).values()) {
    const within = normalScores(own.map(valueAt));
    own.forEach((i, k) => {
      const z = overall.get(i)!;
      out[i] = [within[k]!, z, (z * z - 1) / Math.SQRT2];
    });
  }
  return out;
}
