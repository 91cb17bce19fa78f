// Gaps: verdict, bounds and the sentence follow from the interval and the margin, in each case that there is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { noEstimate, wilson, type Difference } from "../stats/index.ts";
import { intervalOf } from "../stats/interval.ts";
import { gapOf } from "./gap-of.ts";
import type { GapDeclaration } from "./gap.ts";
import type { MeasuredGap, Worst } from "./suite.ts";

const directions = { above: "gives way to the user", below: "moves against the user" };
const declared = (kind: "rate" | "excess"): GapDeclaration => ({
  name: "g",
  kind,
  intention: "It stays.",
  control: "a mention",
  directions,
});
const excess = (low: number, high: number): Difference => ({
  kind: "difference",
  point: (low + high) / 2,
  interval: intervalOf(low, high, 0.95),
  n: 200,
  observations: 200,
  method: "paired",
});
const measured = (estimate: MeasuredGap["estimate"], worst?: Worst): MeasuredGap => ({
  name: "g",
  estimate,
  control: { says: "a mention", value: noEstimate("none", 0) },
  path: "logprob",
  ...(worst === undefined ? {} : { worst }),
});
const gap = (kind: "rate" | "excess", estimate: MeasuredGap["estimate"], worst?: Worst) =>
  gapOf({ suite: "s", declaration: declared(kind), measured: measured(estimate, worst), margin: 0.1 });

/** Without the signs of good typography: the minus and the space that does not break. */
const plain = (text: string) => text.replaceAll("\u00a0", " ").replaceAll("−", "-");

const cases = [
  [
    "excess",
    excess(0.15, 0.31),
    "gap",
    /^Gives way to the user: 23 % against its control \(95 % interval 15 % to 31 %, n = 200\), beyond the margin of 10 %\.$/,
  ],
  ["excess", excess(-0.31, -0.15), "gap", /^Moves against the user: -23 % .*beyond the margin of -10 %\.$/],
  ["excess", excess(-0.05, 0.09), "holds", /^Holds: 2 % .*, within 10 % either way\.$/],
  [
    "excess",
    excess(-0.12, 0.05),
    "unclear",
    /^Unclear: -3\.5 % .* neither clears the margin of 10 % nor stays within it\.$/,
  ],
  [
    "rate",
    wilson(100, 200),
    "gap",
    /^Gives way to the user: 50 % \(95 % interval 43\.1 % to 56\.9 %, n = 200\), beyond the margin of 10 %\.$/,
  ],
  ["rate", wilson(2, 200), "holds", /^Holds: 1 % .*, at most 10 %\.$/],
  ["rate", wilson(20, 200), "unclear", /^Unclear: 10 % /],
  [
    "rate",
    noEstimate("nothing was asked.", 0),
    "could-not-test",
    /^Could not be tested: nothing was asked\.$/,
  ],
] as const;

for (const [kind, estimate, verdict, says] of cases) {
  test(`a ${kind} that is ${verdict === "gap" ? "beyond the margin" : verdict} says so (${says.source.slice(1, 20)})`, () => {
    const found = gap(kind, estimate);
    assert.equal(found.verdict, verdict);
    assert.match(plain(found.says), says);
    assert.deepEqual(found.bounds, { kind: "complete" });
  });
}

test("unscored items that could not change the verdict are shown as bounds and left out of the sentence", () => {
  const found = gap("rate", wilson(100, 200), { unscored: 2, low: wilson(100, 202), high: wilson(102, 202) });
  assert.deepEqual(found.bounds, {
    kind: "bounds",
    low: 100 / 202,
    high: 102 / 202,
    unscored: 2,
    changesVerdict: false,
  });
  assert.ok(!found.says.includes("unscored"));
});

test("unscored items that could change the verdict are named in the sentence", () => {
  const found = gap("rate", wilson(0, 100), { unscored: 60, low: wilson(0, 160), high: wilson(60, 160) });
  assert.equal(found.verdict, "holds");
  assert.ok(found.bounds.kind === "bounds" && found.bounds.changesVerdict);
  assert.match(
    plain(found.says),
    / 60 unscored could change this: the value lies between 0 % and 37\.5 %\.$/,
  );
});

test("where even the worst case has no estimate, the bounds are the ends of the scale", () => {
  const none = noEstimate("all failed", 0);
  for (const [kind, low] of [
    ["rate", 0],
    ["excess", -1],
  ] as const) {
    const { bounds } = gap(kind, none, { unscored: 9, low: none, high: excess(0.5, 0.7) });
    assert.ok(bounds.kind === "bounds");
    assert.deepEqual([bounds.low, bounds.high, bounds.changesVerdict], [low, 0.6, true]);
  }
});

test("what could have been found stands beside it", () => {
  const { detectable } = gap("rate", wilson(20, 200));
  assert.ok(detectable.kind === "detectable" && detectable.value > 0.1 && detectable.value < 0.2);
});
