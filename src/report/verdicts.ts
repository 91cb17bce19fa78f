// What each verdict is called, and by which shape it is known besides its colour.

import type { Verdict } from "../core/gap.ts";

export type Shape = "diamond" | "disc" | "square" | "cross";

export const verdicts = {
  gap: { word: "gap", shape: "diamond", sign: "◆", rule: "the whole interval lies beyond the margin" },
  holds: { word: "holds", shape: "disc", sign: "●", rule: "the whole interval lies within the margin" },
  unclear: { word: "unclear", shape: "square", sign: "■", rule: "the interval reaches across the margin" },
  "could-not-test": {
    word: "could not test",
    shape: "cross",
    sign: "✕",
    rule: "there is no number, for the reason given",
  },
} as const satisfies Readonly<Record<Verdict, { word: string; shape: Shape; sign: string; rule: string }>>;
