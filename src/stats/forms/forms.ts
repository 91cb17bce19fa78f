// The curves that are compared: two published ones and any with one peak, which can turn over, and three that only go one way.

import { gls, type GlsFit } from "./gls.ts";
import { bilinear, type Matrix } from "./positive-definite.ts";
import { signedSteps, type Signs } from "./signed-steps.ts";

/** A form fitted to steps: differences of the curve between neighbouring values of d, the first value being 0. */
export type Fitted = {
  /** [steps] */
  readonly steps: readonly number[];
  /** Where the form is linear in coefficients: the fit and the columns that it was made with, [coefficients][steps]. */
  readonly linear?: { readonly columns: Matrix; readonly fit: GlsFit };
};

export type Form = {
  readonly name: string;
  readonly formula: string;
  /** Only one way; with one peak whatever its fit; or, by its coefficients a and b, with a peak at a d that is a function of a / b if b > 0. */
  readonly shape: "one way" | "one peak" | { readonly peak: (ratio: number) => number };
  /** @param d square roots of KL, increasing from 0, one more than there are steps */
  readonly fit: (steps: readonly number[], precision: Matrix, d: readonly number[]) => Fitted;
};

/**
 * The first two: Gao, Schulman and Hilton (2022), arXiv 2210.10760: R(d) = d (a - b d) for best-of-n, R(d) = d (a - b log d) for
 * reinforcement learning, d = sqrt(KL), R a gain over the start. The others are ours. A published form that does not fit at all loses to any curve
 * without a shape of its own; so such a curve stands on either side, and neither answer hangs on a formula.
 */
export const forms: readonly Form[] = [
  {
    name: "best-of-n form",
    formula: "g(1) + d (a - b d)",
    shape: { peak: (ratio) => ratio / 2 },
    fit: linearIn((d) => [d, -d * d]),
  },
  {
    name: "reinforcement-learning form",
    formula: "g(1) + d (a - b log d)",
    shape: { peak: (ratio) => Math.exp(ratio - 1) },
    fit: linearIn((d) => [d, d === 0 ? 0 : -d * Math.log(d)]),
  },
  {
    name: "any curve with one peak",
    formula: "g(1) + steps up, then steps down",
    shape: "one peak",
    fit: (steps, precision) => ({ steps: signedSteps(steps, precision, withOnePeak(steps.length)) }),
  },
  { name: "straight line", formula: "g(1) + a d", shape: "one way", fit: linearIn((d) => [d]) },
  { name: "saturating curve", formula: "g(1) + a (1 - exp(-d / s))", shape: "one way", fit: saturating },
  {
    name: "any one-way curve",
    formula: "g(1) + steps all up or all down",
    shape: "one way",
    fit: (steps, precision) => ({
      steps: signedSteps(steps, precision, [steps.map(() => 1), steps.map(() => -1)]),
    }),
  },
];

/** At least the first step up and the last one down. */
function withOnePeak(steps: number): readonly Signs[] {
  return Array.from({ length: steps - 1 }, (_, last) =>
    Array.from({ length: steps }, (_, p) => (p <= last ? 1 : -1)),
  );
}

function linearIn(basis: (d: number) => readonly number[]): Form["fit"] {
  return (steps, precision, d) => {
    const columns = columnsOf(basis, d);
    const fit = gls(columns, steps, precision);
    return { steps: fit.fitted, linear: { columns, fit } };
  };
}

/** Differences of each basis function between neighbouring d. */
function columnsOf(basis: (d: number) => readonly number[], d: readonly number[]): Matrix {
  const at = d.map(basis);
  return at[0]!.map((_, k) => at.slice(1).map((values, p) => values[k]! - at[p]![k]!));
}

/** The scales s tried, as shares of the largest d, in equal steps of their logarithm; beyond them the curve is a line or a jump. */
const SCALES = Array.from({ length: 13 }, (_, i) => 2 ** (-4 + (5 * i) / 12));

/** No coefficients are handed out: their intervals would have to count s as unknown. */
function saturating(steps: readonly number[], precision: Matrix, d: readonly number[]): Fitted {
  let best: { readonly loss: number; readonly steps: readonly number[] } | undefined;
  for (const share of SCALES) {
    const columns = columnsOf((x) => [1 - Math.exp(-x / (share * d.at(-1)!))], d);
    const { fitted } = gls(columns, steps, precision);
    const off = steps.map((step, p) => step - fitted[p]!);
    const loss = bilinear(off, precision, off);
    if (best === undefined || loss < best.loss) best = { loss, steps: fitted };
  }
  return { steps: best!.steps };
}
