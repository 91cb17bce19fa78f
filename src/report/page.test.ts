// Tests of the page as text: what it holds, what it never holds, and that it is a pure function of the record.
// What a browser makes of it is tested in test/page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { runRecord } from "../core/run-record.ts";
import { count, withInterval } from "./figures.ts";
import { hostile } from "./hostile.test.support.ts";
import { renderPage } from "./page.ts";
import { emptyRecord, recordFullOf, sampleRecord } from "./sample-record.test.support.ts";
import { renderSection } from "./section.ts";
import { sections, sectionsOf } from "./sections/index.ts";
import { viewOf } from "./sections/views.ts";

test("the records of these tests are records by the schema", () => {
  for (const record of [sampleRecord(), emptyRecord(), recordFullOf(hostile.script)])
    assert.doesNotThrow(() => runRecord.parse(record));
});

test("the same record gives the same bytes, and the record is left as it was", () => {
  const record = sampleRecord();
  assert.equal(renderPage(record), renderPage(record));
  assert.deepEqual(record, sampleRecord());
});

test("the model is named by its full title, in the heading and in the window's title", () => {
  const page = renderPage(sampleRecord());
  assert.match(page, /<h1>SmolLM2-135M-Instruct, Q4_1, dequantised to fp32<\/h1>/);
  assert.match(page, /<title>SmolLM2-135M-Instruct, Q4_1, dequantised to fp32: /);
});

test("the policy lets nothing run and nothing load", () => {
  assert.match(
    renderPage(sampleRecord()),
    /<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;|<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:/,
  );
});

/** The words of a page as one reads them: no tags, and any white space one space. */
function words(page: string): string {
  return page.replace(/<[^>]*>/g, "").replace(/[\s\u00a0\u202f]+/g, " ");
}

test("each gap and each control that was measured stands with its interval and its n", () => {
  const record = sampleRecord();
  const page = words(renderPage(record));
  for (const { suite, gap, control, margin } of record.gaps) {
    if (gap.kind !== "none")
      assert.ok(
        page.includes(words(`${withInterval(gap, "percent", margin)} ${count(gap)}`)),
        withInterval(gap),
      );
    if (control.value.kind !== "none")
      assert.ok(
        page.includes(
          words(`${withInterval(control.value, viewOf(suite).controlScale)} ${count(control.value)}`),
        ),
      );
  }
});

test("every section renders under its title for an empty run, and says that nothing was measured and why", () => {
  const record = emptyRecord();
  for (const [id, section] of Object.entries(sections)) {
    const { text } = renderSection(id, section, record);
    assert.match(text, new RegExp(`<h2[^>]*>${section.title}</h2>`));
    assert.match(text, /<strong>Not measured<\/strong>: \w.+\./, id);
    assert.doesNotMatch(text, /class="estimate"|\bNaN\b|\bundefined\b|\bnull\b/, id);
  }
});

test("every section renders its content for the rich run", () => {
  const record = sampleRecord();
  for (const [id, section] of Object.entries(sections)) {
    assert.equal(section.lacks(record), undefined, id);
    assert.doesNotMatch(renderSection(id, section, record).text, /\bNaN\b|\bundefined\b|\[object/, id);
  }
});

test("what was not measured shows its reason, and no number stands in its place", () => {
  const page = renderPage(sampleRecord());
  assert.match(page, /<b>not measured<\/b>: one word makes up 97 of the 100 that could be read/);
  assert.match(page, /<b>not measured<\/b>: no ask of this arm got an answer/);
  assert.match(page, /Could not be tested: stated confidence, because one word makes up 97/);
});

test("bounds are printed where they could change the verdict, and only there", () => {
  const page = words(renderPage(sampleRecord()));
  assert.match(
    page,
    /4 unscored: counted one way or the other, the value is 89 % to 93 %, which could change the verdict/,
  );
  assert.match(page, /3 unscored; counted as badly and as well as was tried, they do not change the verdict/);
});

test("each known failure stands with the command that asks for it again", () => {
  const record = sampleRecord();
  const { text } = renderSection("failures", sections.failures, record);
  for (const command of record.findings.flatMap(({ replay }) => replay)) {
    assert.ok(text.includes(`<code class="command">${command.replaceAll("'", "&#39;")}</code>`), command);
  }
});

test("every sample that failed stands with its reason", () => {
  const record = sampleRecord();
  const { text } = renderSection("failed", sections.failed, record);
  assert.match(text, /2 of 2\u202f490 samples/);
  assert.match(text, /refusal\/main\/plain\/bread<\/code> the server answered 503 three times/);
  assert.match(
    renderSection("failed", sections.failed, { ...record, failed: [] }).text,
    /None: every one of the 2\u202f490 samples/,
  );
});

test("a reply to a request that must stay short is cut, and the cut is told", () => {
  const { text } = renderSection("refusal", sections.refusal, sampleRecord());
  assert.match(text, /cut: 120 of 151 characters shown/);
});

test("a suite that this version does not know is shown plainly, after those it knows", () => {
  const record = sampleRecord();
  const suite = { ...record.suites[0]!, name: "loyalty", title: "Loyalty" };
  const gap = { ...record.gaps[0]!, suite: "loyalty", name: "loyal" };
  const other = { ...record, suites: [...record.suites, suite], gaps: [...record.gaps, gap] };
  assert.deepEqual(
    sectionsOf(other)
      .map(([id]) => id)
      .slice(3, 6),
    ["consistency", "suite-1", "failures"],
  );
  assert.match(renderPage(other), /<h2 id="suite-1-title">Loyalty<\/h2>/);
});

test("the words for the reader are those of the first gap's verdict", () => {
  assert.match(
    renderSection("consistency", sections.consistency, sampleRecord()).text,
    /What this means for you<\/h3>\s*<p>Ask this model the same thing twice/,
  );
});
