// The stored coverage study of the best-of-n estimators keeps what docs/stats.md promises, and a row of it comes out again.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { coverageOf, worlds, type Coverage } from "./coverage.ts";

const rows = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "coverage.json"), "utf8"),
) as readonly Coverage[];

const error = (share: number, repetitions: number) => Math.sqrt((share * (1 - share)) / repetitions);

test("every world was simulated at every number of prompts, 2,000 times over", () => {
  assert.deepEqual([...new Set(rows.map(({ world }) => world))], Object.keys(worlds));
  for (const { prompts, repetitions } of rows) {
    assert.ok([30, 60, 120].includes(prompts));
    assert.equal(repetitions, 2000);
  }
});

for (const row of rows) {
  const name = `${row.world}, ${row.prompts} prompts`;
  test(`${name}: band and peak set hold at least 94 % of the time less two standard errors, the fall 93 %`, () => {
    const least = 0.94 - 2 * error(0.94, row.repetitions);
    assert.ok(row.band >= least, `band ${row.band}`);
    assert.ok(row.set >= least, `peak set ${row.set}`);
    assert.ok(row.interval >= 0.93 - 2 * error(0.93, row.repetitions), `fall ${row.interval}`);
  });

  if (row.fall === 0)
    test(`${name}: where nothing falls, a turnover is claimed at most 5 % of the time plus two standard errors`, () => {
      assert.ok(row.turnoverClaimed <= 0.05 + 2 * error(0.05, row.repetitions), `${row.turnoverClaimed}`);
    });
}

test("a stored row comes out again, up to chance, with other seeds", () => {
  const stored = rows.find(({ world, prompts }) => world === "turnover by a feature" && prompts === 30)!;
  const again = coverageOf(stored.world, stored.prompts, 120, "again");
  for (const what of ["band", "set", "interval", "turnoverClaimed"] as const) {
    const within = 3.5 * error(Math.min(stored[what], 0.97), 120);
    assert.ok(Math.abs(again[what] - stored[what]) <= within, `${what}: ${again[what]} and ${stored[what]}`);
  }
});

test("docs/stats.md quotes the stored coverage of curves", () => {
  const page = readFileSync(path.join(import.meta.dirname, "../../../docs/stats.md"), "utf8");
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const range = (of: (row: Coverage) => number) =>
    `${percent(Math.min(...rows.map(of)))} to ${percent(Math.max(...rows.map(of)))}`;
  const claimed = Math.max(...rows.filter(({ fall }) => fall === 0).map((row) => row.turnoverClaimed));
  const line = `the band held the whole curve in ${range((r) => r.band)}, the peak's set its peak in ${range((r) => r.set)}, the fall's interval the fall in ${range((r) => r.interval)}; where nothing falls, a turnover was claimed in ${percent(claimed)} at most`;
  assert.ok(page.replaceAll(/\s+/gu, " ").includes(line), line);
});
