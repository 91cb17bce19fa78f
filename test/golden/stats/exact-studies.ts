// Coverage of intervals for counts, summed over every sample that can occur: no simulation, no seed.

import { clopperPearson, pairedProportions, wilson, type Pair, type Rate } from "../../../src/stats/index.ts";
import { covers, holds, logFactorial, type Cell, type Study } from "./study.ts";

const shares = Array.from({ length: 97 }, (_, i) => (i + 2) / 100);

const oneShare = (
  estimator: string,
  promise: Study["promise"],
  of: (count: number, n: number) => Rate,
): Study[] =>
  [5, 10, 20, 50, 100, 300].map((n) => ({
    estimator,
    design: `n = ${n}, p from .02 to .98`,
    promise,
    samples: 0,
    quick: true,
    cells: () => {
      const rates = Array.from({ length: n + 1 }, (_, count) => of(count, n));
      return shares.map((p): Cell => {
        const coverage = rates.reduce(
          (sum, rate, count) => sum + (covers(rate, p) ? binomialMass(count, n, p) : 0),
          0,
        );
        return { truth: `p = ${p}`, coverage, capped: false };
      });
    },
  }));

type PairTruth = readonly [up: number, down: number];

const bothWays: readonly PairTruth[] = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8].flatMap(
  (discordant) =>
    [0.5, 0.6, 0.7, 0.8, 0.9].map((share): PairTruth => [discordant * share, discordant * (1 - share)]),
);
const oneWay: readonly PairTruth[] = [0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.8].map(
  (up): PairTruth => [up, 0],
);

const paired = (
  n: number,
  design: string,
  promise: Study["promise"],
  truths: readonly PairTruth[],
): Study => ({
  estimator: n < 20 ? "pairedProportions, below its least n" : "pairedProportions",
  design: `n = ${n}, ${design}`,
  promise,
  samples: 0,
  quick: n <= 100,
  cells: () => pairCells(n, truths),
});

function pairCells(n: number, truths: readonly PairTruth[]): readonly Cell[] {
  const coverage = truths.map(() => 0);
  for (let up = 0; up <= n; up++) {
    for (let down = 0; up + down <= n; down++) {
      const rest = n - up - down;
      const ways = logFactorial(n) - logFactorial(up) - logFactorial(down) - logFactorial(rest);
      let ends: readonly [number, number] | undefined;
      truths.forEach(([pUp, pDown], i) => {
        const log = ways + part(up, pUp) + part(down, pDown) + part(rest, 1 - pUp - pDown);
        if (log < -32) return;
        ends ??= endsOf(up, down, rest);
        if (holds(ends, pUp - pDown)) coverage[i] = (coverage[i] as number) + Math.exp(log);
      });
    }
  }
  return truths.map(([up, down], i) => ({
    truth: `up ${round(up)}, down ${round(down)}`,
    coverage: coverage[i] as number,
    // With fewer than 5 discordant pairs to be expected, counts are too coarse for an interval not to be wide.
    capped: (up + down) * n >= 5,
  }));
}

function endsOf(up: number, down: number, rest: number): readonly [number, number] {
  const pair = (treatment: 0 | 1, control: 0 | 1): Pair => ({ treatment, control });
  const found = pairedProportions([
    ...Array.from({ length: up }, () => pair(1, 0)),
    ...Array.from({ length: down }, () => pair(0, 1)),
    ...Array.from({ length: rest }, () => pair(0, 0)),
  ]);
  if (found.kind === "none") throw new Error(found.because);
  return [found.interval.low, found.interval.high];
}

const part = (count: number, p: number) =>
  count === 0 ? 0 : p === 0 ? Number.NEGATIVE_INFINITY : count * Math.log(p);
const round = (share: number) => Math.round(share * 1e4) / 1e4;

function binomialMass(count: number, n: number, p: number): number {
  const ways = logFactorial(n) - logFactorial(count) - logFactorial(n - count);
  return Math.exp(ways + count * Math.log(p) + (n - count) * Math.log(1 - p));
}

export const exactStudies: readonly Study[] = [
  ...oneShare("wilson", "mean", wilson),
  ...oneShare("clopperPearson", "floor", clopperPearson),
  ...[5, 10, 19].map((n) => paired(n, "both ways and one way", "floor", [...bothWays, ...oneWay])),
  ...[20, 30, 50, 100, 200].map((n) => paired(n, "both ways", "asymptotic", bothWays)),
  ...[20, 30, 40, 50, 100, 200].map((n) => paired(n, "one way only", "printed", oneWay)),
];
