// Columns as numbers and as texts: what is missing is told apart, and what is no number is refused with its place.

import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal } from "./files.test.support.ts";
import { numbersOf } from "./numbers-of.ts";
import { readCsv } from "./read-csv.ts";
import { readJsonl } from "./read-jsonl.ts";
import { textOf } from "./text-of.ts";

const jsonl = (...rows: readonly string[]) => readJsonl(Buffer.from(rows.join("\n")), "s.jsonl");
/** One quoted cell a row, below the heading "score". */
const csv = (...values: readonly string[]) =>
  readCsv(Buffer.from(["score", ...values.map((value) => `"${value}"`)].join("\n")), "s.csv", ",");

test("numbers, booleans and texts of numbers are numbers; null, empty and absent are missing, each by its name", () => {
  const table = jsonl(
    '{"s":0.5}',
    '{"s":true}',
    '{"s":"-1e-3"}',
    '{"s":null}',
    '{"s":" \\t"}',
    '{"t":1}',
    '{"s":false}',
  );
  assert.deepEqual(numbersOf(table, "s"), [
    { kind: "number", value: 0.5 },
    { kind: "number", value: 1 },
    { kind: "number", value: -0.001 },
    { kind: "missing", because: "null" },
    { kind: "missing", because: "empty" },
    { kind: "missing", because: "absent" },
    { kind: "number", value: 0 },
  ]);
});

test("numbers are written in decimals, with white space around them, or as true and false", () => {
  const right = {
    "1": 1,
    "+.5": 0.5,
    "5.": 5,
    " 0.25 ": 0.25,
    "1E3": 1000,
    "-007": -7,
    True: 1,
    FALSE: 0,
    "1e-999": 0,
  };
  assert.deepEqual(
    numbersOf(csv(...Object.keys(right)), "score"),
    Object.keys(right).map((text) => ({ kind: "number", value: (right as Record<string, number>)[text] })),
  );
});

for (const [text, what] of Object.entries({
  yes: "no number",
  "0x10": "no number",
  "1_000": "no number",
  "1,5": "no number",
  "1 2": "no number",
  "--1": "no number",
  "١": "no number",
  NA: "no number",
  NaN: "not a finite number",
  "-Infinity": "not a finite number",
  inf: "not a finite number",
  "1e999": "not a finite number",
  "9007199254740993": "a whole number beyond 2\\^53",
  "-99999999999999999999": "a whole number beyond 2\\^53",
})) {
  test(`${text} is refused as a number, by its place, and stays a text`, () => {
    const table = csv("1", text);
    const place = new RegExp(`^s\\.csv, line 3: column "score" holds "${text}", which is ${what}`);
    assert.throws(() => numbersOf(table, "score"), refusal("TABLE_CELL", place));
    assert.deepEqual(textOf(table, "score")[1], { kind: "text", value: text });
  });
}

test("what a message shows of a cell is short and visible", () => {
  const long = `\u001b[2J\u202e${"🙂".repeat(100_000)}`;
  const table = jsonl(JSON.stringify({ s: long }));
  assert.throws(
    () => numbersOf(table, "s"),
    (error) => {
      refusal("TABLE_CELL", /holds "␛\[2J⟨U\+202E⟩(?:🙂)+…"/)(error);
      return (error as Error).message.length < 250;
    },
  );
});

test("texts are kept as they stand", () => {
  const table = jsonl('{"s":" a "}', '{"s":1.0}', '{"s":true}', '{"s":""}', '{"s":9007199254740993}');
  assert.deepEqual(textOf(table, "s"), [
    { kind: "text", value: " a " },
    { kind: "text", value: "1" },
    { kind: "text", value: "true" },
    { kind: "missing", because: "empty" },
    { kind: "text", value: "9007199254740993" },
  ]);
});

test("a nested cell is refused where its column is used, and only there", () => {
  const table = jsonl('{"s":1,"t":2}', '{"s":[1],"t":2}');
  assert.throws(
    () => numbersOf(table, "s"),
    refusal("TABLE_CELL", /line 2: column "s" holds a list where a number is needed/),
  );
  assert.throws(() => textOf(table, "s"), refusal("TABLE_CELL", /where a text is needed/));
  assert.equal(numbersOf(table, "t").length, 2);
});

test("a column that is not there is refused with the nearest name and a list that ends", () => {
  const table = jsonl('{"prompt":1,"proxy_score":2,"gold":3,"__proto__":4}');
  assert.throws(
    () => numbersOf(table, "Proxyscore"),
    refusal(
      "TABLE_COLUMN",
      /has no column "Proxyscore"/,
      /Did you mean "proxy_score"\? There are "prompt", "proxy_score", "gold", "__proto__"\./,
    ),
  );
  assert.throws(() => textOf(table, "toString"), refusal("TABLE_COLUMN", /^[^?]*There are "prompt"/s));
  assert.deepEqual(numbersOf(table, "__proto__"), [{ kind: "number", value: 4 }]);
  const wide = jsonl(`{${Array.from({ length: 5000 }, (_, at) => `"c${at}":1`).join()}}`);
  assert.throws(() => numbersOf(wide, "x".repeat(60)), refusal("TABLE_COLUMN", /"c19" and 4980 more\.$/));
});
