// What the raters of a preference file lean towards: all leans on one axis, each a share for minus a share against.

import { suiteGapFigure } from "../picture/gap-figure.ts";
import type { SuiteView } from "../suite-view.ts";

export const preferences: SuiteView = {
  suite: "preferences",
  title: "What the raters prefer",
  descriptorScale: "percent",
  controlScale: "percent",
  measures: {
    short: "lean: share for minus share against",
    says: "A lean is the share of pairs whose chosen reply has more of it minus the share whose rejected reply has, from \u2212100 to +100 percentage points; it is 0 where the attribute plays no part, and its control is not taken away.",
  },
  stored: "stored choices",
  picture: (_suite, gaps) => suiteGapFigure(gaps, "suite-preferences"),
};
