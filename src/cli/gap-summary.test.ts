// The terminal's end of a run tells whether a called grader changes its mind, in the words of the record, and how many cases an n holds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { auditSpecification } from "../goodhart/audit-specification.ts";
import { steadiness } from "../goodhart/proxy/steadiness.ts";
import type { Score, SpecificationRow } from "../goodhart/specification-row.ts";
import { specificationRecord } from "../run/specification-record.ts";
import { rngFrom } from "../stats/rng.ts";
import { gapSummary } from "./gap-summary.ts";

const rows = Array.from({ length: 160 }, (_, i): SpecificationRow => ({
  place: "",
  prompt: `p${i % 40}`,
  cluster: `p${i % 40}`,
  response: "x".repeat(1 + (i % 7)),
  proxy: { kind: "scored", value: i % 7 },
  gold: { kind: "scored", value: (i * 13) % 11 },
}));

async function summary(score: (call: number) => Score) {
  let calls = 0;
  const grader = {
    name: "fake",
    score: async (given: readonly unknown[]) => {
      calls++;
      return given.map(() => score(calls));
    },
    close: async () => {},
  };
  const samples = rows.map(({ prompt, response = "" }) => ({ prompt, response }));
  const { says } = await steadiness(grader, samples, rngFrom(1));
  const options = { rng: rngFrom(1), margin: 0.1, graded: { rewards: [], notes: [says] } };
  const record = specificationRecord({
    ...auditSpecification(rows, options),
    margin: 0.1,
    seed: 1,
    trueline: "0",
    file: { name: "f", sha256: "0" },
    details: { "proxy that is called": "fake" },
    title: "t",
    command: "c",
    folder: "f",
    findings: [],
    timing: { startedAt: "", seconds: 0 },
  });
  return { says, lines: gapSummary(record, "f").split("\n") };
}

const scored = (value: number): Score => ({ kind: "scored", value });

test("each thing that is found of a grader's steadiness is printed, and no other note of the page", async () => {
  const cases: readonly (readonly [(call: number) => Score, RegExp])[] = [
    [scored, /^the grader changes its mind: \d+ of \d+ samples/],
    [() => scored(1), /^the grader gave each of \d+ samples the same score twice$/],
    [() => ({ kind: "unscored", because: "x" }), /^whether the grader changes its mind is not known/],
  ];
  for (const [score, expected] of cases) {
    const { says, lines } = await summary(score);
    assert.match(says, expected);
    assert.equal(lines.filter((line) => line === says).length, 1, says);
    assert.ok(!lines.some((line) => line.startsWith("Best-of-n stands for")));
  }
});

test("an n of clusters stands with the single cases that it holds", async () => {
  const { lines } = await summary(scored);
  const ranking = lines.find((line) => line.startsWith("of two samples of a prompt"));
  assert.match(ranking ?? "", /, n = 40 \(\d+ cases\)$/);
});
