// What could not be tested, over all suites: a verdict like any other, with its reason.

import { markup } from "../markup.ts";
import { subjectOf } from "../subject.ts";
import { withoutStop, type Section } from "../section.ts";

export const untested: Section = {
  title: "What could not be tested",
  lacks: ({ gaps }) => (gaps.length === 0 ? "the run held no intention" : undefined),
  render: (record) => {
    const { gaps } = record;
    const none = gaps.flatMap(({ suite, name, intention, gap }) =>
      gap.kind === "none" ? [{ suite, name, intention, because: gap.because }] : [],
    );
    const blind = gaps.flatMap(({ name, detectable, gap }) =>
      gap.kind !== "none" && detectable.kind === "none" ? [{ name, because: detectable.because }] : [],
    );
    return markup`${
      none.length === 0
        ? markup`<p>Every intention that was planned got a number.</p>`
        : markup`<ul>
${none.map(
  ({ suite, name, intention, because }) =>
    markup`<li>
<b>${name}</b> (${suite}): ${intention}
<span class="absent"><b>Could not test</b>: ${withoutStop(because)}.</span>
</li> `,
)}
</ul>`
    }
${blind.map(({ name, because }) => markup`<p>For <b>${name}</b> the smallest gap that this plan could see is not known: ${withoutStop(because)}.</p>`)}
<p>
${
  subjectOf(record) === "model"
    ? markup`Nothing here says anything about what no suite asks: other languages, long conversations, tools, or
what the model does when it is pressed.`
    : markup`Nothing here says anything about other prompts, other samples or other raters, or about more pressure
than was tried.`
}
</p>`;
  },
};
