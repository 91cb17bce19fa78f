// Tests of the command that makes a run again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { auditCommand } from "./command.ts";
import { sampleRecord } from "./sample-record.test.support.ts";

const sample = sampleRecord();
const record = { ...sample, suites: [...sample.suites, { ...sample.suites[0]!, name: "specification" }] };
const withManifest = (changes: Partial<typeof record.manifest>) =>
  auditCommand({ ...record, manifest: { ...record.manifest, ...changes } });

test("the default run is the bare command with its seed and its margin", () => {
  assert.equal(auditCommand(record), "trueline audit smollm2-135m-instruct --seed 1 --margin 0.1");
});

test("other sizes and fewer suites are named", () => {
  assert.match(withManifest({ n: { choose: 40, write: 20 } }), / --quick /);
  assert.match(withManifest({ n: { choose: 50, write: 50 } }), / --n 50 /);
  assert.match(
    auditCommand({ ...record, suites: record.suites.slice(0, 2) }),
    / --suite sycophancy calibration /,
  );
  assert.match(auditCommand(sample), / --suite sycophancy calibration refusal consistency /);
});

test("a system prompt and a model's name are one word of the shell, whatever they hold", () => {
  assert.match(withManifest({ system: "Don't; rm -rf $HOME" }), / --system 'Don'\\''t; rm -rf \$HOME'$/);
  assert.match(
    withManifest({ model: { ...record.manifest.model, id: "a b`c`" } }),
    /^trueline audit 'a b`c`' /,
  );
});

test("an API model needs its address", () => {
  assert.match(withManifest({ model: { ...record.manifest.model, kind: "api" } }), / --base-url URL$/);
});
