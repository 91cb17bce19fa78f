// Comma- and tab-separated values: what is written is read back with the right line, and all else is refused with it.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SetupError } from "../../core/errors.ts";
import { cells, refusal } from "./files.test.support.ts";
import { defaultLimits } from "./limits.ts";
import { readCsv } from "./read-csv.ts";
import { textBytes } from "./text-bytes.ts";

const read = (content: string | Uint8Array, delimiter: "," | "\t" = ",", limits = defaultLimits) =>
  readCsv(textBytes(Buffer.from(content as string), "s.csv"), "s.csv", delimiter, limits);
const refused = (content: string | Uint8Array, code: string, ...patterns: RegExp[]) =>
  assert.throws(() => read(content), refusal(code, ...patterns));

const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`;
const written = (field: string, always: boolean) =>
  always || field === "" || /["\r\n,\t\ufeff]/.test(field) ? quoted(field) : field;
const field = fc
  .oneof(
    fc.constantFrom("", '"', "\r\n", "\r", "\n\n", " x ", ",", "\t", "__proto__"),
    fc.string({ unit: "grapheme" }),
  )
  .map((text) => text.toWellFormed());

test("rows that are written are read back, with the line on which each begins", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(field, { minLength: 1, maxLength: 4 }).chain((columns) =>
        fc.record({
          columns: fc.constant(columns),
          rows: fc.array(fc.array(field, { minLength: columns.length, maxLength: columns.length }), {
            minLength: 1,
            maxLength: 8,
          }),
        }),
      ),
      fc.record({
        delimiter: fc.constantFrom(",", "\t"),
        end: fc.constantFrom("\n", "\r\n", "\r"),
        always: fc.boolean(),
        blanks: fc.nat(2),
        marked: fc.boolean(),
        last: fc.boolean(),
      }),
      ({ columns, rows }, { delimiter, end, always, blanks, marked, last }) => {
        const row = (fields: readonly string[]) =>
          fields.map((text) => written(text, always)).join(delimiter) + end.repeat(1 + blanks);
        const content = `${marked ? "\ufeff" : ""}${row(columns)}${rows.map(row).join("")}`;
        const table = read(last ? content : content.slice(0, -end.length * (1 + blanks)), delimiter as ",");
        assert.deepEqual(table.columns, columns);
        assert.deepEqual(
          cells(table),
          rows.map((fields) => Object.fromEntries(columns.map((column, at) => [column, fields[at]]))),
        );
        let line = 1;
        const lines = [columns, ...rows].map((fields) => {
          const start = line;
          line += 1 + blanks + (fields.join(" ").match(/\r\n|\r|\n/g)?.length ?? 0);
          return start;
        });
        assert.deepEqual(
          table.rows.map((found) => found.line),
          lines.slice(1),
        );
      },
    ),
    { seed: 3, numRuns: 400 },
  );
});

test("damage of any bytes is refused or read, and never anything else", () => {
  const good = Buffer.from('a,"b ""c""",é\r\n1,"x\n,y",3\r\n4,,"6"\r\n');
  const tally = { read: 0, refused: 0 };
  const byte = fc.oneof(fc.constantFrom(...Buffer.from('",\n\r\0')), fc.nat(255));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(good.length - 1), byte), { minLength: 1, maxLength: 4 }),
      (damage) => {
        const bytes = Buffer.from(good);
        for (const [at, value] of damage) bytes[at] = value;
        try {
          assert.ok(read(bytes).rows.length > 0);
          tally.read++;
        } catch (error) {
          if (!(error instanceof SetupError)) throw error;
          tally.refused++;
        }
      },
    ),
    { seed: 4, numRuns: 2000 },
  );
  assert.ok(tally.read > 50 && tally.refused > 500, JSON.stringify(tally));
});

test("a row with another number of fields is refused with the line it begins on", () => {
  refused(
    'a,b\r\n1,"2\r\n\r\n3"\r\n\r\n4\r\n',
    "TABLE_LINE",
    /s\.csv, line 6: 1 fields where the heading has 2/,
  );
  refused("a\n1\n2,3\n", "TABLE_LINE", /line 3: 2 fields where the heading has 1/);
});

test("a quote that is out of place, or never closed, is refused with the line its row begins on", () => {
  refused('a,b\n1,2\n3,x"y"\n', "TABLE_LINE", /line 3: a quote is out of place/, /doubled/);
  refused('a,b\n"1"x,2\n', "TABLE_LINE", /line 2: a quote is out of place/);
  refused('a,b\n\n1,"2\n3,4\n', "TABLE_LINE", /line 3: a quote is opened and never closed/);
});

test("a row that an open quote makes endless is refused with the line it begins on", () => {
  const limits = { ...defaultLimits, lineBytes: 20 };
  const content = `a,b\n1,"${"x\n".repeat(30)}`;
  assert.throws(() => read(content, ",", limits), refusal("TABLE_SIZE", /line 2: longer than 20 bytes/));
});

test("two columns of one name are refused", () => {
  refused("score,x,score\n1,2,3\n", "TABLE_COLUMN", /line 1: two columns are called "score"/);
  refused('"\u001b]0;",x,"\u001b]0;"\n1,2,3\n', "TABLE_COLUMN", /called "␛\]0;"/);
});

test("a heading without rows, and bytes that are not UTF-8, are refused", () => {
  refused("a,b\n", "TABLE_EMPTY", /holds no rows below its heading/);
  refused("\n\n", "TABLE_EMPTY", /holds no rows/);
  refused(Buffer.from("a\r\nx\r\n\xe9\r\n", "latin1"), "TABLE_FORMAT", /line 3: not UTF-8/);
});

test("a column called __proto__ is data, and what every object has is not", () => {
  const { rows } = read("__proto__,x\n1,2\n");
  const values = rows[0]?.values ?? assert.fail();
  assert.deepEqual(Object.keys(values), ["__proto__", "x"]);
  assert.equal(values["__proto__"], "1");
  assert.equal(values["toString"], undefined);
});
