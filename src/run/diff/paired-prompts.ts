// The difference of a specification's fall between two runs, paired prompt by prompt where both pressed the same prompts.

import type { GapRecord } from "../../core/run-record.ts";
import { noEstimate } from "../../stats/estimate.ts";
import { canonicalJson } from "../canonical-json.ts";
import { pressedOf } from "./pressed.ts";
import type { DiffSide, Pairing, Sides } from "./run-diff.ts";
import { sharedPrompts, type SharedPrompts } from "./shared-prompts.ts";

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
  if (alike(shared.values)) {
    const says = "no difference: every prompt has the same values in both";
    const clusters = new Set(shared.prompts.map(({ cluster }) => cluster)).size;
    return {
      kind: "shared",
      how: "the same",
      difference: noEstimate(says, clusters),
      notes: [says, ...shared.notes],
    };
  }
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

/** Whether both hold the same prompts, and for each the same proxy and gold at the same n: nothing is left that could differ. */
function alike({ a, b }: Extract<SharedPrompts, { kind: "shared" }>["values"]): boolean {
  const held = ({ grid, rows }: typeof a) =>
    canonicalJson([
      grid,
      rows.map(({ prompt, proxy, gold }) => canonicalJson([prompt, proxy, gold])).toSorted(),
    ]);
  return held(a) === held(b);
}
