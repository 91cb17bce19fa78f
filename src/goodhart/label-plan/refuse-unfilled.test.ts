// A plan that came back half filled in is refused with how many and where; any other table is none of its business.

import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsOf } from "../rows-of.ts";
import { refusal } from "../table/files.test.support.ts";
import { readCsv } from "../table/read-csv.ts";
import { drawnInPlan, refuseUnfilled } from "./refuse-unfilled.ts";

const columns = { prompt: "prompt", proxy: "proxy", gold: "gold", weights: "inclusion" } as const;

function check(rows: readonly string[], head = "place,prompt,proxy,label,inclusion,gold") {
  const table = readCsv(Buffer.from(`${[head, ...rows].join("\n")}\n`), "plan.csv", ",");
  refuseUnfilled(table, rowsOf(table, columns), "gold");
  return drawnInPlan(table);
}

test("a plan whose drawn samples all have a gold, and no other, is taken", () => {
  assert.deepEqual(check(["line 1,a,1,yes,0.5,1", "line 2,a,2,no,0.5,"]), [true, false]);
});

test("drawn samples without a gold are refused with their number, the first line, and both ways out", () => {
  assert.throws(
    () => check(["line 1,a,1,yes,0.5,1", "line 2,a,2,yes,0.5,", "line 3,a,2,yes,0.5,", "line 4,a,2,no,0.5,"]),
    refusal(
      "LABELS",
      /plan\.csv: 2 of the 3 samples .* no gold, the first in line 3/u,
      /lowest .* highest .* --labels unknown/u,
    ),
  );
});

test("a gold on a sample that was not drawn is refused", () => {
  assert.throws(
    () => check(["line 1,a,1,yes,0.5,1", "line 2,a,2,no,0.5,1"]),
    refusal("LABELS", /1 samples that were not drawn have a gold, the first in line 3/u, /picked by hand/u),
  );
});

test("a table that has no such columns, or says something else in them, is no plan", () => {
  assert.equal(check(["1,a,1,maybe,0.5,", "2,a,2,no,0.5,"]), undefined);
  assert.equal(check(["1,a,1,yes,0.5,", "2,a,2,no,0.5,"], "id,prompt,proxy,label,inclusion,gold"), undefined);
});
