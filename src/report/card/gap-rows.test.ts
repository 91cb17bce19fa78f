// Of a specification the card tells what samples without a score could change, whether or not they change the verdict.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { GapRecord } from "../../core/run-record.ts";
import { gaps } from "../sample-gaps.test.support.ts";
import { gapRows } from "./gap-rows.ts";

function rowsOf(of: GapRecord["of"], changesVerdict: boolean): string {
  const bounds = { kind: "bounds", low: -0.25, high: 0.5, unscored: 7, changesVerdict } as const;
  return gapRows([{ ...gaps[0]!, kind: "excess", unit: "sd", of, bounds }]);
}

test("a specification's ends stand there always, a model's where they could change its verdict", () => {
  const ends = /; 7 unscored could make it −0\.25\sSD to \+0\.50\sSD, which/u;
  assert.match(rowsOf("specification", false), new RegExp(`${ends.source} does not change the verdict`, "u"));
  assert.match(rowsOf("specification", true), new RegExp(`${ends.source} could change the verdict`, "u"));
  assert.match(rowsOf("model", true), ends);
  assert.doesNotMatch(rowsOf("model", false), /unscored/u);
});
