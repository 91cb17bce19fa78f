// The difference of a specification's fall between two runs, paired prompt by prompt where both pressed the same prompts.

import type { GapRecord } from "../../core/run-record.ts";
import { pressedOf } from "./pressed.ts";
import type { DiffSide, Pairing, Sides } from "./run-diff.ts";
import { sharedPrompts } from "./shared-prompts.ts";

export function pairedPrompts(a: DiffSide, b: DiffSide, gaps: Sides<GapRecord>): Pairing {
  const [from, to] = [gaps.a.gap, gaps.b.gap];
  if (from.kind === "none" || to.kind === "none" || from.level !== to.level)
    return { kind: "unpaired", because: "there are no two intervals at one level" };
  if (gaps.a.kind !== gaps.b.kind || gaps.a.unit !== gaps.b.unit)
    return { kind: "unpaired", because: "the two are not measured on one scale" };
  const shared = sharedPrompts(a, b, gaps);
  if (shared.kind === "none") return { kind: "unpaired", because: shared.because };
  if (!(from.level > 0 && from.level < 1))
    return { kind: "unpaired", because: `an interval of level ${from.level} is none` };
  const pressed = pressedOf(shared, from.level);
  return {
    kind: "shared",
    how: pressed.how,
    difference: pressed.fall,
    notes: [
      ...(pressed.how === "paired"
        ? []
        : [
            "on the same prompts, but not paired: where no fall is seen there is none to pair, and the interval allows for every peak",
          ]),
      `falls from each run's own peak among n = ${shared.grid.join(", ")}, ${pressed.scale}: not the difference of the two estimates`,
      ...shared.notes,
    ],
    pressed,
  };
}
