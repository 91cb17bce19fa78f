// Planning and the small pure parts of a run: what can't be planned, what a dry run counts, how time left is told.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { TruelineError } from "../core/errors.ts";
import type { Suite } from "../core/suite.ts";
import { canonicalJson } from "./canonical-json.ts";
import { dryRun } from "./dry-run.ts";
import {
  auditOf,
  eachModel,
  frozenModel,
  newFolder,
  tinySuite,
  world,
  type CountingModel,
} from "./fakes.test.support.ts";
import { settings } from "./finished-run.test.support.ts";
import { runAudit, type Audit } from "./run-audit.ts";
import { shellWord } from "../core/shell-word.ts";
import { timeLeft } from "./time-left.ts";
import { roughTokens } from "./token-estimate.ts";

function withScreen(change: (ids: readonly { readonly id: string }[]) => unknown): Suite {
  const suite = tinySuite();
  const stages = suite.stages.map((stage) => ({
    ...stage,
    samples: (...given: Parameters<typeof stage.samples>) => change(stage.samples(...given)) as never,
  }));
  return { ...suite, stages };
}

function planning(
  plan: (asks: readonly unknown[]) => { members: number[]; layout: Record<string, number> }[],
): CountingModel {
  return { ...frozenModel(), batching: { kind: "frozen", plan } };
}

const bugs: Readonly<Record<string, Partial<Audit>>> = {
  "a sample id twice": { suites: [withScreen((samples) => [...samples, samples[0]])] },
  "a sample of another suite": {
    suites: [withScreen((samples) => samples.map((sample) => ({ ...sample, suite: "x" })))],
  },
  "a batch that leaves a sample out": {
    model: planning((asks) => [{ members: asks.map((_, i) => i).slice(1), layout: {} }]),
  },
  "a sample in two batches": {
    model: planning((asks) => [
      { members: asks.map((_, i) => i), layout: {} },
      { members: [0], layout: {} },
    ]),
  },
  "a batch of choices and texts": {
    model: planning((asks) => [{ members: asks.map((_, i) => i), layout: {} }]),
  },
  "a model that answers too few": { model: frozenModel(async (_, answer) => answer().slice(1)) },
  "usage that is no count": {
    model: frozenModel(async (_, answer) =>
      answer().map((a) => ({ ...a, usage: { prefilled: Number.NaN, decoded: 0 } })),
    ),
  },
  "a measured gap that was never declared": { suites: [{ ...tinySuite(), gaps: tinySuite().gaps.slice(1) }] },
  "a declared gap that was not measured": {
    suites: [
      {
        ...tinySuite(),
        measure: () => ({ gaps: [], descriptors: [], tallies: [], failures: [], notes: [] }),
      },
    ],
  },
};

for (const [what, change] of Object.entries(bugs)) {
  test(`${what} is a bug that is named, not a number`, async () => {
    await assert.rejects(
      runAudit(auditOf(frozenModel(), newFolder(), change)),
      (error) => error instanceof TruelineError && error.name === "TruelineError",
    );
  });
}

test("a dry run counts the calls by kind, as the model will get them, and asks nothing", () => {
  for (const [model, choose, write] of [
    [frozenModel(), 30, 0],
    [eachModel(), 0, 30],
  ] as const) {
    const { stages, total } = dryRun({ model, suites: [tinySuite()], world, settings }, roughTokens);
    assert.deepEqual(
      stages.map(({ suite, stage }) => [suite, stage]),
      [
        ["tiny", "screen"],
        ["tiny", "main"],
      ],
    );
    assert.deepEqual([stages[0]?.choose, stages[0]?.write], [choose, write]);
    assert.equal(total.calls, 30 + 90);
    // Thirty open asks in writing; where the model can't choose, the ninety choices too.
    assert.equal(total.decoded, 8 * (choose > 0 ? 30 : 120));
    assert.equal(model.asked.length, 0);
  }
});

test("time left is in proportion to the work, and unknown before anything was done", () => {
  assert.deepEqual(timeLeft({ done: 30, remaining: 60 }, 10), { kind: "known", seconds: 20 });
  assert.deepEqual(timeLeft({ done: 30, remaining: 0 }, 10), { kind: "known", seconds: 0 });
  assert.equal(timeLeft({ done: 0, remaining: 5 }, 10).kind, "unknown");
});

test("equal values have one canonical text, whatever the order of their keys", () => {
  assert.equal(canonicalJson({ b: [1, { d: "x", c: null }], a: undefined }), '{"b":[1,{"c":null,"d":"x"}]}');
  assert.equal(canonicalJson({ b: 1, a: 2 }), canonicalJson({ a: 2, b: 1 }));
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, [undefined], { a: () => 1 }, 1n])
    assert.throws(() => canonicalJson(bad), TypeError);
});

test("a shell reads each word as it was meant", () => {
  for (const word of [
    "plain/path-1",
    "a b",
    "it's",
    "$(touch x)",
    "`x`",
    '"',
    "a\nb",
    "*",
    "~",
    "",
    "ü",
    "\\",
    "!!",
  ]) {
    assert.equal(execFileSync("sh", ["-c", `printf %s ${shellWord(word)}`], { encoding: "utf8" }), word);
  }
  assert.equal(shellWord("--help"), "./--help");
});
