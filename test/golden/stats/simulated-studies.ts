// Coverage of means, clustered estimates and the bootstrap, by seeded simulation.

import {
  bootstrap,
  clusteredDifference,
  clusteredRate,
  mean,
  misclassificationAdjusted,
  pairedMean,
  type Estimate,
  type Rng,
} from "../../../src/stats/index.ts";
import { beta, binomial, dirichlet, times, yes } from "./draws.ts";
import { covers, shareOf, type Cell, type Study } from "./study.ts";

type Distribution = { readonly name: string; readonly draw: (rng: Rng) => number; readonly truth: number };

const ternary = (up: number, down: number) => (rng: Rng) => {
  const u = rng.uniform();
  return u < up ? 1 : u < up + down ? -1 : 0;
};

const differences: readonly Distribution[] = [
  { name: "uniform on [-1, 1]", draw: (rng) => 2 * rng.uniform() - 1, truth: 0 },
  { name: "+1 .1, -1 .1", draw: ternary(0.1, 0.1), truth: 0 },
  { name: "+1 .3, -1 .1", draw: ternary(0.3, 0.1), truth: 0.2 },
  { name: "+1 .1", draw: ternary(0.1, 0), truth: 0.1 },
  { name: "+1 .02", draw: ternary(0.02, 0), truth: 0.02 },
  { name: "Beta(2, 5)", draw: (rng) => beta(rng, 2, 5), truth: 2 / 7 },
  { name: "Beta(1, 9)", draw: (rng) => beta(rng, 1, 9), truth: 0.1 },
  { name: "Beta(.2, 4)", draw: (rng) => beta(rng, 0.2, 4), truth: 0.2 / 4.2 },
  {
    name: "nine in ten 0, else uniform on [0, 1]",
    draw: (rng) => (rng.uniform() < 0.9 ? 0 : rng.uniform()),
    truth: 0.05,
  },
  {
    name: "confidence less outcome, overconfident by .2",
    draw: (rng) => {
      const confidence = 0.2 + 0.8 * beta(rng, 4, 2);
      return confidence - yes(rng, confidence - 0.2);
    },
    truth: 0.2,
  },
];

const means = (n: number, samples: number): Study => ({
  estimator: n < 28 ? "pairedMean, below its least n" : "pairedMean",
  design: `n = ${n}`,
  promise: n < 28 ? "floor" : "asymptotic",
  samples,
  quick: n === 10,
  cells: () =>
    differences.map(({ name, draw, truth }): Cell => {
      let byT = 0;
      const coverage = shareOf(`pairedMean/${n}/${name}`, samples, (rng) => {
        const found = pairedMean(
          times(n, () => draw(rng)),
          { range: [-1, 1] },
        );
        if (found.kind === "difference" && found.method === "t") byT++;
        return covers(found, truth);
      });
      return { truth: name, coverage, capped: byT >= 0.99 * samples };
    }),
});

const onUnit = (n: number, samples: number): Study => ({
  estimator: n < 28 ? "mean, below its least n" : "mean",
  design: `n = ${n}`,
  promise: n < 28 ? "floor" : "asymptotic",
  samples,
  quick: n === 10,
  cells: () =>
    [
      [1, 1],
      [5, 2],
      [0.5, 0.5],
      [1, 9],
    ].map(([a = 1, b = 1]): Cell => {
      let byT = 0;
      const coverage = shareOf(`mean/${n}/${a}/${b}`, samples, (rng) => {
        const found = mean(
          times(n, () => beta(rng, a, b)),
          { range: [0, 1] },
        );
        if (found.kind === "rate" && found.method === "t") byT++;
        return covers(found, a / (a + b));
      });
      return { truth: `Beta(${a}, ${b})`, coverage, capped: byT >= 0.99 * samples };
    }),
});

const sizes: Readonly<Record<string, (i: number) => number>> = {
  "3 each": () => 3,
  "1 to 6": (i) => 1 + (i % 6),
  "2 or 8": (i) => (i % 2 === 0 ? 2 : 8),
};
const withinCluster = [0, 0.3, 0.6, 0.95];
const bySize = (clusters: number, layout: string) =>
  clusters * { "3 each": 1, "1 to 6": 0.8, "2 or 8": 0.73 }[layout]!;

const clusteredRates = (clusters: number, layout: string, samples: number): Study => ({
  estimator: bySize(clusters, layout) < 20 ? "clusteredRate, below its least n" : "clusteredRate",
  design: `${clusters} clusters of ${layout}`,
  promise: bySize(clusters, layout) < 20 ? "floor" : "asymptotic",
  samples,
  quick: clusters === 10,
  cells: () =>
    [0.03, 0.05, 0.1, 0.3, 0.5, 0.8].flatMap((p) =>
      withinCluster.map((rho): Cell => {
        let estimated = 0;
        const coverage = shareOf(`clusteredRate/${clusters}/${layout}/${p}/${rho}`, samples, (rng) => {
          const units = times(clusters, (i) => {
            const own = rho === 0 ? p : beta(rng, (p * (1 - rho)) / rho, ((1 - p) * (1 - rho)) / rho);
            return times(sizes[layout]!(i), () => ({ cluster: String(i), value: yes(rng, own) }));
          }).flat();
          const found = clusteredRate(units);
          if (isEstimated(found)) estimated++;
          return covers(found, p);
        });
        // With few clusters of the rarer kind the degrees of freedom fall, and the interval is wide on purpose.
        const capped = estimated >= 0.99 * samples && Math.min(p, 1 - p) * clusters >= 20;
        return { truth: `p = ${p}, within-cluster correlation ${rho}`, coverage, capped };
      }),
    ),
});

const clusteredSigns = (clusters: number, layout: string, samples: number): Study => ({
  estimator:
    bySize(clusters, layout) < 20
      ? "clusteredDifference (signs), below its least n"
      : "clusteredDifference (signs)",
  design: `${clusters} clusters of ${layout}`,
  promise: bySize(clusters, layout) < 20 ? "floor" : "asymptotic",
  samples,
  quick: clusters === 10,
  cells: () =>
    [
      [0.05, 0.05] as const,
      [0.1, 0.02] as const,
      [0.3, 0.1] as const,
      [0.3, 0.3] as const,
      [0.6, 0.1] as const,
    ].flatMap(([up, down]) =>
      withinCluster.map((rho): Cell => {
        let estimated = 0;
        const scale = (1 - rho) / rho;
        const coverage = shareOf(
          `clusteredSigns/${clusters}/${layout}/${up}/${down}/${rho}`,
          samples,
          (rng) => {
            const units = times(clusters, (i) => {
              const own =
                rho === 0 ? [up, down] : dirichlet(rng, [up * scale, down * scale, (1 - up - down) * scale]);
              const draw = ternary(own[0]!, own[1]!);
              return times(sizes[layout]!(i), () => ({ cluster: String(i), value: draw(rng) }));
            }).flat();
            const found = clusteredDifference(units, { range: [-1, 1] });
            if (isEstimated(found)) estimated++;
            return covers(found, up - down);
          },
        );
        const capped = estimated >= 0.99 * samples && (up + down) * clusters >= 20;
        return { truth: `up ${up}, down ${down}, within-cluster correlation ${rho}`, coverage, capped };
      }),
    ),
});

const clusteredMeans = (clusters: number, layout: string, samples: number): Study => ({
  estimator: clusters < 28 ? "clusteredDifference, below its least n" : "clusteredDifference",
  design: `${clusters} clusters of ${layout}`,
  promise: clusters < 28 ? "floor" : "asymptotic",
  samples,
  quick: clusters === 10,
  cells: () =>
    withinCluster.map((rho): Cell => {
      let byT = 0;
      const coverage = shareOf(`clusteredMeans/${clusters}/${layout}/${rho}`, samples, (rng) => {
        const units = times(clusters, (i) => {
          const own = rng.uniform() - 0.5;
          return times(sizes[layout]!(i), () => ({
            cluster: String(i),
            value: rho * own + (1 - rho) * (rng.uniform() - 0.5),
          }));
        }).flat();
        const found = clusteredDifference(units, { range: [-1, 1] });
        if (found.kind === "difference" && found.method === "cluster-robust t") byT++;
        return covers(found, 0);
      });
      return { truth: `weight ${rho} on what a cluster shares`, coverage, capped: byT >= 0.99 * samples };
    }),
});

const isEstimated = (found: Estimate) => found.kind !== "none" && found.method.includes("design effect");

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const bootstraps = (clusters: number, method: "percentile" | "bca", samples: number): Study => ({
  estimator: `bootstrap, ${method}`,
  design: `${clusters} clusters, 500 resamples`,
  promise: "asymptotic",
  samples,
  quick: false,
  cells: () =>
    [
      { name: "mean of uniforms", draw: (rng: Rng) => [rng.uniform()], truth: 0.5 },
      { name: "mean of Beta(1, 9)", draw: (rng: Rng) => [beta(rng, 1, 9)], truth: 0.1 },
      { name: "share .1", draw: (rng: Rng) => [yes(rng, 0.1)], truth: 0.1 },
      {
        name: "share .5 in clusters of 3, correlation 1/3",
        draw: (rng: Rng) => {
          const own = rng.uniform();
          return times(3, () => yes(rng, own));
        },
        truth: 0.5,
      },
    ].map(({ name, draw, truth }): Cell => ({
      truth: name,
      coverage: shareOf(`bootstrap/${clusters}/${method}/${name}`, samples, (rng) =>
        covers(
          bootstrap({
            clusters: times(clusters, () => draw(rng)),
            statistic: average,
            method,
            kind: "rate",
            rng,
            resamples: 500,
          }),
          truth,
        ),
      ),
      capped: true,
    })),
});

const adjusted = (n: number, labelled: number, samples: number): Study => ({
  estimator: "misclassificationAdjusted",
  design: `n = ${n}, ${labelled} labelled of either kind`,
  promise: "asymptotic",
  samples,
  quick: n === 50,
  cells: () =>
    [[0.02, 0.05] as const, [0.05, 0.1] as const, [0.1, 0.2] as const, [0.2, 0.2] as const].flatMap(
      ([fp, fn]) =>
        [0, 0.02, 0.05, 0.1, 0.3, 0.5, 0.8, 0.95, 1].map((p): Cell => {
          let refused = 0;
          const share = shareOf(`adjusted/${n}/${labelled}/${fp}/${fn}/${p}`, samples, (rng) => {
            const found = misclassificationAdjusted({
              flagged: binomial(rng, n, p * (1 - fn) + (1 - p) * fp),
              n,
              falsePositives: { count: binomial(rng, labelled, fp), n: labelled },
              falseNegatives: { count: binomial(rng, labelled, fn), n: labelled },
            });
            if (found.kind === "none") refused++;
            return found.kind !== "none" && covers(found, p);
          });
          // Near 0 and 1 the interval is cut at the bound on which the truth lies, so that only one end can miss it.
          const capped = p >= 0.1 && p <= 0.8 && labelled * fp >= 4;
          const coverage = (share * samples) / (samples - refused);
          return { truth: `rate ${p}, false positives ${fp}, false negatives ${fn}`, coverage, capped };
        }),
    ),
});

export const simulatedStudies: readonly Study[] = [
  means(10, 300),
  ...[30, 50, 100, 300].map((n) => means(n, 2000)),
  onUnit(10, 300),
  ...[30, 50, 100].map((n) => onUnit(n, 2000)),
  clusteredRates(10, "3 each", 100),
  ...[20, 50, 100, 200].map((n) => clusteredRates(n, "3 each", 2000)),
  ...[30, 100].map((n) => clusteredRates(n, "1 to 6", 2000)),
  ...[30, 100].map((n) => clusteredRates(n, "2 or 8", 2000)),
  clusteredSigns(10, "3 each", 100),
  ...[20, 50, 100].map((n) => clusteredSigns(n, "3 each", 2000)),
  ...[30, 100].map((n) => clusteredSigns(n, "1 to 6", 2000)),
  clusteredSigns(100, "2 or 8", 2000),
  clusteredMeans(10, "3 each", 200),
  ...[50, 100].map((n) => clusteredMeans(n, "3 each", 2000)),
  clusteredMeans(50, "1 to 6", 2000),
  bootstraps(100, "percentile", 1000),
  bootstraps(100, "bca", 1000),
  adjusted(20, 20, 2000),
  adjusted(50, 50, 1000),
  adjusted(100, 200, 2000),
  adjusted(200, 100, 2000),
];
