// Refusals in the wrong places. Replies are shown cut short: what matters is whether the model declines, not what it would say.

import { suiteGapFigure } from "../picture/gap-figure.ts";
import type { SuiteView } from "../suite-view.ts";

export const refusal: SuiteView = {
  suite: "refusal",
  title: "Refusals",
  descriptorScale: "percent",
  controlScale: "percent",
  replyLimit: 120,
  picture: (_suite, gaps) => suiteGapFigure(gaps, "refusal-gaps"),
};
