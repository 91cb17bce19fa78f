// What a run refuses to go on with: another run, a changed plan, a damaged folder. Each with what differs and the way out.

import assert from "node:assert/strict";
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { SetupError } from "../core/errors.ts";
import type { Suite } from "../core/suite.ts";
import { auditOf, frozenModel, tinySuite } from "./fakes.test.support.ts";
import { finishedRun, settings } from "./finished-run.test.support.ts";
import { runAudit, type Audit } from "./run-audit.ts";

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
  const changed: Suite = {
    ...suite,
    stages: suite.stages.map((stage) => ({
      ...stage,
      samples: (context, earlier) =>
        stage
          .samples(context, earlier)
          .map((sample, i) => (i === 3 ? { ...sample, key: { right: 1 } } : sample)),
    })),
  };
  await assert.rejects(
    runAudit(auditOf(frozenModel(), folder, { suites: [changed] })),
    /the samples' sha256 was/,
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
