// How each suite is shown: one file each, one line here.

import { suiteGapFigure } from "../picture/gap-figure.ts";
import type { SuiteView } from "../suite-view.ts";
import { calibration } from "./calibration.ts";
import { consistency } from "./consistency.ts";
import { preferences } from "./preferences.ts";
import { refusal } from "./refusal.ts";
import { specification } from "./specification.ts";
import { sycophancy } from "./sycophancy.ts";

export const views = { sycophancy, calibration, refusal, consistency } as const satisfies Readonly<
  Record<string, SuiteView>
>;

/** The view of a suite by its name in the record; a suite that has none of its own is shown plainly. */
export function viewOf(suite: string, title = suite): SuiteView {
  const own = [...Object.values<SuiteView>(views), specification, preferences].find(
    (view) => view.suite === suite,
  );
  return (
    own ?? {
      suite,
      title,
      descriptorScale: "percent",
      controlScale: "percent",
      picture: (_suite, gaps) => suiteGapFigure(gaps, `suite-${suite.replaceAll(/[^A-Za-z0-9]+/g, "-")}`),
    }
  );
}
