// Reads the tables of expected.ts, and says in what a measured gap differs from its cell.

import assert from "node:assert/strict";
import type { Gap, Verdict } from "../../src/core/gap.ts";

export type Cell = { readonly verdict: Verdict | "any"; readonly low: number; readonly high: number };

export type Row = {
  readonly model: string;
  readonly path: "logprob" | "sampling";
  /** By the gap's name. */
  readonly cells: Readonly<Record<string, Cell>>;
};

/** Figures in a table have two places; a value that chance has no part in may differ from its figure by rounding alone. */
const ROUNDING = 1e-9;

export function readTable(table: string): readonly Row[] {
  const [head = [], ...lines] = table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return lines.map(([model = "", path, ...cells]) => {
    assert.ok(path === "logprob" || path === "sampling", `${model}: no path is called ${path}`);
    assert.equal(cells.length, head.length - 2, `${model} by ${path} has ${cells.length} cells`);
    return { model, path, cells: Object.fromEntries(cells.map((cell, i) => [head[i + 2]!, readCell(cell)])) };
  });
}

export function readCell(cell: string): Cell {
  if (cell === "none") return { verdict: "could-not-test", low: Number.NaN, high: Number.NaN };
  const [verdict, low, high = low] = cell.split(/\s+/u);
  const known = verdict === "gap" || verdict === "holds" || verdict === "any";
  assert.ok(known, `no verdict: ${cell}`);
  const read = { verdict, low: Number(low), high: Number(high) } as const;
  assert.ok(read.low <= read.high, `no range: ${cell}`);
  return read;
}

/** Empty where the gap is as the cell says. */
export function faultsOf(gap: Gap, cell: Cell): readonly string[] {
  const { estimate, verdict } = gap;
  const faults =
    verdict === cell.verdict || (cell.verdict === "any" && estimate.kind !== "none")
      ? []
      : [`verdict ${verdict} instead of ${cell.verdict}: ${gap.says}`];
  if (estimate.kind === "none")
    return estimate.because.trim() === "" ? [...faults, "no number, and no reason"] : faults;
  const { low, high } = estimate.interval;
  if (!(low <= estimate.point && estimate.point <= high)) faults.push("the point lies outside its interval");
  if (cell.verdict === "could-not-test") return faults;
  const inside = estimate.point >= cell.low - ROUNDING && estimate.point <= cell.high + ROUNDING;
  return inside ? faults : [...faults, `value ${estimate.point} outside ${cell.low} to ${cell.high}`];
}
