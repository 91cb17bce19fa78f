// A specification under pressure: its picture is the curves, what was optimised and what was intended, and how the one goes wrong.

import type { GapRecord } from "../../core/run-record.ts";
import { markup, type Html } from "../markup.ts";
import { formsHtml, kindHtml } from "../parts/goodhart.ts";
import { curveFigure } from "../picture/curve-figure.ts";
import { forestFigure, rewardsFigure } from "../picture/forest-figure.ts";
import { notMeasured } from "../section.ts";
import type { SuiteView } from "../suite-view.ts";

export const specification: SuiteView = {
  suite: "specification",
  title: "The specification under pressure",
  descriptorScale: "decimal",
  controlScale: "percent",
  measures: {
    short: "peak minus end",
    says: "A specification's gap is the truth at its peak minus the truth at the largest n; it is 0 where the truth does not fall.",
  },
  picture: ({ correlates, rewards, goodhart, forms }, gaps, above) =>
    markup`${above ? undefined : curves(gaps, 1)}${
      goodhart === undefined ? undefined : kindHtml(goodhart)
    }${forms === undefined ? undefined : formsHtml(forms)}${
      rewards === undefined
        ? undefined
        : markup`<h3>What the score rewards</h3>
${rewardsFigure(rewards, "rewards")}`
    }${
      correlates === undefined
        ? notMeasured("what the score goes with: no texts were given")
        : markup`<h3>What the score goes with</h3>
${forestFigure(correlates, "correlates")}`
    }${above ? curves(gaps.slice(1), 2) : undefined}`,
};

function curves(gaps: readonly GapRecord[], from: number): readonly Html[] {
  return gaps.map((gap, i) =>
    gap.curve?.length
      ? markup`<h3>${gap.name}</h3>
${curveFigure(gap, `curve-${i + from}`)}`
      : notMeasured(`${gap.name}: it has no curve`),
  );
}
