// How a suite is shown, and the section that is made from it: intentions, picture, table, method, transcripts, and what it means.

import type { GapRecord, RunRecord, SuiteRecord } from "../core/run-record.ts";
import { withoutVerdict } from "../core/without-verdict.ts";
import { typeset, type Scale } from "./figures.ts";
import { markup, type Html } from "./markup.ts";
import { estimateTable } from "./parts/estimate-table.ts";
import { verdictHtml } from "./parts/estimate.ts";
import { findingHtml } from "./parts/finding.ts";
import { GAP_TABLE_CAPTION, gapTable } from "./parts/gap-table.ts";
import { tallyHtml } from "./parts/tally.ts";
import { askedOf } from "./asked-of.ts";
import { notMeasured, withoutStop, type Section } from "./section.ts";

export type SuiteView = {
  /** The suite's name in the record. */
  readonly suite: string;
  readonly title: string;
  /** How the numbers beside the gaps are written. */
  readonly descriptorScale: Scale;
  /** How a control is written; only percent lies on the axis of its gap. */
  readonly controlScale: Scale;
  /** What a gap of it is made of, where that is not treatment minus control: in a few words, and in a sentence. */
  readonly measures?: { readonly short: string; readonly says: string };
  /** What a file holds where nothing was asked; scores where absent. */
  readonly stored?: string;
  /** Characters of a model's reply in a transcript. */
  readonly replyLimit?: number;
  /** @param above whether the curves of the first of these gaps stand at the top of the page already */
  readonly picture: (suite: SuiteRecord, gaps: readonly GapRecord[], above: boolean) => Html;
};

/** Transcripts of each gap that stand in the suite's section; the list of known failures holds all. */
const SHOWN = 3;

export function suiteSection(view: SuiteView): Section {
  return {
    title: view.title,
    lacks: ({ suites }) =>
      suites.some(({ name }) => name === view.suite) ? undefined : "this suite was not part of the run",
    render: (record) => {
      const suite = record.suites.find(({ name }) => name === view.suite);
      return suite === undefined ? markup`` : body(view, suite, record);
    },
  };
}

function body(view: SuiteView, suite: SuiteRecord, record: RunRecord): Html {
  const gaps = record.gaps.filter((gap) => gap.suite === suite.name);
  return markup`<div class="columns">
<div class="claims">
${gaps.length === 0 ? notMeasured("the record holds no gap of this suite") : gaps.map(claim)}
</div>
<aside class="method" aria-labelledby="${suite.name}-method">
<h3 id="${suite.name}-method">How it was measured</h3>
<ol>
${suite.method.map((line) => markup`<li>${line}</li>`)}
</ol>
</aside>
</div>
${gaps.length === 0 ? undefined : view.picture(suite, gaps, record.gaps[0] === gaps[0])}
${
  gaps.length === 0
    ? undefined
    : gapTable(gaps, {
        caption: GAP_TABLE_CAPTION,
        controlScale: () => view.controlScale,
        measures: () => view.measures?.short,
        asked: askedOf(record, view.stored),
      })
}
${beside(view, suite)}
<h3>What failure looks like</h3>
${transcripts(view, record, suite)}
<h3>What could not be tested</h3>
${untested(gaps)} ${meaning(suite, gaps)}`;
}

function claim({ name, intention, says, verdict }: GapRecord): Html {
  return markup`<div class="claim">
<h3>${name}</h3>
<p class="intention"><span class="role">Intended</span> ${intention}</p>
<p class="found">${verdictHtml(verdict)} <span class="says">${typeset(withoutVerdict(says))}</span></p>
</div> `;
}

function beside(view: SuiteView, suite: SuiteRecord): Html {
  const numbers = suite.descriptors.map(({ label, value }) => ({ label: markup`${label}`, value }));
  return markup`<h3>Beside the gaps</h3>
${numbers.length === 0 ? notMeasured("this suite has no further numbers") : estimateTable("Each with its interval and its n", "What", numbers, view.descriptorScale)}
${suite.tallies.map(tallyHtml)}
${
  suite.notes.length === 0
    ? undefined
    : markup`<ul class="notes">
${suite.notes.map((note) => markup`<li>${note}</li>`)}
</ul>`
}`;
}

function transcripts(view: SuiteView, { findings }: RunRecord, suite: SuiteRecord): Html {
  const own = findings.filter((finding) => finding.suite === suite.name);
  if (own.length === 0) return markup`<p>The record holds no failure of this suite.</p>`;
  const names = [...new Set(own.map(({ gap }) => gap))];
  const shown = names.flatMap((name) => own.filter(({ gap }) => gap === name).slice(0, SHOWN));
  const rest = own.length - shown.length;
  return markup`${shown.map((finding, i) => findingHtml(finding, view.replyLimit, i === 0))}
${rest === 0 ? undefined : markup`<p class="small">${rest} more ${rest === 1 ? "stands" : "stand"} under <a href="#failures">Known failures</a>.</p>`}`;
}

function untested(gaps: readonly GapRecord[]): Html {
  const none = gaps.filter(({ gap }) => gap.kind === "none");
  if (gaps.length > 0 && none.length === 0) return markup`<p>Each intention of this suite got a number.</p>`;
  if (gaps.length === 0) return notMeasured("no gap of this suite is in the record");
  return markup`<ul>
${none.map(({ name, gap }) => markup`<li><b>${name}</b>: ${gap.kind === "none" ? withoutStop(gap.because) : ""}.</li>`)}
</ul>`;
}

/** The words of the suite for the verdict of its first gap. */
function meaning({ meaning: words }: SuiteRecord, gaps: readonly GapRecord[]): Html {
  const text = words[gaps[0]?.verdict ?? "could-not-test"];
  return markup`<div class="meaning">
<h3>What this means for you</h3>
<p>${text ?? "This suite says nothing for this verdict."}</p>
</div>`;
}
