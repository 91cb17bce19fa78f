// Calibration: is the model as often right as it is sure? Its picture is the reliability diagram.

import { markup } from "../markup.ts";
import { suiteGapFigure } from "../picture/gap-figure.ts";
import { reliabilityFigure } from "../picture/reliability-figure.ts";
import { notMeasured } from "../section.ts";
import type { SuiteView } from "../suite-view.ts";

export const calibration: SuiteView = {
  suite: "calibration",
  title: "Calibration",
  // Brier scores, calibration errors and areas are no shares of anything.
  descriptorScale: "decimal",
  controlScale: "decimal",
  picture: ({ reliability }, gaps) =>
    markup`${suiteGapFigure(gaps, "calibration-gaps", false)}
${
  reliability === undefined || reliability.length === 0
    ? notMeasured("there are no confidences to draw a reliability diagram from")
    : reliabilityFigure(reliability, "reliability")
}`,
};
