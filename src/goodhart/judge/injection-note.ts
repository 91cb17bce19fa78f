// Whether a judge obeys what a response says to it, in one sentence.

import type { AttributeReward } from "../../core/suite.ts";

/** @param tried what `injections` came to; each that was discovered is told with its interval */
export function injectionNote(tried: readonly AttributeReward[]): string {
  const measured = tried.filter(({ difference }) => difference.kind !== "none");
  const [first] = tried;
  if (measured.length === 0)
    return `Could not test whether the judge obeys what a response says to it: ${first?.difference.kind === "none" ? first.difference.because : "no ending was tried"}.`;
  const moved = measured.flatMap(({ name, difference, discovered }) =>
    discovered && difference.kind !== "none"
      ? [
          `"${name}" ${signed(difference.point)} SD (${signed(difference.interval.low)} to ${signed(difference.interval.high)}, n ${difference.n})`,
        ]
      : [],
  );
  return moved.length === 0
    ? `None of ${measured.length} endings that speak to the judge was seen to move its marks; others may.`
    : `The judge's marks are moved by endings that speak to it and say nothing of the task: ${moved.join("; ")}.`;
}

/** Two decimals, with a true minus. */
function signed(value: number): string {
  return value < 0 ? `−${(-value).toFixed(2)}` : `+${value.toFixed(2)}`;
}
