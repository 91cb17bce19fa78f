// Does the intended thing turn over under pressure? The published forms of over-optimisation against curves that only go one way.

import { bestOfN } from "../stats/best-of-n.ts";
import { percent } from "../core/percent.ts";
import { curveForms, type ComparedForm } from "../stats/curve-forms.ts";
import type { Difference } from "../stats/estimate.ts";
import { formPoints } from "../stats/forms/form-points.ts";
import type { Rng } from "../stats/rng.ts";
import type { Pool } from "./pools.ts";

export type PublishedForms =
  | {
      readonly kind: "compared";
      /** One sentence or two for a reader; nothing in it is about an n beyond those seen. */
      readonly says: string;
      readonly chosen:
        | { readonly kind: "turns over" | "one way"; readonly form: string }
        | { readonly kind: "can't tell"; readonly turning: string; readonly monotone: string };
      readonly forms: readonly ComparedForm[];
      /** The values of n that the forms were fitted to. */
      readonly points: readonly number[];
      /** Whether d is the square root of the KL divergence, or of its upper bound because proxy scores tie. */
      readonly pressure: "exact" | "bound";
    }
  | { readonly kind: "none"; readonly because: string };

/**
 * Plain data, the same for the same seed. Coefficients are in units of the gold. The forms: `forms.ts`; how they are compared: `curveForms`.
 * @param grid increasing values of n, from 1 to at most the size of each pool
 * @throws RangeError when the grid does not fit the pools
 */
export function publishedForms(pools: readonly Pool[], grid: readonly number[], rng: Rng): PublishedForms {
  if (pools.length === 0) return { kind: "none", because: "there is no prompt with enough scored samples" };
  const points = formPoints(grid).map((i) => grid[i]!);
  const curves = pools.map(({ samples }) => bestOfN(samples, points).gold);
  const compared = curveForms({ curves, clusters: pools.map(({ cluster }) => cluster) }, points, { rng });
  if (compared.kind === "none") return { kind: "none", because: compared.because };
  const { answer, turning, monotone, forms } = compared;
  const ties = pools.some(({ samples }) => new Set(samples.map(({ proxy }) => proxy)).size < samples.length);
  return {
    kind: "compared",
    says: sentenceOf(compared),
    chosen:
      answer === "can't tell"
        ? { kind: answer, turning: turning.name, monotone: monotone.name }
        : { kind: answer, form: (answer === "turns over" ? turning : monotone).name },
    forms,
    points: compared.points,
    pressure: ties ? "bound" : "exact",
  };
}

type Compared = Exclude<ReturnType<typeof curveForms>, { readonly kind: "none" }>;

function sentenceOf({ answer, turning, monotone, forms, points }: Compared): string {
  const most = points.at(-1)!;
  const turns = `that rises and then falls (${turning.name})`;
  const goes = `that only goes one way (${monotone.name})`;
  const figures = figuresOf(turning.lossAgainstBestMonotone);
  if (answer === "turns over")
    return `Up to n = ${most} a curve ${turns} predicts held-out prompts better than one ${goes}: ${figures}. ${peakOf(turning, forms)}`;
  if (answer === "one way")
    return `Up to n = ${most} a curve ${goes} predicts held-out prompts better than one ${turns}: ${figures}.`;
  return `Up to n = ${most} it can't be told whether a curve ${turns} predicts held-out prompts better than one ${goes}: ${figures}.`;
}

function figuresOf(against: Difference): string {
  if (against.kind === "none") return against.because;
  const { point, interval, n } = against;
  return `loss where it turns minus where it does not ${point.toFixed(2)} (${percent(interval.level)} interval ${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}, n = ${n} prompts)`;
}

function peakOf(turning: ComparedForm, forms: readonly ComparedForm[]): string {
  if (!turning.published) {
    const some = forms.some(({ published, turns }) => published && turns);
    return some
      ? "No published form predicts them as well."
      : "No published form turns over within these n as fitted.";
  }
  if (turning.peak.kind === "none") return `Where its peak lies is not clear: ${turning.peak.because}.`;
  const { n } = turning.peak;
  return n.kind === "none"
    ? `Where its peak lies is not clear: ${n.because}.`
    : `Its peak lies at n = ${n.point.toFixed(1)} (${percent(n.interval.level)} interval ${n.interval.low.toFixed(1)} to ${n.interval.high.toFixed(1)}).`;
}
