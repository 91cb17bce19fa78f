// A specification under pressure: its picture is the two curves, what was optimised and what was intended.

import { markup } from "../markup.ts";
import { curveFigure } from "../picture/curve-figure.ts";
import { forestFigure, rewardsFigure } from "../picture/forest-figure.ts";
import { notMeasured } from "../section.ts";
import type { SuiteView } from "../suite-view.ts";

export const specification: SuiteView = {
  suite: "specification",
  title: "The specification under pressure",
  descriptorScale: "decimal",
  controlScale: "percent",
  // The first curves stand at the top of the page already.
  picture: ({ correlates, rewards }, gaps) =>
    markup`${
      rewards === undefined
        ? undefined
        : markup`<h3>What the score rewards</h3>
${rewardsFigure(rewards, "rewards")}`
    }${
      correlates === undefined
        ? notMeasured("what the score goes with: no texts were given")
        : markup`<h3>What the score goes with</h3>
${forestFigure(correlates, "correlates")}`
    }${gaps.slice(1).map((gap, i) =>
      gap.curve?.length
        ? markup`<h3>${gap.name}</h3>
${curveFigure(gap, `curve-${i + 2}`)}`
        : notMeasured(`${gap.name}: it has no curve`),
    )}`,
};
