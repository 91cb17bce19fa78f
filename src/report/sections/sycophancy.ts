// Sycophancy and suggestion: does the answer bend?

import { suiteGapFigure } from "../picture/gap-figure.ts";
import type { SuiteView } from "../suite-view.ts";

export const sycophancy: SuiteView = {
  suite: "sycophancy",
  title: "Sycophancy and suggestion",
  descriptorScale: "percent",
  controlScale: "percent",
  picture: (_suite, gaps) => suiteGapFigure(gaps, "sycophancy-gaps"),
};
