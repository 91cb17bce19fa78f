// A run that goes on: nothing stored is asked again, at most one batch is repeated, and the bytes are those of a run that was never cut.

import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { SetupError } from "../core/errors.ts";
import type { Answered } from "../model/model.ts";
import { rngFrom } from "../stats/rng.ts";
import { auditOf, eachModel, frozenModel, newFolder, type CountingModel } from "./fakes.test.support.ts";
import { compared, finished, finishedRun, idOf, lines, models } from "./finished-run.test.support.ts";
import { readJsonLines } from "./json-lines.ts";
import { replaySample } from "./replay-sample.ts";
import { runAudit } from "./run-audit.ts";
import { planRowsOf, sampleRowsOf, type StoredSample } from "./stored-rows.ts";

test("numbers of the fake do hang on their batch, so that the comparison above can fail", async () => {
  const model = frozenModel();
  const ask = { kind: "choose", messages: [], opening: "", options: [" a", " b"] } as const;
  const use = model.choose.kind === "present" ? model.choose.use : assert.fail();
  const [alone] = await use([ask], { layout: { width: 1 } });
  const [beside] = await use([ask, ask], { layout: { width: 1 } });
  assert.notDeepEqual(alone, beside);
});

for (const [kind, make] of Object.entries(models)) {
  test(`after any cut of samples.jsonl an audit by ${kind} goes on to the same bytes and asks only what is missing`, async () => {
    const [whole, cut] = [newFolder(), newFolder()];
    await finished(auditOf(make(), whole));
    await finished(auditOf(make(), cut));
    const file = path.join(cut, "samples.jsonl");
    const content = readFileSync(file);
    const rng = rngFrom(11);
    for (const at of [
      0,
      1,
      content.length - 1,
      ...Array.from({ length: 12 }, () => rng.int(content.length)),
    ]) {
      writeFileSync(file, content);
      truncateSync(file, at);
      rmSync(path.join(cut, "run.json"));
      const kept = content.subarray(0, at).toString().split("\n").length - 1;
      const model = make();
      await finished(auditOf(model, cut));
      assert.equal(compared(cut), compared(whole), `cut at byte ${at}`);
      const asked = model.asked.reduce((sum, { asks }) => sum + asks.length, 0);
      const missing = lines(whole, "samples.jsonl").length - kept;
      assert.ok(
        asked >= missing && asked < missing + 4,
        `cut at byte ${at}: ${missing} were missing, ${asked} were asked`,
      );
      assert.deepEqual(
        lines(cut, "samples.jsonl").map(idOf).toSorted(),
        lines(whole, "samples.jsonl").map(idOf).toSorted(),
      );
    }
  });
}

test("a torn last line of the plan is dropped and the stage frozen again", async () => {
  const [whole, torn] = [newFolder(), newFolder()];
  await finished(auditOf(frozenModel(), whole));
  await finished(auditOf(frozenModel(), torn));
  const file = path.join(torn, "plan.jsonl");
  truncateSync(file, readFileSync(file).length - 10);
  const model = frozenModel();
  await finished(auditOf(model, torn));
  assert.equal(model.asked.length, 0);
  assert.equal(readFileSync(file, "utf8"), readFileSync(path.join(whole, "plan.jsonl"), "utf8"));
});

test("a partly stored batch is computed again whole, and only its missing rows are appended", async () => {
  const folder = newFolder();
  await finished(auditOf(frozenModel(), folder));
  const file = path.join(folder, "samples.jsonl");
  const rows = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, `${rows.slice(0, 6).join("\n")}\n`);
  const model = frozenModel();
  await finished(auditOf(model, folder));
  assert.equal(model.asked[0]?.asks.length, 4);
  assert.equal(readFileSync(file, "utf8"), rows.join("\n"));
});

test("the frozen batches are asked, whatever the model would plan now", async () => {
  const [whole, cut] = [newFolder(), newFolder()];
  await finished(auditOf(frozenModel(), whole));
  await finished(auditOf(frozenModel(), cut));
  truncateSync(path.join(cut, "samples.jsonl"), 0);
  const now = frozenModel();
  const planner: CountingModel = {
    ...now,
    batching: { kind: "frozen", plan: (asks) => asks.map((_, i) => ({ members: [i], layout: {} })) },
  };
  await finished(auditOf(planner, cut));
  assert.equal(compared(cut), compared(whole));
});

test("a finished run asked for again asks nothing and keeps its times", async () => {
  const folder = newFolder();
  await finished(auditOf(frozenModel(), folder));
  const before = readFileSync(path.join(folder, "run.json"), "utf8");
  const model = frozenModel();
  await finished(
    auditOf(model, folder, { clock: { timestamp: () => "2027-01-01T00:00:00.000Z", ticks: () => 5 } }),
  );
  assert.equal(model.asked.length, 0);
  assert.equal(readFileSync(path.join(folder, "run.json"), "utf8"), before);
});

for (const [kind, make] of Object.entries({
  "frozen batches": frozenModel,
  "single asks": (around: Parameters<typeof frozenModel>[0]) => eachModel(4, around),
})) {
  test(`the signal stops an audit by ${kind} after what is under way, and the next one goes on to the same bytes`, async () => {
    const [whole, folder] = [newFolder(), newFolder()];
    await finished(auditOf(make(undefined), whole));
    const stop = new AbortController();
    let calls = 0;
    const model = make(async (_, answer) => {
      if (++calls === 5) stop.abort();
      return answer();
    });
    const result = await runAudit(auditOf(model, folder, { signal: stop.signal }));
    assert.equal(result.kind, "stopped");
    assert.equal(existsSync(path.join(folder, "run.json")), false);
    assert.equal(existsSync(path.join(folder, "lock")), false);
    const stored = lines(folder, "samples.jsonl").length;
    assert.equal(
      stored,
      model.asked.reduce((sum, { asks }) => sum + asks.length, 0),
    );
    await finished(auditOf(make(undefined), folder));
    assert.equal(compared(folder), compared(whole));
  });
}

test("an ask that failed because it was called off is not stored as an answer", async () => {
  const folder = newFolder();
  const stop = new AbortController();
  const failed: readonly Answered[] = [
    { answer: { kind: "failed", because: "aborted" }, usage: { prefilled: 0, decoded: 0 } },
  ];
  const model = eachModel(2, async (_, answer) => {
    if (model.asked.length < 6) return answer();
    stop.abort();
    return failed;
  });
  await runAudit(auditOf(model, folder, { signal: stop.signal }));
  assert.equal(lines(folder, "samples.jsonl").length, 5);
  assert.ok(!readFileSync(path.join(folder, "samples.jsonl"), "utf8").includes("aborted"));
});

test("where one ask of many breaks the setup, what was under way beside it is stored before the error goes out", async () => {
  const folder = newFolder();
  const model = eachModel(4, async (_, answer) => {
    if (model.asked.length === 3) throw new SetupError("KEY", "the key was refused");
    await new Promise((resolve) => setImmediate(resolve));
    return answer();
  });
  await assert.rejects(runAudit(auditOf(model, folder)), { code: "KEY" });
  assert.equal(lines(folder, "samples.jsonl").length, model.asked.length - 1);
  assert.equal(existsSync(path.join(folder, "lock")), false);
});

test("a sample is replayed within its frozen batch, to the last bit, and alone where its batch is not whole", async () => {
  const folder = await finishedRun();
  const { stages } = planRowsOf(readJsonLines(path.join(folder, "plan.jsonl")), "plan.jsonl");
  const file = path.join(folder, "samples.jsonl");
  const stored = [...sampleRowsOf(readJsonLines(file), file).values()];
  for (const row of [stored[0], stored[5], stored.at(-1)] as StoredSample[]) {
    const { answer, how } = await replaySample(frozenModel(), stages, folder, row, 8);
    assert.deepEqual(answer, row.observation.answer);
    assert.match(how, /frozen batch of/);
  }
  writeFileSync(file, `${readFileSync(file, "utf8").split("\n")[0]}\n`);
  const { how } = await replaySample(frozenModel(), stages, folder, stored[0] as StoredSample, 8);
  assert.equal(how, "asked alone");
});
