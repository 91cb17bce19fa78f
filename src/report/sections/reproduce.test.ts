// How to make a run again: what must come out the same is claimed only where nothing is asked anew.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunRecord } from "../../core/run-record.ts";
import { sampleRecord } from "../sample-record.test.support.ts";
import { reproduce } from "./reproduce.ts";

type Change = {
  readonly drawn?: string;
  readonly called?: boolean;
  readonly suite?: string;
};

function htmlOf({ drawn, called, suite = "specification" }: Change): string {
  const sample = sampleRecord();
  const record: RunRecord = {
    ...sample,
    suites: [{ ...sample.suites[0]!, name: suite }],
    manifest: {
      ...sample.manifest,
      command: "trueline gap --samples s.csv",
      stages: drawn === undefined ? [] : sample.manifest.stages,
      model: {
        ...sample.manifest.model,
        kind: "stored",
        details: {
          ...(drawn === undefined ? {} : { "its revision": drawn }),
          ...(called ? { "gold that is called": "grader.py" } : {}),
        },
      },
    },
  };
  return reproduce.render(record).text;
}

test("stored scores give equal figures, and no file is named that a run does not write", () => {
  const html = htmlOf({});
  assert.match(html, /The same file, columns, seed and version give the same figures/);
  assert.match(html, /prompts\.jsonl/);
  assert.doesNotMatch(html, /samples\.jsonl|scores\.jsonl|anew/);
  assert.doesNotMatch(htmlOf({ suite: "preferences" }), /\.jsonl/);
});

test("a called grader's scores are the same where they are stored, and maybe not elsewhere", () => {
  const html = htmlOf({ called: true });
  assert.match(html, /Given again on this run's folder/);
  assert.match(html, /In a new folder the scores are asked for anew/);
  assert.match(html, /scores\.jsonl/);
  assert.doesNotMatch(html, /samples\.jsonl|The same file, columns/);
});

test("of drawn replies the model's revision is told, hostile or not", () => {
  const html = htmlOf({ drawn: "not pinned: <b>the server</b> says nothing.", called: true });
  assert.match(html, /replies and scores are asked for anew/);
  assert.match(html, /not pinned: &lt;b&gt;the server&lt;\/b&gt; says nothing\. A pinned model/);
  assert.match(html, /samples\.jsonl.*scores\.jsonl.*prompts\.jsonl/s);
});
