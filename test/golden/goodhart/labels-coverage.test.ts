// The stored coverage study of curves from few labels keeps what is promised of them, and a row of it comes out again.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import {
  drawings,
  full,
  labelsCoverageOf,
  studied,
  unruled,
  type LabelsCoverage,
} from "./labels-coverage.ts";

const rows = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "labels-coverage.json"), "utf8"),
) as readonly LabelsCoverage[];

const error = (share: number, repetitions: number) => Math.sqrt((share * (1 - share)) / repetitions);
const same = (row: LabelsCoverage, { labels, share, least }: LabelsCoverage | typeof full) =>
  row.labels === labels && row.share === share && row.least === least;
const ruled = rows.filter((row) => drawings.some((drawn) => same(row, drawn)));
const other = (row: LabelsCoverage, drawn: typeof full) =>
  rows.find((one) => one.world === row.world && one.prompts === row.prompts && same(one, drawn))!;

test("every world was simulated with every drawing of labels, 500 times over", () => {
  assert.deepEqual(
    ruled.map(({ world, prompts, labels, share }) => [world, prompts, labels, share]),
    studied.flatMap(([world, prompts]) =>
      drawings.map(({ labels, share }) => [world, prompts, labels, share]),
    ),
  );
  assert.ok(ruled.every(({ repetitions, tested }) => repetitions === 500 && tested === 500));
});

for (const row of ruled) {
  const name = `${row.world}, ${row.prompts} prompts, ${row.labels} ${100 * row.share} %`;
  test(`${name}: band and peak set hold at least 94 % of the time less two standard errors, the fall 93 %`, () => {
    const least = 0.94 - 2 * error(0.94, row.tested);
    assert.ok(row.band >= least, `band ${row.band}`);
    assert.ok(row.set >= least, `peak set ${row.set}`);
    assert.ok(row.interval >= 0.93 - 2 * error(0.93, row.tested), `fall ${row.interval}`);
  });

  if (row.flat >= 100)
    test(`${name}: where nothing falls, a turnover is claimed at most 5 % of the time plus two standard errors`, () => {
      assert.ok(row.falselyClaimed <= 0.05 + 2 * error(0.05, row.flat), `${row.falselyClaimed}`);
    });

  if (row.labels === "planned")
    test(`${name}: the curve reaches as far as with all labels, and its end is narrower than by an even draw of as many`, () => {
      assert.equal(row.reach, other(row, full).reach);
      const even = other(
        row,
        drawings.find((one) => one.labels === "random" && one.share === row.share)!,
      );
      assert.ok(even.reach < row.reach || even.halfAtReach > row.halfAtReach);
    });
  else
    test(`${name}: the curve reaches further than with the unlabelled left out`, () => {
      assert.ok(row.reach > 1.5 * row.leftOut.reach, `${row.reach} and ${row.leftOut.reach}`);
    });
}

test("without the least number of effective labels turnovers would be claimed where there are none", () => {
  for (const drawn of unruled) {
    const row = rows.find((one) => same(one, drawn))!;
    assert.equal(row.flat, 1000);
    assert.ok(row.falselyClaimed > 0.05 + 2 * error(0.05, row.flat), `${row.falselyClaimed}`);
  }
  const fewest = rows.find((one) => same(one, unruled[0]!))!;
  assert.ok(fewest.set < 0.94 - 2 * error(0.94, fewest.tested), `${fewest.set}`);
});

test("a stored row comes out again, up to chance, with other seeds", () => {
  const stored = rows.find((row) => row.prompts === 60 && same(row, drawings[2]!))!;
  const again = labelsCoverageOf(stored.world, stored.prompts, drawings[2]!, 60, "again");
  for (const what of ["band", "set", "interval"] as const) {
    const within = 3.5 * error(Math.min(stored[what], 0.97), 60);
    assert.ok(Math.abs(again[what] - stored[what]) <= within, `${what}: ${again[what]} and ${stored[what]}`);
  }
  assert.ok(Math.abs(again.halfAtReach / stored.halfAtReach - 1) < 0.15);
});
