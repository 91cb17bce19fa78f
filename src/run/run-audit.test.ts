// The runner on fakes: freezes before it asks, goes on where it stopped, never asks twice, and refuses what it can't do.

import assert from "node:assert/strict";
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { SetupError } from "../core/errors.ts";
import type { Answered } from "../model/model.ts";
import { rngFrom } from "../stats/rng.ts";
import {
  auditOf,
  eachModel,
  frozenModel,
  newFolder,
  tinySuite,
  type CountingModel,
} from "./fakes.test.support.ts";
import { runAudit, type Audit, type AuditResult } from "./run-audit.ts";
import type { RunEvent } from "./event.ts";

async function finished(audit: Audit): Promise<Extract<AuditResult, { kind: "finished" }>> {
  const result = await runAudit(audit);
  assert.equal(result.kind, "finished");
  return result as Extract<AuditResult, { kind: "finished" }>;
}

function lines(folder: string, name: string): Record<string, unknown>[] {
  return readFileSync(path.join(folder, name), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** All of run.json but the times and the commands, which name the folder. */
function compared(folder: string): string {
  const { gaps, suites, failed, tokens, manifest } = JSON.parse(
    readFileSync(path.join(folder, "run.json"), "utf8"),
  ) as Record<string, unknown>;
  return JSON.stringify({ gaps, suites, failed, tokens, manifest });
}

const models: Readonly<Record<string, () => CountingModel>> = {
  "frozen batches": () => frozenModel(),
  "single asks": () => eachModel(),
};

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

function idOf(row: Record<string, unknown>): string {
  return (row["sample"] as { id: string }).id;
}

test("numbers of the fake do hang on their batch, so that the comparison above can fail", async () => {
  const model = frozenModel();
  const ask = { kind: "choose", messages: [], opening: "", options: [" a", " b"] } as const;
  const use = model.choose.kind === "present" ? model.choose.use : assert.fail();
  const [alone] = await use([ask], { layout: { width: 1 } });
  const [beside] = await use([ask, ask], { layout: { width: 1 } });
  assert.notDeepEqual(alone, beside);
});

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

const finishedRun = async () => {
  const folder = newFolder();
  await finished(auditOf(frozenModel(), folder));
  return folder;
};

const settings = auditOf(frozenModel(), "x").settings;
const description = frozenModel().description;
const differences: Readonly<Record<string, readonly [Partial<Audit>, RegExp]>> = {
  "another seed": [{ settings: { ...settings, seed: 8 } }, /the seed was 7 and is now 8/],
  "another margin": [{ settings: { ...settings, margin: 0.2 } }, /the margin was 0\.1 and is now 0\.2/],
  "another n": [{ settings: { ...settings, n: { choose: 31, write: 10 } } }, /n was .*30.* and is now .*31/],
  "a system prompt": [{ settings: { ...settings, system: "Be kind." } }, /the system prompt was "none"/],
  "another model file": [
    {
      model: { ...frozenModel(), description: { ...description, revision: { kind: "sha256", value: "ab" } } },
    },
    /the model's revision was/,
  ],
  "another version of trueline": [
    { versions: { trueline: "0.0.1", engine: "fake" } },
    /the version of trueline was "0\.0\.0"/,
  ],
  "another version of the suite": [
    { suites: [tinySuite("tiny", "2")] },
    /the suites was .*tiny 1.* and is now .*tiny 2/,
  ],
  "another suite": [{ suites: [tinySuite("other")] }, /the suites was/],
  "another path": [
    { model: { ...frozenModel(), choose: { kind: "absent", because: "x" } } },
    /how the model answers a choice was/,
  ],
};

for (const [what, [change, message]] of Object.entries(differences)) {
  test(`${what} on the same folder is refused with what differs and the way out`, async () => {
    const folder = await finishedRun();
    await assert.rejects(runAudit(auditOf(frozenModel(), folder, change)), (error) => {
      assert.ok(error instanceof SetupError);
      assert.match(error.message, message);
      assert.match(error.hint ?? "", /--out/);
      return true;
    });
  });
}

test("a world that changed without a new version is noticed by the samples' hash", async () => {
  const folder = await finishedRun();
  const suite = tinySuite();
  const [screen, main] = suite.stages;
  const changed = {
    ...suite,
    stages: [
      {
        ...screen!,
        samples: (c: never) =>
          screen!.samples(c, []).map((s, i) => (i === 3 ? { ...s, key: { right: 1 } } : s)),
      },
      main!,
    ],
  };
  await assert.rejects(
    runAudit(auditOf(frozenModel(), folder, { suites: [changed] })),
    /OTHER_PLAN|the samples' sha256 was/,
  );
});

test("a stored sample that was changed is refused", async () => {
  const folder = await finishedRun();
  const file = path.join(folder, "samples.jsonl");
  writeFileSync(file, readFileSync(file, "utf8").replace("I say wrong", "I say right"));
  await assert.rejects(runAudit(auditOf(frozenModel(), folder)), {
    name: "SetupError",
    code: "OTHER_SAMPLE",
  });
});

test("a broken line in the middle is refused by its number, not dropped", async () => {
  const folder = await finishedRun();
  const file = path.join(folder, "samples.jsonl");
  const rows = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, [...rows.slice(0, 2), rows[2]?.slice(0, 20), ...rows.slice(3)].join("\n"));
  await assert.rejects(runAudit(auditOf(frozenModel(), folder)), /line 3 of .*samples\.jsonl is not JSON/);
});

test("a row that is JSON but no sample, or a sample twice, is refused", async () => {
  for (const row of ['{"sample":1}', undefined]) {
    const folder = await finishedRun();
    const file = path.join(folder, "samples.jsonl");
    appendFileSync(file, `${row ?? readFileSync(file, "utf8").split("\n")[0]}\n`);
    await assert.rejects(runAudit(auditOf(frozenModel(), folder)), {
      name: "SetupError",
      code: "CORRUPT_RUN",
    });
  }
});

test("a folder that holds something else is refused and left as it was", async () => {
  const folder = await finishedRun();
  rmSync(path.join(folder, "plan.jsonl"));
  const before = readdirSync(folder);
  await assert.rejects(runAudit(auditOf(frozenModel(), folder)), { name: "SetupError", code: "NOT_A_RUN" });
  assert.deepEqual(readdirSync(folder), before);
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

test("a choice is put in writing to a model that only writes: same words, temperature 0, and the stored sample stays a choice", async () => {
  const folder = newFolder();
  const model = eachModel();
  const { record } = await finished(auditOf(model, folder));
  assert.ok(model.asked.every(({ asks }) => asks.length === 1 && asks[0]?.kind === "write"));
  assert.deepEqual(model.asked[0]?.asks[0], {
    kind: "write",
    messages: (lines(folder, "samples.jsonl")[0]?.["sample"] as { ask: { messages: unknown } }).ask.messages,
    opening: "It is",
    maxTokens: 8,
    temperature: 0,
    topP: 1,
    seed: 0,
  });
  assert.equal(
    (lines(folder, "samples.jsonl")[0]?.["sample"] as { ask: { kind: string } }).ask.kind,
    "choose",
  );
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
