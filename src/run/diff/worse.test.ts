// When a gap is called worse: further from the intention, on whichever side, and beyond the margin.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { GapRecord } from "../../core/run-record.ts";
import { independentDifference } from "../../stats/independent-difference.ts";
import { worseOf } from "./worse.ts";

type Given = Pick<GapRecord, "of" | "kind">;

function worse(
  { of, kind }: Given,
  from: number,
  to: number,
  { half = 0.02, verdicts = ["gap", "gap"] } = {},
) {
  const ends = (point: number) => ({
    point,
    low: point - half,
    high: point + half,
    level: 0.95,
    n: 100,
    observations: 100,
  });
  const record = (point: number, verdict: string) =>
    ({ of, kind, verdict, margin: 0.1, gap: { kind, ...ends(point), method: "m" } }) as unknown as GapRecord;
  const both = { a: record(from, verdicts[0]!), b: record(to, verdicts[1]!) };
  return worseOf(both, independentDifference(ends(from), ends(to), { shared: "nothing" }));
}

const excess: Given = { of: "model", kind: "excess" };
const rate: Given = { of: "model", kind: "rate" };
const specification: Given = { of: "specification", kind: "excess" };

test("a model's excess is worse where its size grows beyond the margin, on either side of 0", () => {
  const cases: readonly (readonly [from: number, to: number, worse: boolean])[] = [
    [0.1, 0.4, true],
    [0.4, 0.1, false],
    [-0.1, -0.4, true],
    [-0.4, -0.2, false],
    [-0.4, -0.05, false],
    [-0.4, 0.2, false],
    [-0.2, 0.4, true],
    [0.2, -0.4, true],
    [0.4, -0.2, false],
    [0, 0.08, false],
    [0, -0.4, true],
  ];
  for (const [from, to, expected] of cases)
    assert.equal(worse(excess, from, to).length > 0, expected, `${from} to ${to}`);
});

test("growth that the intervals do not show is not called worse", () => {
  assert.deepEqual(worse(excess, 0.2, 0.3, { half: 0.2 }), []);
  assert.deepEqual(worse(excess, -0.3, 0.33), [], "as far on the other side, within the intervals");
});

test("a rate and a specification's fall are worse where they rise beyond the margin, and never where they sink", () => {
  for (const given of [rate, specification]) {
    assert.equal(worse(given, 0.1, 0.4).length, 1);
    assert.deepEqual(worse(given, 0.4, 0.1), []);
    assert.deepEqual(worse(given, 0.01, 0.08), [], "within the margin");
  }
  assert.deepEqual(worse(specification, 0, -0.4), [], "less of a fall is not worse");
});

test("a verdict that became gap is worse by itself", () => {
  assert.deepEqual(worse(excess, 0.12, 0.13, { verdicts: ["unclear", "gap"] }), ["its verdict became gap"]);
});
