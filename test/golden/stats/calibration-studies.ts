// Coverage of the calibration figures by seeded simulation; their truths are those of the confidences and bins
// that were drawn.

import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";

import { equalMassBins } from "../../../src/stats/equal-mass-bins.ts";
import { adaptiveEce, auroc, brier, type Rate, type Rng } from "../../../src/stats/index.ts";
import { beta, normal, times, yes } from "./draws.ts";
import { covers, shareOf, type Cell, type Study } from "./study.ts";

const curves: readonly { readonly name: string; readonly chance: (confidence: number) => number }[] = [
  { name: "calibrated", chance: (c) => c },
  { name: "overconfident", chance: (c) => 0.25 + 0.5 * c },
  { name: ".15 too high", chance: (c) => Math.max(0, c - 0.15) },
  { name: "no resolution", chance: () => 0.7 },
];
const spreads: readonly { readonly name: string; readonly draw: (rng: Rng) => number }[] = [
  { name: "uniform", draw: (rng) => rng.uniform() },
  { name: "Beta(5, 2)", draw: (rng) => beta(rng, 5, 2) },
];

type Drawn = {
  readonly confidences: readonly number[];
  readonly outcomes: readonly (0 | 1)[];
  readonly chances: readonly number[];
};
type Figure = {
  readonly name: string;
  readonly promise: Study["promise"];
  readonly bins: number;
  readonly estimate: (drawn: Drawn, rng: Rng) => Rate;
  readonly truth: (drawn: Drawn) => number;
  /** Where a squared or absolute error is no larger than its noise, the interval is wide on purpose. */
  readonly capped: (curve: string, n: number) => boolean;
};

const binned = ({ confidences, outcomes, chances }: Drawn, bins: number) => {
  const chanceOf = new Map(confidences.map((confidence, i) => [confidence, chances[i]!]));
  const forecasts = confidences.map((confidence, i) => ({ confidence, outcome: outcomes[i]! }));
  return equalMassBins(forecasts, bins).map(({ weight, confidence, forecasts: inside }) => {
    const own = inside.map((forecast) => ({
      off: forecast.confidence - confidence,
      chance: chanceOf.get(forecast.confidence)!,
    }));
    return { weight, confidence, chance: average(own.map(({ chance }) => chance)), own };
  });
};
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const weighted = (drawn: Drawn, bins: number, of: (bin: ReturnType<typeof binned>[number]) => number) =>
  binned(drawn, bins).reduce((sum, bin) => sum + bin.weight * of(bin), 0);

const figures: readonly Figure[] = [
  {
    name: "brier, reliability",
    promise: "asymptotic",
    bins: 10,
    estimate: ({ confidences, outcomes }) => brier(confidences, outcomes).reliability,
    truth: (drawn) => weighted(drawn, 10, ({ confidence, chance }) => (confidence - chance) ** 2),
    capped: (curve, n) => curve === "no resolution" || (curve === ".15 too high" && n >= 300),
  },
  {
    name: "brier, resolution",
    promise: "asymptotic",
    bins: 10,
    estimate: ({ confidences, outcomes }) => brier(confidences, outcomes).resolution,
    truth: (drawn) => weighted(drawn, 10, ({ chance }) => (average(drawn.chances) - chance) ** 2),
    capped: () => false,
  },
  {
    name: "brier, uncertainty",
    promise: "asymptotic",
    bins: 10,
    estimate: ({ confidences, outcomes }) => brier(confidences, outcomes).uncertainty,
    truth: ({ chances }) => average(chances) * (1 - average(chances)),
    capped: () => false,
  },
  {
    name: "brier, within",
    promise: "asymptotic",
    bins: 10,
    estimate: ({ confidences, outcomes }) => brier(confidences, outcomes).within,
    truth: (drawn) =>
      weighted(drawn, 10, ({ own, chance }) =>
        average(own.map((item) => item.off ** 2 - 2 * item.off * (item.chance - chance))),
      ),
    capped: () => true,
  },
  {
    name: "adaptiveEce",
    promise: "floor",
    bins: 15,
    estimate: ({ confidences, outcomes }, rng) =>
      adaptiveEce(confidences, outcomes, { rng, resamples: 200 }).ece,
    truth: (drawn) => weighted(drawn, 15, ({ confidence, chance }) => Math.abs(confidence - chance)),
    capped: () => false,
  },
];

const calibration = (figure: Figure, n: number, samples: number): Study => ({
  estimator: figure.name,
  design: `n = ${n}, ${figure.bins} bins`,
  promise: figure.promise,
  samples,
  quick: false,
  cells: () =>
    spreads.flatMap((spread) =>
      curves.map(({ name, chance }): Cell => ({
        truth: `${spread.name}, ${name}`,
        coverage: shareOf(`${figure.name}/${n}/${spread.name}/${name}`, samples, (rng) => {
          const confidences = times(n, () => spread.draw(rng));
          const chances = confidences.map(chance);
          const drawn = { confidences, chances, outcomes: chances.map((p) => yes(rng, p)) };
          return covers(figure.estimate(drawn, rng), figure.truth(drawn));
        }),
        capped: figure.capped(name, n),
      })),
    ),
});

/** Two normals, the ones' of another spread; or clusters of three that share part of what makes the confidence. */
const ranking = (ones: number, zeros: number, samples: number, shared: boolean): Study => ({
  estimator: "auroc",
  design: `${ones} ones and ${zeros} zeros${shared ? ", in clusters of 3" : ""}`,
  promise: "asymptotic",
  samples,
  quick: ones === 20 && !shared,
  cells: () =>
    [0.5, 0.6, 0.75, 0.85, 0.95, 0.99].flatMap((area) =>
      [1, 0.5].map((spread): Cell => {
        const shift = normalQuantile(area, 0, 1) * Math.sqrt(1 + spread ** 2);
        return {
          truth: `area ${area}, spread of the ones ${spread}`,
          coverage: shareOf(`auroc/${ones}/${zeros}/${shared}/${area}/${spread}`, samples, (rng) => {
            const outcomes = times(ones + zeros, (i): 0 | 1 => (i < ones ? 1 : 0));
            const own = times(Math.ceil((ones + zeros) / 3), () => normal(rng));
            const noise = outcomes.map((_, i) =>
              shared ? (own[Math.floor(i / 3)]! + normal(rng)) / Math.SQRT2 : normal(rng),
            );
            const confidences = outcomes.map((outcome, i) =>
              normalCdf(outcome === 1 ? shift + spread * noise[i]! : noise[i]!, 0, 1),
            );
            const clusters = outcomes.map((_, i) => String(shared ? Math.floor(i / 3) : i));
            return covers(auroc(confidences, outcomes, { clusters }), area);
          }),
          capped: Math.min(ones, zeros) >= 50 && area <= 0.85 && !shared,
        };
      }),
    ),
});

export const calibrationStudies: readonly Study[] = [
  ...figures.flatMap((figure) =>
    [figure.bins * 10, 300].map((n) => calibration(figure, n, figure.name === "adaptiveEce" ? 500 : 2000)),
  ),
  ranking(10, 10, 2000, false),
  ranking(20, 80, 500, false),
  ranking(75, 225, 2000, false),
  ranking(60, 90, 2000, true),
];
