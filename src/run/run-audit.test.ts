// The runner on fakes: freezes before it asks, stores each answer, measures in plan order, and says what became of it.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { Ask } from "../core/sample.ts";
import type { Answered } from "../model/model.ts";
import { rngFrom } from "../stats/rng.ts";
import { auditOf, eachModel, frozenModel, newFolder, tinySuite } from "./fakes.test.support.ts";
import { compared, finished, idOf, lines, models, settings } from "./finished-run.test.support.ts";
import type { RunEvent } from "./event.ts";

for (const [kind, make] of Object.entries(models)) {
  test(`an audit by ${kind} ends with a record of both gaps and a line for each sample`, async () => {
    const folder = newFolder();
    const { record } = await finished(auditOf(make(), folder));
    assert.deepEqual(
      record.gaps.map((gap) => gap.name),
      ["bend", "slip"],
    );
    const planned = lines(folder, "plan.jsonl")
      .slice(1)
      .reduce((sum, row) => sum + (row["samples"] as number), 0);
    assert.ok(planned > 60, `only ${planned} samples were planned`);
    assert.equal(lines(folder, "samples.jsonl").length, planned);
    assert.deepEqual(readdirSync(folder).toSorted(), ["plan.jsonl", "run.json", "samples.jsonl"]);
  });

  test(`two audits by ${kind} with the same seed are byte-identical but for the times`, async () => {
    const [a, b] = [newFolder(), newFolder()];
    await finished(auditOf(make(), a));
    await finished(auditOf(make(), b));
    assert.equal(compared(a), compared(b));
    assert.equal(
      readFileSync(path.join(a, "plan.jsonl"), "utf8"),
      readFileSync(path.join(b, "plan.jsonl"), "utf8"),
    );
  });
}

test("a stage is frozen on disk before its first sample is asked", async () => {
  const folder = newFolder();
  const seen: number[] = [];
  const model = frozenModel(async (_, answer) => {
    seen.push(lines(folder, "plan.jsonl").length);
    return answer();
  });
  await finished(auditOf(model, folder));
  const stages = lines(folder, "plan.jsonl").slice(1);
  assert.equal(seen[0], 2);
  assert.equal(seen.at(-1), 3);
  for (const stage of stages) {
    assert.match(stage["sha256"] as string, /^[0-9a-f]{64}$/);
    assert.deepEqual(
      [stage["version"], stage["margin"], stage["seed"], stage["n"]],
      ["1", 0.1, 7, { choose: 30, write: 10 }],
    );
    const batches = stage["batches"] as { members: string[]; layout: { width: number } }[];
    assert.equal(batches.flatMap((batch) => batch.members).length, stage["samples"]);
    assert.ok(batches.every((batch) => batch.layout.width > 0));
  }
});

test("a suite gets its outcomes in the order of the plan, whatever the order in which they came", async () => {
  const folder = newFolder();
  const { record } = await finished(auditOf(frozenModel(), folder));
  const seen = (record.suites[0]?.descriptors[0]?.label ?? "").split(" ").map((word) => word.split(":")[0]);
  const { rng } = { rng: rngFrom(7).split("tiny") };
  const plain = rng.split("items").shuffled(Array.from({ length: 30 }, (_, i) => `tiny/screen/plain/i${i}`));
  assert.deepEqual(seen.slice(0, 30), plain);
  assert.notDeepEqual(lines(folder, "samples.jsonl").slice(0, 30).map(idOf), plain);
});

test("a choice is put in writing to a model that only writes: same words, temperature 0, and the stored sample stays a choice", async () => {
  const folder = newFolder();
  const model = eachModel();
  const { record } = await finished(auditOf(model, folder));
  assert.ok(model.asked.every(({ asks }) => asks.length === 1 && asks[0]?.kind === "write"));
  assert.deepEqual(model.asked[0]?.asks[0], {
    kind: "write",
    messages: firstAsk(folder).messages,
    opening: "It is",
    maxTokens: 8,
    temperature: 0,
    topP: 1,
    seed: 0,
  });
  assert.equal(firstAsk(folder).kind, "choose");
  assert.deepEqual(
    new Set(lines(folder, "samples.jsonl").map((row) => (row["observation"] as { path: string }).path)),
    new Set(["sampling"]),
  );
  assert.equal(record.gaps[0]?.path, "sampling");
});

test("failed and senseless answers stand in the record with their reasons", async () => {
  const folder = newFolder();
  const model = frozenModel(async (asks, answer) =>
    answer().map((answered, i): Answered => {
      if (i === 0) return { ...answered, answer: { kind: "failed", because: "the server said 500" } };
      if (i === 1 && asks[i]?.kind === "choose")
        return { ...answered, answer: { kind: "chosen", logprobs: [Number.NaN, 0], tokens: [1, 1] } };
      return answered;
    }),
  );
  const { record } = await finished(auditOf(model, folder));
  const reasons = new Set(record.failed.map(({ because }) => because));
  assert.deepEqual(reasons, new Set(["the server said 500", "a log-probability is not a finite number"]));
});

test("hostile text in a reply comes through storage and record letter by letter", async () => {
  const hostile = '<script>alert(1)</script>\u001b[2J\n"},{"kind":\u0000\u2028 \ud800 ' + "x".repeat(50);
  const [first, folder] = [newFolder(), newFolder()];
  const evil = () =>
    eachModel(2, async (_, answer) =>
      answer().map((a) => ({
        ...a,
        answer: { kind: "wrote", text: hostile, finish: { unified: "stop", raw: hostile }, tokens: 1 },
      })),
    );
  await finished(auditOf(evil(), first));
  await finished(auditOf(evil(), folder));
  rmSync(path.join(folder, "run.json"));
  const { record } = await finished(auditOf(evil(), folder));
  assert.equal(compared(folder), compared(first));
  assert.equal(record.findings[0]?.evidence[0]?.reply, hostile);
});

test("each finding names the command that asks its sample again, safe for a shell", async () => {
  const folder = `${newFolder()} it's`;
  const { record } = await finished(auditOf(frozenModel(), folder));
  const [finding] = record.findings;
  assert.equal(
    finding?.replay[0],
    `trueline replay '${folder.replaceAll("'", "'\\''")}' ${finding?.evidence[0]?.sample}`,
  );
});

test("the findings of one gap are limited, and the record says how many there were", async () => {
  const { record } = await finished(
    auditOf(frozenModel(), newFolder(), { settings: { ...settings, n: { choose: 200, write: 10 } } }),
  );
  assert.equal(record.findings.length, 25);
  assert.match(record.suites[0]?.notes.join() ?? "", /^25 of \d+ failures of "slip" are shown/);
});

test("events tell of every stage and end with nothing left", async () => {
  const events: RunEvent[] = [];
  await finished(auditOf(frozenModel(), newFolder(), { onEvent: (event) => events.push(event) }));
  const kinds = events.map(({ kind }) => kind);
  assert.equal(kinds[0], "run-started");
  assert.equal(kinds.at(-1), "suite-measured");
  assert.equal(kinds.filter((kind) => kind === "stage-started").length, 2);
  const batches = events.filter((event) => event.kind === "batch-done");
  assert.deepEqual(batches.at(-1)?.left, { kind: "known", seconds: 0 });
  assert.equal(batches.at(-1)?.done, batches.at(-1)?.samples);
});

test("ten thousand samples of a model without latency are stored and measured", async () => {
  const events: RunEvent[] = [];
  const folder = newFolder();
  const suite = tinySuite();
  const one = { ...suite, stages: suite.stages.slice(0, 1) };
  const run = {
    settings: { ...settings, n: { choose: 10_000, write: 10 } },
    suites: [one],
    onEvent: (event: RunEvent) => events.push(event),
  };
  const { record } = await finished(auditOf(eachModel(16), folder, run));
  assert.equal(record.suites[0]?.tallies[0]?.counts["plain"], 10_000);
  const model = eachModel(16);
  await finished(auditOf(model, folder, run));
  assert.equal(model.asked.length, 0);
});

function firstAsk(folder: string): Ask {
  const [row] = lines(folder, "samples.jsonl");
  assert.ok(row !== undefined);
  return (row["sample"] as { ask: Ask }).ask;
}
