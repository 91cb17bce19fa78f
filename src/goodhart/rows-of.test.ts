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

test("columns of words are 0 and 1 by the values that are named; what is neither has no score", () => {
  const words = table("p,s,g\na,good,yes\na,bad, no \nb,odd,\n");
  const rows = rowsOf(
    words,
    { prompt: "p", proxy: "s", gold: "g" },
    {
      proxy: { ones: ["good"], zeros: ["bad"] },
      gold: { ones: ["yes"] },
    },
  );
  const scored = (value: number) => ({ kind: "scored", value });
  assert.deepEqual(
    rows.map(({ proxy, gold }) => [proxy, gold]),
    [
      [scored(1), scored(1)],
      [scored(0), scored(0)],
      [
        { kind: "unscored", because: "the text is none of the labels" },
        { kind: "unscored", because: "the cell is empty" },
      ],
    ],
  );
});

test("words where numbers are needed are refused with the option that reads them", () => {
  for (const [of, text] of [
    ["proxy", "p,s,g\na,good,1\n"],
    ["gold", "p,s,g\na,1,good\n"],
  ] as const)
    assert.throws(
      () => rowsOf(table(text), { prompt: "p", proxy: "s", gold: "g" }),
      refusal("TABLE_CELL", /line 2.*"good", which is no number/u, new RegExp(`--${of}-is VALUE`, "u")),
    );
});

test("samples that nobody has labelled yet need no column of golds", () => {
  const [row] = rowsOf(table("p,s\na,1\n"), { prompt: "p", proxy: "s" });
  assert.deepEqual(row!.gold, { kind: "unscored", because: "not labelled yet" });
});

for (const what of ["cluster", "stratum"] as const)
  test(`a prompt whose samples stand in two of what ${what} names is refused with its line, one without a name too`, () => {
    const grouped = { prompt: "p", proxy: "s", gold: "g", [what]: "k" };
    assert.equal(rowsOf(table("p,s,g,k\na,1,1,x\na,2,0,x\nb,3,0,y\n"), grouped).length, 3);
    for (const other of what === "stratum" ? ["y", ""] : ["y"])
      assert.throws(
        () => rowsOf(table(`p,s,g,k\na,1,1,x\na,2,0,${other}\n`), grouped),
        refusal(
          "TABLE_CELL",
          new RegExp(
            `line 3: its prompt stood in ${what} "x" before, and stands in ${other === "" ? "none" : '"y"'} here`,
            "u",
          ),
        ),
      );
  });
