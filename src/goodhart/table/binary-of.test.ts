// Labels as 0 and 1: listed values, what is neither, and slips of the pen that are refused with the values that occur.

import assert from "node:assert/strict";
import { test } from "node:test";
import { binaryOf } from "./binary-of.ts";
import { refusal } from "./files.test.support.ts";
import { readCsv } from "./read-csv.ts";
import { readJsonl } from "./read-jsonl.ts";

const labels = readCsv(
  Buffer.from(
    [
      "label",
      "1_full_compliance",
      '" 2_full_refusal "',
      '""',
      "3_partial_refusal",
      "1_full_compliance",
      '"I\'m sorry, but no"',
    ].join("\n"),
  ),
  "labels.csv",
  ",",
);
const values = (cells: ReturnType<typeof binaryOf>) =>
  cells.map((cell) => (cell.kind === "number" ? cell.value : cell.because));

test("a listed value is 1, any other 0, and an empty cell is missing", () => {
  assert.deepEqual(values(binaryOf(labels, "label", { ones: ["2_full_refusal", "3_partial_refusal"] })), [
    0,
    1,
    "empty",
    1,
    0,
    0,
  ]);
});

test("with zeros listed too, a text that is no label is missing and no zero", () => {
  assert.deepEqual(
    values(
      binaryOf(labels, "label", {
        ones: ["1_full_compliance"],
        zeros: ["2_full_refusal", "3_partial_refusal"],
      }),
    ),
    [1, 0, "empty", 0, 1, "none of the labels"],
  );
});

test("numbers and booleans are compared as they are written", () => {
  const table = readJsonl(Buffer.from('{"a":1,"b":true}\n{"a":2,"b":false}\n{"a":null}'), "l.jsonl");
  assert.deepEqual(values(binaryOf(table, "a", { ones: ["2"] })), [0, 1, "null"]);
  assert.deepEqual(values(binaryOf(table, "b", { ones: ["true"] })), [1, 0, "absent"]);
});

test("a value that no cell holds is refused with the values that occur", () => {
  for (const wrong of [{ ones: ["1_full_complience"] }, { ones: ["2_full_refusal"], zeros: ["no"] }])
    assert.throws(
      () => binaryOf(labels, "label", wrong),
      refusal(
        "TABLE_CELL",
        /^labels\.csv: no cell of column "label" holds "(?:1_full_complience|no)"/,
        /^It holds "1_full_compliance" \(2\), "2_full_refusal" \(1\), /m,
      ),
    );
  assert.throws(
    () => binaryOf(labels, "label", { ones: [] }),
    refusal("TABLE_CELL", /no value of column "label" is listed as 1/),
  );
  assert.throws(
    () => binaryOf(labels, "label", { ones: ["2_full_refusal"], zeros: ["2_full_refusal"] }),
    refusal("TABLE_CELL", /"2_full_refusal" is listed as 1 and as 0/),
  );
  assert.throws(
    () => binaryOf(labels, "labels", { ones: ["x"] }),
    refusal("TABLE_COLUMN", /no column "labels"/),
  );
});

test("the message ends and shows nothing that acts, whatever the cells hold", () => {
  const table = readJsonl(
    Buffer.from(
      Array.from({ length: 500 }, (_, i) => JSON.stringify({ s: `\u001b[2J${i}${"x".repeat(5000)}` })).join(
        "\n",
      ),
    ),
    "s.jsonl",
  );
  assert.throws(
    () => binaryOf(table, "s", { ones: ["yes"] }),
    (error) => {
      refusal("TABLE_CELL", /no cell/, /^It holds "␛\[2J0x+…" \(1\), .* and 488 more\.$/m)(error);
      return String((error as { hint?: unknown }).hint).length < 1500;
    },
  );
});
