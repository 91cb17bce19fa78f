import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsOf } from "./rows-of.ts";
import { refusal } from "./table/files.test.support.ts";
import { readCsv } from "./table/read-csv.ts";

const table = (text: string) => readCsv(Buffer.from(text), "scores.csv", ",");
const columns = { prompt: "p", proxy: "s", gold: "g", weights: "w" } as const;

test("every sample has its probability, whether it is labelled or not", () => {
  const rows = rowsOf(table("p,s,g,w\na,1,1,0.25\na,2,,1e-3\nb,3,0,1\n"), columns);
  assert.deepEqual(
    rows.map(({ inclusion }) => inclusion),
    [0.25, 0.001, 1],
  );
  assert.ok(rows[1]!.gold.kind === "unscored");
  const { weights: _weights, ...without } = columns;
  assert.ok(!("inclusion" in rowsOf(table("p,s,g,w\na,1,1,7\n"), without)[0]!));
});

for (const [what, cell] of [
  ["nothing", ""],
  ["0", "0"],
  ["less than 0", "-0.5"],
  ["more than 1", "1.01"],
  ["next to nothing", "1e-300"],
] as const)
  test(`a probability of ${what} is refused with file, line and column`, () => {
    assert.throws(
      () => rowsOf(table(`p,s,g,w\na,1,1,0.5\na,2,,${cell}\n`), columns),
      refusal("TABLE_CELL", /scores\.csv, line 3: column "w"/u, /above 0 and at most 1/u, /unknown/u),
    );
  });

test("samples that nobody has labelled yet need no column of golds", () => {
  const [row] = rowsOf(table("p,s\na,1\n"), { prompt: "p", proxy: "s" });
  assert.deepEqual(row!.gold, { kind: "unscored", because: "not labelled yet" });
});
