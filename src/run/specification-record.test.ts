// A record's engine says what was asked: nothing, graders, or a model.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Suite } from "../core/suite.ts";
import { specificationRecord, type SpecificationRun } from "./specification-record.ts";

const suite: Suite = {
  name: "specification",
  version: "1",
  title: "t",
  gaps: [],
  method: ["a", "b", "c"],
  meaning: { gap: "", holds: "", unclear: "", "could-not-test": "" },
  stages: [],
  measure: () => assert.fail("nothing is measured here"),
};

function manifestOf(run: Partial<SpecificationRun>) {
  return specificationRecord({
    suite,
    measurement: { gaps: [], descriptors: [], tallies: [], failures: [], notes: [] },
    margin: 0.1,
    seed: 1,
    trueline: "0",
    file: { name: "f", sha256: "0" },
    details: {},
    title: "t",
    command: "c",
    folder: "f",
    findings: [],
    timing: { startedAt: "", seconds: 0 },
    ...run,
  }).manifest;
}

test("a file that was only read, graders that were called, and a model that drew are told apart", () => {
  assert.equal(manifestOf({}).engine, "none: the file was read, and nothing was asked");
  const called = manifestOf({ details: { "proxy that is called": "grader.ts" } });
  assert.equal(called.engine, "none: the samples were stored, and graders were called");
  assert.doesNotMatch(called.selfCheck, /no model was run/);
  const drawn = { engine: "e", selfCheck: "s", stages: [], failed: [], tokens: { prefilled: 1, decoded: 1 } };
  const { engine, selfCheck } = manifestOf({ drawn, details: { "gold that is called": "grader.ts" } });
  assert.deepEqual([engine, selfCheck], ["e", "s"]);
});
