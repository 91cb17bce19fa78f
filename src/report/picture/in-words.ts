// What a picture of gaps shows, said in words for whoever can't see it.

import type { GapRecord } from "../../core/run-record.ts";
import { count, scaleOf, withInterval } from "../figures.ts";
import { verdicts } from "../verdicts.ts";

export function pictureInWords(gaps: readonly GapRecord[]): string {
  return gaps.map(oneInWords).join(" ");
}

function oneInWords({ name, verdict, gap, control, margin, unit }: GapRecord): string {
  const { word } = verdicts[verdict];
  if (gap.kind === "none") return `${name}: ${word}, ${gap.because}.`;
  const against =
    control.value.kind === "none"
      ? "control not measured"
      : `control ${withInterval(control.value, scaleOf({ unit }))}, ${count(control.value)}`;
  return `${name}: ${word}, ${withInterval(gap, scaleOf({ unit }), margin)}, ${count(gap)}; ${against}.`;
}
