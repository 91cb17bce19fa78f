// How a score goes wrong, as the page tells it: every number with its interval, every text as text.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { EstimateRecord } from "../../core/run-record.ts";
import { formsHtml, kindHtml } from "./goodhart.ts";

const estimate: EstimateRecord = {
  kind: "excess",
  point: -0.25,
  low: -0.4,
  high: -0.1,
  level: 0.95,
  n: 60,
  observations: 60,
  method: "m",
};
const hostile = "<script>alert(1)</script>";

test("a kind stands with its evidence, what was found beside it, and what would settle more", () => {
  const { text } = kindHtml({
    kind: "extremal",
    says: `It breaks ${hostile}.`,
    evidence: [
      { name: "break", says: hostile, value: estimate },
      { name: "fall", says: "f", value: { kind: "none", because: "too few prompts", n: 3 } },
    ],
    also: ["regressional"],
    wouldSettle: "an intervention",
  });
  assert.doesNotMatch(text, /<script>/);
  assert.match(text, /Extremal/);
  assert.match(text, /Found beside it: regressional\./);
  assert.match(text, /What would settle more: an intervention\./);
  assert.match(text.replaceAll("\u00a0", " "), /−0\.25[\s\S]*\[[\s\S]*−0\.40?[\s\S]*n = 60/);
  assert.match(text, /too few prompts/);
});

test("each form stands with its formula, its loss and its coefficients, or why there are none", () => {
  const none: EstimateRecord = { kind: "none", because: "it has no a", n: 60 };
  const { text } = formsHtml({
    says: "Can't be told.",
    forms: [
      { name: hostile, formula: "g(1) + a d", heldOutLoss: estimate, against: estimate, a: none, b: none },
    ],
  });
  assert.doesNotMatch(text, /<script>/);
  assert.match(text, /g\(1\) \+ a d/);
  assert.equal(text.match(/it has no a/g)?.length, 2);
});
