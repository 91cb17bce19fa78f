// JSON lines: what is written is read back with the right line, and all else is refused with the line that is wrong.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SetupError } from "../../core/errors.ts";
import { cells, refusal } from "./files.test.support.ts";
import { defaultLimits } from "./limits.ts";
import { readJsonl } from "./read-jsonl.ts";
import { textBytes } from "./text-bytes.ts";

const read = (content: string | Uint8Array, limits = defaultLimits) =>
  readJsonl(textBytes(Buffer.from(content as string), "s.jsonl"), "s.jsonl", limits);
const refused = (content: string | Uint8Array, code: string, ...patterns: RegExp[]) =>
  assert.throws(() => read(content), refusal(code, ...patterns));

const cell = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.integer(),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((x) => (Number.isSafeInteger(x) || x % 1 !== 0 ? x : 0.5)),
  fc.boolean(),
  fc.constant(null),
);
const name = fc.oneof(
  fc.constantFrom("__proto__", "constructor", 'a"b', "a\\", ":", "{"),
  fc.string({ unit: "binary" }),
);
const row = fc.array(fc.tuple(name, cell), { maxLength: 6 }).map((pairs) => Object.fromEntries(pairs));

test("rows that are written are read back, with blank lines, either line end, and a byte order mark between them", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          row,
          blanks: fc.nat(2),
          end: fc.constantFrom("\n", "\r\n"),
          pad: fc.constantFrom("", " "),
        }),
        {
          minLength: 1,
          maxLength: 12,
        },
      ),
      fc.boolean(),
      (rows, marked) => {
        let line = 1;
        const lines: number[] = [];
        const content = rows.map(({ row: values, blanks, end, pad }) => {
          line += blanks;
          lines.push(line++);
          return `${end.repeat(blanks)}${pad}${JSON.stringify(values)}${pad}${end}`;
        });
        // A lone surrogate is written as an escape, so the bytes are always UTF-8.
        const table = read(`${marked ? "\ufeff" : ""}${content.join("")}`);
        const values = rows.map(({ row: written }) => JSON.parse(JSON.stringify(written)) as unknown);
        assert.deepEqual(cells(table), values);
        assert.deepEqual(
          table.rows.map((found) => found.line),
          lines,
        );
        assert.deepEqual(
          new Set(table.columns),
          new Set(rows.flatMap(({ row: written }) => Object.keys(written))),
        );
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

test("damage of any bytes is refused or read, and never anything else", () => {
  const good = Buffer.from('{"a":1,"b":"é\\n"}\r\n{"a":-2.5e3,"c":[{"d":null}]}\n{"a":true}\n');
  const byte = fc.oneof(fc.integer({ min: 32, max: 126 }), fc.nat(255));
  const tally = { read: 0, refused: 0 };
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.noBias(fc.nat(good.length - 1)), byte), { minLength: 1, maxLength: 2 }),
      (damage) => {
        const bytes = Buffer.from(good);
        for (const [at, byte] of damage) bytes[at] = byte;
        try {
          assert.ok(read(bytes).rows.length > 0);
          tally.read++;
        } catch (error) {
          if (!(error instanceof SetupError)) throw error;
          tally.refused++;
        }
      },
    ),
    { seed: 2, numRuns: 2000 },
  );
  assert.ok(tally.read > 50 && tally.refused > 500, JSON.stringify(tally));
});

test("a line that is no object is refused with its number and what it is", () => {
  refused('{"a":1}\n\n[1]\n', "TABLE_LINE", /s\.jsonl, line 3: a list, not an object/);
  refused('{"a":1}\nnull\n', "TABLE_LINE", /line 2: null, not an object/);
  refused('{"a":1}\n7', "TABLE_LINE", /line 2: a number, not an object/);
  refused('{"a":1}\n{"a":2', "TABLE_LINE", /line 2: not JSON: "\{"a":2"/);
  refused('{\n "a": 1\n}\n', "TABLE_LINE", /line 1: not JSON.*\n.*one whole JSON object/);
  refused(
    '{"a":1}\n{"a":\u0007\u001b[31m\u202e}\n',
    "TABLE_LINE",
    /line 2: not JSON: "\{"a":␇␛\[31m⟨U\+202E⟩\}"/,
  );
});

test("a JSON array is recognised, on one line or on many", () => {
  for (const array of ['[{"a":1},{"a":2}]', '[\n  {"a":1}\n]\n', "[]"])
    refused(array, "TABLE_FORMAT", /holds a JSON array, not JSON lines/, /jq/);
});

test("a key that stands twice is refused, a key that only looks so is not", () => {
  refused(
    '{"a":1}\n{"b":{"b":1},"a":"\\\\","\\u0061":2}\n',
    "TABLE_COLUMN",
    /line 2: the key "a" stands there twice/,
  );
  assert.deepEqual(cells(read('{"a":"\\",\\"a\\":1","b":{"a":1}}'))[0], { a: '","a":1' });
});

test("nested values are there but unread, and cost no other column", () => {
  const { columns, rows } = read(
    `{"a":1,"b":[1],"c":{"d":${"[".repeat(50_000)}${"]".repeat(50_000)}}}\n{"a":2}`,
  );
  assert.deepEqual(columns, ["a", "b", "c"]);
  assert.deepEqual(
    [...(rows[0]?.unread ?? [])],
    [
      ["b", "a list"],
      ["c", "an object"],
    ],
  );
  assert.equal(rows[1]?.unread.size, 0);
});

test("a number that a double can't hold keeps its digits", () => {
  const [found] = cells(
    read(
      '{"safe":9007199254740991,"id":9007199254740993,"low":-12345678901234567890,"far":1e999,"big":1e300,"z":-0}',
    ),
  );
  assert.deepEqual(found, {
    safe: 9007199254740991,
    id: "9007199254740993",
    low: "-12345678901234567890",
    far: "1e999",
    big: 1e300,
    z: -0,
  });
  const deep = `{"id":9007199254740993,"deep":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
  refused(`{"a":1}\n${deep}`, "TABLE_LINE", /line 2: nested too deeply/);
});

test("bytes that are not UTF-8 are refused with their line", () => {
  refused(Buffer.from('{"a":1}\r\n{"a":"\xff"}\n', "latin1"), "TABLE_FORMAT", /line 2: not UTF-8/);
  refused(Buffer.from('\ufeff{"a":1}\n', "utf16le"), "TABLE_FORMAT", /is UTF-16/);
  refused(Buffer.from([0xef, 0xbb, 0xbf]), "TABLE_EMPTY", /is empty/);
  refused("\n \r\n", "TABLE_EMPTY", /holds no rows/);
});

test("a line, a row or a cell too many is refused", () => {
  const two = '{"a":1,"b":2}\n{"a":1,"b":2}\n';
  assert.equal(read(two, { bytes: 30, lineBytes: 14, rows: 2, cells: 4 }).rows.length, 2);
  const over = refusal("TABLE_SIZE", /holds more than/);
  assert.throws(() => read(two, { ...defaultLimits, rows: 1 }), over);
  assert.throws(() => read(two, { ...defaultLimits, cells: 3 }), over);
  assert.throws(
    () => read(two, { ...defaultLimits, lineBytes: 12 }),
    refusal("TABLE_SIZE", /line 1: longer than 12 bytes/),
  );
});
