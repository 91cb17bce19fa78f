// That the values of each prompt are those that the curve is made of, at few n, and that there are none where labels are missing.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { rngFrom } from "../stats/rng.ts";
import { auditSpecification } from "./audit-specification.ts";
import { promptValuesOf } from "./prompt-values-of.ts";
import type { SpecificationRow } from "./specification-row.ts";

function rowsOf(prompts: number, samples: number, { binary = false, offset = 0 } = {}): SpecificationRow[] {
  const rng = rngFrom("prompt values").split(`${prompts}x${samples}`);
  return Array.from({ length: prompts * samples }, (_, i) => {
    const [worth, has] = [rng.uniform() + rng.uniform(), rng.uniform() < 0.1 ? 1 : 0];
    const gold = binary ? (worth - has > 1 ? 1 : 0) : worth - 2 * has + offset;
    return {
      place: `line ${i + 1}`,
      prompt: `p${Math.floor(i / samples)}`,
      cluster: `c${Math.floor(i / samples / 2)}`,
      proxy: { kind: "scored", value: worth + 2 * has },
      gold: { kind: "scored", value: gold },
    };
  });
}

function valuesOf(...given: Parameters<typeof promptValuesOf>) {
  const values = promptValuesOf(...given);
  assert.ok(values.kind === "values", "there are values");
  return values;
}

test("their mean is the record's curve under the record's name, in shares or not, whatever zero the gold has", () => {
  for (const how of [{}, { binary: true }, { offset: 1.7e9 }]) {
    const rows = rowsOf(80, 12, how);
    const values = valuesOf(rows);
    const { suite, measurement } = auditSpecification(rows, { rng: rngFrom(1), margin: 0.1 });
    assert.equal(values.suite, suite.name);
    const gap = measurement.gaps.find(({ name }) => name === values.gap);
    assert.ok(gap?.pressure !== undefined);
    assert.equal(values.unit, gap.pressure.unit);
    const spread = values.range[1] - values.range[0];
    for (const score of ["gold", "proxy"] as const)
      for (const point of gap.pressure.curve) {
        const p = values.grid.indexOf(point.n);
        const rate = point[score];
        if (p < 0 || rate.kind === "none") continue;
        const mean = values.rows.reduce((sum, row) => sum + row[score][p]! / values.rows.length, 0);
        assert.ok(Math.abs(mean - rate.point) < 1e-6 * spread, `${score} at n = ${point.n}`);
      }
    assert.equal(values.grid.at(-1), gap.pressure.curve.at(-1)!.n);
  }
});

test("a prompt and its cluster are named by the first 16 bytes of their sha256", () => {
  const hex = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 32);
  const { rows } = valuesOf(rowsOf(40, 4));
  assert.deepEqual(
    rows.slice(0, 3).map(({ prompt, cluster }) => [prompt, cluster]),
    [
      [hex("p0"), hex("c0")],
      [hex("p1"), hex("c0")],
      [hex("p2"), hex("c1")],
    ],
  );
});

test("the n are powers and the last; never more than 16, and those of a deep run hold those of powers of 4", () => {
  const rows = rowsOf(2, 12);
  assert.deepEqual(valuesOf(rows).grid, [1, 2, 4, 8, 12]);
  assert.deepEqual(valuesOf(rows, { maxN: 8 }).grid, [1, 2, 4, 8]);
  assert.deepEqual(valuesOf(rows, { maxN: 2 }).grid, [1, 2]);
  const deep = valuesOf(rowsOf(1, 40_000)).grid;
  assert.deepEqual(deep, [1, 4, 16, 64, 256, 1024, 4096, 16_384, 40_000]);
  assert.equal(valuesOf(rowsOf(1, 20_000)).grid.length, 16);
});

test("samples without gold, single samples and a constant gold leave no values, and say why", () => {
  const rows = rowsOf(40, 4);
  const missing = { kind: "unscored", because: "not labelled" } as const;
  for (const [given, because] of [
    [rows.map((row, i) => (i === 5 ? { ...row, gold: missing } : row)), /^1 of 160 samples have no gold/],
    [rowsOf(40, 1), /too few prompts/],
    [[], /too few prompts/],
    [rows.map((row) => ({ ...row, gold: { kind: "scored", value: 3 } as const })), /varies too little/],
  ] as const) {
    const values = promptValuesOf(given);
    assert.ok(values.kind === "none");
    assert.match(values.because, because);
  }
});
