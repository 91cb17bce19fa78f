// Which of two specifications stands more pressure, in one sentence that never says more than the intervals.

import type { Difference } from "../../stats/estimate.ts";

export type PressedParts = {
  readonly n: number;
  readonly unit: "share" | "sd";
  readonly fall: Difference;
  readonly gold: Difference;
};

type Measured = Extract<Difference, { kind: "difference" }>;

/** The falls say which stands more pressure; the gold says by which one the best of n is better, which need not be the same. */
export function pressedSentence({ n, unit, fall, gold }: PressedParts): string {
  if (fall.kind === "none")
    return `Which specification stands more pressure is not measured: ${fall.because}.`;
  const by = (value: number) => `${size(value)}${unit === "sd" ? " SD" : " (as a share)"}`;
  const { low, high } = fall.interval;
  const falls =
    low > 0 || high < 0
      ? `under B the intended thing falls by ${by(fall.point)} ${low > 0 ? "more" : "less"} than under A`
      : low === 0 && high === 0
        ? "the intended thing falls under neither"
        : `no difference between the falls beyond ${by(Math.max(-low, high))}`;
  return `Pressed to n = ${n}, ${falls} ${evidence(fall)}; ${bestOf(n, gold, by)}.`;
}

function bestOf(n: number, gold: Difference, by: (value: number) => string): string {
  if (gold.kind === "none") return `whose best of ${n} is better in truth is not measured: ${gold.because}`;
  const { low, high } = gold.interval;
  return low > 0 || high < 0
    ? `the best of ${n} by B is ${low > 0 ? "better" : "worse"} in truth by ${by(gold.point)} ${evidence(gold)}`
    : `no difference between the two best of ${n} in truth beyond ${by(Math.max(-low, high))} ${evidence(gold)}`;
}

function evidence({ interval: { low, high, level }, n, observations }: Measured): string {
  const clusters = n === observations ? "" : ` in ${n} clusters`;
  return `(B − A [${written(low)}, ${written(high)}], ${Number((level * 100).toPrecision(4))} %, n = ${observations} prompts${clusters})`;
}

/** What would round to 0 is written with more digits. */
function size(value: number): string {
  const abs = Math.abs(value);
  return abs >= 0.005 || abs === 0 ? abs.toFixed(2) : String(Number(abs.toPrecision(1)));
}

function written(value: number): string {
  return `${value < 0 ? "−" : "+"}${size(value)}`;
}
