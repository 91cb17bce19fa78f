// Consistency: one answer to one question, and one persona.

import { suiteGapFigure } from "../picture/gap-figure.ts";
import type { SuiteView } from "../suite-view.ts";

export const consistency: SuiteView = {
  suite: "consistency",
  title: "Consistency",
  descriptorScale: "percent",
  controlScale: "percent",
  picture: (_suite, gaps) => suiteGapFigure(gaps, "consistency-gaps"),
};
