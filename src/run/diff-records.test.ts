// When two runs are paired and when not, and that neither is ever called the other.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SetupError } from "../core/errors.ts";
import { runRecord, type RunRecord } from "../core/run-record.ts";
import { sampleId } from "../core/sample.ts";
import type { Outcome, Suite } from "../core/suite.ts";
import { clusteredRate } from "../stats/clustered-rate.ts";
import { noEstimate, type Difference } from "../stats/estimate.ts";
import { pairedProportions } from "../stats/paired-proportions.ts";
import { diffRecords } from "./diff-records.ts";
import type { DiffSide, GapDiff } from "./diff/run-diff.ts";
import { suiteRecord } from "./suite-record.ts";

/** One gap: the share of items at which the second option is preferred. */
const suite: Suite = {
  name: "slips",
  version: "1",
  title: "Slips",
  gaps: [
    {
      name: "slip",
      kind: "rate",
      intention: "It does not slip.",
      control: "none",
      directions: { above: "slips", below: "keeps" },
    },
  ],
  method: ["Asks.", "Reads.", "Counts."],
  meaning: { gap: "g", holds: "h", unclear: "u", "could-not-test": "c" },
  stages: [],
  measure: (outcomes) => ({
    gaps: [
      {
        name: "slip",
        estimate: clusteredRate(
          outcomes.flatMap(({ sample, observation: { answer } }) =>
            answer.kind === "chosen"
              ? [
                  {
                    cluster: sample.item,
                    value: answer.logprobs[1]! > answer.logprobs[0]! ? (1 as const) : (0 as const),
                  },
                ]
              : [],
          ),
        ),
        control: { says: "none", value: noEstimate("there is none", 0) },
        path: "logprob",
      },
    ],
    descriptors: [],
    tallies: [],
    failures: [],
    notes: [],
  }),
};

type Slips = Readonly<Record<string, 0 | 1>>;

function outcomesOf(slips: Slips, word = "?"): readonly Outcome[] {
  return Object.entries(slips).map(([item, slip]) => ({
    sample: {
      id: sampleId("slips", "main", "plain", item),
      suite: "slips",
      stage: "main",
      arm: "plain",
      item,
      ask: {
        kind: "choose",
        messages: [{ role: "user", content: `${item}${word}` }],
        opening: "",
        options: [" a", " b"],
      },
      key: { right: 0 },
    },
    observation: {
      sample: sampleId("slips", "main", "plain", item),
      path: "logprob",
      answer: { kind: "chosen", logprobs: slip ? [-2, -1] : [-1, -2], tokens: [1, 1] },
      usage: { prefilled: 1, decoded: 0 },
    },
  }));
}

function side(slips: Slips, { word = "?", margin = 0.1, version = "1" } = {}): DiffSide {
  const outcomes = outcomesOf(slips, word);
  const measurement = suite.measure(outcomes, { margin } as never);
  const made = suiteRecord({ suite: { ...suite, version }, measurement, outcomes, margin, folder: "x" });
  const record = runRecord.parse({
    schema: "trueline.run/1",
    manifest: {
      trueline: "0",
      engine: "e",
      model: {
        id: "m",
        title: "M",
        kind: "scripted",
        revision: { kind: "unpinned", because: "a script" },
        details: {},
      },
      selfCheck: "",
      seed: 1,
      margin,
      stages: [],
    },
    gaps: [...made.gaps],
    suites: [made.suite],
    findings: [],
    failed: [],
    tokens: { prefilled: 0, decoded: 0 },
    timing: { startedAt: "", seconds: 0 },
  } satisfies RunRecord);
  const prompts = { kind: "none", because: "a model was asked" } as const;
  return { record, asked: { kind: "samples", path: "logprob", outcomes }, prompts };
}

/** n items of which those from `from` to `to` slip. */
function slipping(n: number, from: number, to: number, prefix = "i"): Slips {
  return Object.fromEntries(
    Array.from({ length: n }, (_, i) => [`${prefix}${i}`, i >= from && i < to ? 1 : 0] as const),
  );
}

function both(a: DiffSide, b: DiffSide): Extract<GapDiff, { kind: "both" }> {
  const [gap] = diffRecords(a, b, [suite]).gaps;
  assert.ok(gap?.kind === "both");
  return gap;
}

function measured(difference: Difference) {
  assert.ok(difference.kind === "difference");
  return difference;
}

function withGap(a: DiffSide, change: object): DiffSide {
  return { ...a, record: { ...a.record, gaps: [{ ...a.record.gaps[0]!, ...change }] } };
}

const before = side(slipping(80, 0, 20));
const after = side(slipping(80, 10, 50));

test("the same items in the same words are paired one by one", () => {
  const found = both(before, after);
  assert.equal(found.how, "paired");
  assert.deepEqual(found.notes, []);
  const pairs = Array.from({ length: 80 }, (_, i) => ({
    treatment: i >= 10 && i < 50 ? (1 as const) : (0 as const),
    control: i < 20 ? (1 as const) : (0 as const),
  }));
  assert.deepEqual(found.difference, pairedProportions(pairs));
  assert.equal(found.worse.length, 1, "both are gaps, and the difference lies above 0");
  assert.deepEqual(both(after, before).worse, []);
});

test("other words, other samples than the record's, other versions and missing samples are not paired, and say why", () => {
  const asked = { kind: "none", because: "the folder was emptied" } as const;
  for (const [b, because] of [
    [side(slipping(80, 10, 50), { word: "!" }), /no item was asked in the same words/],
    [{ ...after, asked: { ...before.asked } }, /not that of a mean over items/],
    [side(slipping(80, 10, 50), { version: "2" }), /can't score suite slips 2/],
    [{ ...after, asked }, /the folder was emptied/],
  ] as const) {
    const found = both(before, b);
    assert.equal(found.how, "unpaired");
    assert.match(found.notes.join("; "), because);
    assert.match(measured(found.difference).method, /^unpaired, from the two intervals .*conservative/);
    assert.match(found.notes.join("; "), /the interval is conservative/);
  }
});

test("no common item is independent and narrower than items that may go together", () => {
  const apart = both(before, side(slipping(80, 10, 50, "other")));
  assert.match(measured(apart.difference).method, /taken as independent/);
  const together = both(before, side(slipping(80, 10, 50), { word: "!" }));
  const width = (gap: typeof apart) => {
    const { high, low } = measured(gap.difference).interval;
    return high - low;
  };
  assert.ok(width(apart) < width(together));
});

test("a part of the items is paired where it is at least half, and says that it is a part", () => {
  const part = both(before, side(slipping(50, 10, 40)));
  assert.equal(part.how, "paired");
  assert.equal(part.difference.n, 50);
  assert.match(part.notes.join(), /over the 50 items that both scored, of 80 in A and 50 in B/);
  assert.equal(both(before, side(slipping(39, 10, 30))).how, "unpaired");
});

test("a sample that failed is no pair", () => {
  const outcomes = outcomesOf(slipping(80, 10, 50)).map((outcome, i): Outcome => {
    const failed = { ...outcome.observation, answer: { kind: "failed", because: "gone" } as const };
    return i < 10 ? { ...outcome, observation: failed } : outcome;
  });
  const record = structuredClone(side(Object.fromEntries(Object.entries(slipping(80, 10, 50)).slice(10))));
  const found = both(before, { ...record, asked: { kind: "samples", path: "logprob", outcomes } });
  assert.equal(found.how, "paired");
  assert.equal(found.difference.n, 70);
});

test("what can't be compared has a reason instead of a difference", () => {
  const { gap } = before.record.gaps[0]!;
  assert.ok(gap.kind !== "none");
  for (const [change, because] of [
    [{ gap: { kind: "none", because: "nothing", n: 0 }, verdict: "could-not-test" }, /no estimate in B/],
    [{ kind: "excess" }, /kind is rate in A and excess in B/],
    [{ unit: "sd" }, /share in A and sd in B/],
    [{ gap: { ...gap, level: 0.9 } }, /different levels/],
    [{ gap: { ...gap, low: 0.9 } }, /interval of B does not hold its own estimate/],
  ] as const) {
    const found = both(before, withGap(before, change));
    assert.equal(found.how, "not measured");
    assert.ok(found.difference.kind === "none");
    assert.match(found.difference.because, because);
  }
});

test("a verdict that became gap is worse whatever the difference; one that was gap already is not", () => {
  const few = side(slipping(80, 0, 12));
  const many = side(slipping(80, 0, 20), { word: "!" });
  assert.equal(few.record.gaps[0]!.verdict, "unclear");
  assert.equal(many.record.gaps[0]!.verdict, "gap");
  const found = both(few, many);
  assert.deepEqual(found.worse, ["its verdict became gap"]);
  assert.ok(measured(found.difference).interval.low < 0);
  assert.deepEqual(both(many, few).worse, []);
});

test("what differs is listed; a gap of one run alone is said to be; a gap that stands twice is refused", () => {
  const wide = side(slipping(80, 10, 50), { margin: 0.3 });
  const other = withGap(wide, { name: "slide" });
  const { differing, gaps } = diffRecords(before, other, [suite]);
  assert.deepEqual(differing, [{ what: "margin", a: "0.1", b: "0.3" }]);
  assert.deepEqual(
    gaps.map((gap) => [gap.name, gap.kind === "only" ? gap.in : gap.kind]),
    [
      ["slip", "a"],
      ["slide", "b"],
    ],
  );
  const [gap] = before.record.gaps;
  const twice = { ...before, record: { ...before.record, gaps: [gap!, gap!] } };
  assert.throws(() => diffRecords(before, twice, [suite]), SetupError);
});
