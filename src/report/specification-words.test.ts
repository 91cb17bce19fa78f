// What page and card say of where a specification's scores came from is true of the run: stored, called, drawn, or choices of raters.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunRecord } from "../core/run-record.ts";
import { renderCard } from "./card.ts";
import { renderPage } from "./page.ts";
import { none, rate } from "./sample-gaps.test.support.ts";
import { sampleRecord } from "./sample-record.test.support.ts";

type Made = {
  readonly called?: readonly ("proxy" | "gold")[];
  readonly drawn?: boolean;
  readonly counts?: Readonly<Record<string, number>>;
  readonly suite?: string;
  readonly measured?: boolean;
  readonly beside?: boolean;
};

function made(options: Made): RunRecord {
  const {
    called = [],
    drawn = false,
    counts,
    suite = "specification",
    measured = true,
    beside = true,
  } = options;
  const record = sampleRecord();
  const { n: _n, maxTokens: _maxTokens, world: _world, ...manifest } = record.manifest;
  const gap = record.gaps.find((one) => one.kind === "excess" && one.gap.kind !== "none")!;
  return {
    ...record,
    manifest: {
      ...manifest,
      model: {
        ...manifest.model,
        kind: "stored",
        details: Object.fromEntries(called.map((side) => [`${side} that is called`, "grader.ts"])),
      },
      stages: drawn ? manifest.stages : [],
    },
    gaps: [
      {
        ...gap,
        of: "specification",
        suite,
        name: "pressure",
        path: "none",
        ...(measured ? {} : { gap: none("too few prompts"), verdict: "could-not-test" }),
      },
    ],
    suites: [
      {
        ...record.suites[0]!,
        name: suite,
        descriptors: beside ? [{ name: "ranking", label: "agrees <b>", value: rate(0.6, 40, 80) }] : [],
        tallies: counts === undefined ? [] : [{ label: "Samples without a score", counts: { ...counts } }],
      },
    ],
    findings: [],
    failed: [],
  };
}

/** The table's last column, and the section of failed samples. */
function read(options: Made) {
  const record = made(options);
  const page = renderPage(record).replaceAll(/\s+/gu, " ");
  const [, failed = ""] = /id="failed"[^>]*>(.*?)<\/section>/u.exec(page) ?? [];
  assert.ok(failed.length > 0);
  return { page, failed, card: renderCard(record) };
}

test("stored scores were asked of nobody", () => {
  const { page, failed, card } = read({});
  assert.match(page, /Measured on.*stored scores/);
  assert.doesNotMatch(page, /Asked by|called grader|the model does|prefilled/);
  assert.doesNotMatch(card, /questions that were drawn/);
  assert.match(failed, /Not measured.*nothing was asked/i);
  assert.match(card, /\| Measured on \| stored scores \|/);
  assert.match(card, /type: trueline\/stored-scores/);
});

test("a grader that was called is named as such, and each score that it left out is told with its reason", () => {
  const counts = { "no proxy: the grader threw: <b>no</b>": 163, "no gold: the cell is empty": 7 };
  const { page, failed, card } = read({ called: ["proxy"], counts });
  assert.match(page, /proxy: scores that a called grader gave; gold: stored scores/);
  assert.match(failed, /The samples were stored: no model was asked/);
  assert.match(failed, /\(proxy\) left 163 scores out/);
  assert.match(failed, /163: no proxy: the grader threw: &lt;b&gt;no&lt;\/b&gt;/);
  assert.doesNotMatch(failed, /nothing was asked|the cell is empty/);
  assert.match(card, /Graders that were called left 163 scores out/);
  assert.match(card, /type: trueline\/stored-samples/);
  assert.match(read({ called: ["proxy", "gold"], counts }).failed, /left 170 scores out/);
  assert.match(read({ called: ["gold"] }).failed, /\(gold\) gave every sample a score/);
});

test("drawn replies are drawn, whoever scored them, and the graders' failures stand beside theirs", () => {
  const { page, failed, card } = read({
    drawn: true,
    called: ["proxy", "gold"],
    counts: { "no gold: the judge gave no mark": 2 },
  });
  assert.match(page, /replies drawn from a model; scores that called graders gave/);
  assert.match(page, /System prompt.*104.233 prefilled/);
  assert.doesNotMatch(page, /stored scores/);
  assert.match(failed, /every one of the 2.490 samples that were planned got an answer/);
  assert.match(failed, /left 2 scores out/);
  assert.match(card, /type: trueline\/prompts/);
});

test("a preference file's gap is a lean between stored choices, no fall from a peak", () => {
  const { page, card } = read({ suite: "preferences" });
  assert.match(page, /lean: share for minus share against/);
  assert.match(page, /stored choices/);
  assert.doesNotMatch(page, /peak minus end|stored scores|treatment minus control/);
  assert.match(card, /A lean is the share of pairs/);
  assert.doesNotMatch(card, /treatment minus control/);
  assert.match(read({}).page, /peak minus end/);
});

test("where nothing could be tested, what is promised to stand below does, on page and card", () => {
  const { page, card } = read({ measured: false });
  for (const text of [page, card]) {
    const promised = text.indexOf("what could be counted beside it stands below");
    const stands = text.search(/agrees (?:&lt;b&gt;|\\<b\\>)/u);
    assert.ok(promised > 0 && stands > promised, `${promised}, ${stands}`);
  }
  assert.match(card.replaceAll("\u00a0", " "), /0\.60 \[[\d.]+, [\d.]+\] \| n = 40 \(80 cases\) \|/);
  const bare = read({ measured: false, beside: false });
  for (const text of [bare.page, bare.card]) assert.doesNotMatch(text, /stands below/);
});
