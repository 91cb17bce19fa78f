// Parquet: what pyarrow wrote is read back, and a file that lies about itself is refused before it costs memory or time.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SetupError } from "../../core/errors.ts";
import { cells, refusal } from "./files.test.support.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { numbersOf } from "./numbers-of.ts";
import { checkRuns } from "./parquet/check-runs.ts";
import { sampleFiles, sampleRows } from "./parquet/sample-files.test.support.ts";
import { readThrift } from "./parquet/thrift.ts";
import { readParquet } from "./read-parquet.ts";
import { textOf } from "./text-of.ts";

const bytesOf = (name: keyof typeof sampleFiles) => Buffer.from(sampleFiles[name], "base64");
const read = (bytes: Buffer, limits?: Limits) => readParquet(bytes, "s.parquet", limits);
const refused = (bytes: Buffer, code: string, ...patterns: RegExp[]) =>
  assert.rejects(read(bytes), refusal(code, ...patterns));
const codecNames = ["plain", "snappy", "gzip", "brotli", "zstd"] as const;

for (const name of codecNames) {
  test(`rows packed as in the sample "${name}" are read back, numbered from 1`, async () => {
    const table = await read(bytesOf(name));
    assert.deepEqual(cells(table), sampleRows);
    assert.deepEqual(table.columns, ["prompt", "score", "name", "ok"]);
    assert.deepEqual(
      table.rows.map(({ line }) => line),
      [1, 2, 3, 4],
    );
  });
}

test("each type is kept exactly, or as its text, or said to be unread", async () => {
  const table = await read(bytesOf("types"));
  const own = (entries: [string, unknown][]) => Object.fromEntries(entries);
  assert.deepEqual(cells(table), [
    own([
      ["__proto__", 1],
      ["whole", -5],
      ["unsigned", 9007199254740991],
      ["text", "a"],
      ["day", "2024-01-02"],
      ["when", "2024-01-02T03:04:05.678Z"],
      ["tenths", 0.35],
      ["half", 1.5],
      ["single", 0.5],
      ["nothing", null],
    ]),
    own([
      ["__proto__", 2],
      ["whole", "9007199254740993"],
      ["unsigned", "18446744073709551615"],
      ["text", ""],
      ["day", null],
      ["when", null],
      ["tenths", -12.34],
      ["wide", 2],
      ["half", "NaN"],
      ["single", "Infinity"],
      ["bytes", "ok"],
      ["nothing", null],
    ]),
    own([
      ["__proto__", 3],
      ["whole", null],
      ["unsigned", "9007199254740992"],
      ["text", "é\u0007"],
      ["day", "1969-12-31"],
      ["when", "1970-01-01T00:00:00.000Z"],
      ["tenths", null],
      ["wide", null],
      ["half", null],
      ["single", null],
      ["bytes", null],
      ["nothing", null],
    ]),
  ]);
  assert.deepEqual(Object.fromEntries(table.rows[0]?.unread ?? []), {
    list: "a list",
    group: "an object",
    wide: "a decimal of more than 15 digits",
    bytes: "bytes that are no UTF-8 text",
  });
});

test("numbers beyond 2^53, dates and nested columns are refused as numbers, by row", async () => {
  const table = await read(bytesOf("types"));
  for (const [column, pattern] of Object.entries({
    whole: /row 2: column "whole" holds "9007199254740993", which is a whole number beyond 2\^53/,
    half: /row 2: .*"NaN", which is not a finite number/,
    day: /row 1: .*"2024-01-02", which is no number/,
    list: /row 1: column "list" holds a list/,
    bytes: /row 1: column "bytes" holds bytes that are no UTF-8 text/,
  }))
    assert.throws(() => numbersOf(table, column), refusal("TABLE_CELL", pattern));
  assert.deepEqual(textOf(table, "whole")[1], { kind: "text", value: "9007199254740993" });
});

test("what is not read is refused in words", async () => {
  await refused(bytesOf("lz4"), "TABLE_FORMAT", /column "prompt" is packed with LZ4_RAW, which is not read/);
  await refused(bytesOf("deltaText"), "TABLE_FORMAT", /DELTA_BYTE_ARRAY, which is not read/);
  await refused(bytesOf("twice"), "TABLE_COLUMN", /two columns are called "a"/);
  await refused(bytesOf("noRows"), "TABLE_EMPTY", /holds no rows/);
  await refused(Buffer.from("PAR1, but not so"), "TABLE_FORMAT", /begin and end with the letters PAR1/);
  await refused(Buffer.from("PAR1PAR1"), "TABLE_FORMAT", /PAR1/);
  await refused(bytesOf("plain").subarray(0, -9), "TABLE_FORMAT", /PAR1/);
  await refused(Buffer.from("PARE....PARE"), "TABLE_FORMAT", /encrypted/);
});

test("rows, cells and unpacked bytes are counted before they are made", async () => {
  const over = refusal("TABLE_SIZE", /holds more than/);
  await assert.rejects(read(bytesOf("zstd"), { ...defaultLimits, rows: 3 }), over);
  await assert.rejects(read(bytesOf("zstd"), { ...defaultLimits, cells: 15 }), over);
  const torn = bytesOf("zstd").fill(0xff, 4, 40);
  await assert.rejects(read(torn, { ...defaultLimits, cells: 15 }), over);
  assert.equal((await read(bytesOf("zstd"), { ...defaultLimits, rows: 4, cells: 16 })).rows.length, 4);
  const small = { ...defaultLimits, bytes: 60 };
  await assert.rejects(read(bytesOf("zstd"), small), refusal("TABLE_FORMAT", /unpack to more than/));
});

/** The sample "plain" with other bytes where `from` stands, which must be there. */
function planted(from: readonly number[], to: readonly number[]): Buffer {
  const bytes = bytesOf("plain");
  const at = bytes.indexOf(Buffer.from(from));
  assert.ok(at >= 0, "the sample does not hold what is to be replaced");
  bytes.set(to, at);
  return bytes;
}

test("a run, a dictionary, a schema and a row count that lie are refused", async () => {
  // Levels of three rows, all there: two bytes long, a run of 3 (6 halved) of the value 1. Claimed: a run of 63.
  await refused(
    planted([2, 0, 0, 0, 6, 1], [2, 0, 0, 0, 126, 1]),
    "TABLE_FORMAT",
    /a run of more values than the page has/,
  );
  // The root of the schema is required (0); were it repeated (2, which is written 4), each page would have more levels.
  const root = [0x35, 0, 0x18, 6, ...Buffer.from("schema")];
  await refused(planted(root, [0x35, 4]), "TABLE_FORMAT", /its rows are themselves repeated/);
  // The first dictionary has two entries (written 4), plain (0). Claimed: none.
  await refused(
    planted([0x4c, 0x15, 4, 0x15], [0x4c, 0x15, 0]),
    "TABLE_FORMAT",
    /a page without its dictionary/,
  );
  // The same, with one: the page's second value is then none.
  await refused(
    planted([0x4c, 0x15, 4, 0x15], [0x4c, 0x15, 2]),
    "TABLE_FORMAT",
    /that its dictionary does not have/,
  );
  const bytes = bytesOf("plain");
  const footer = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
  // The footer begins with its version (0x15 _) and its schema; the number of rows (i64, 4 is written 8) follows the schema.
  const rows = bytes.indexOf(Buffer.from([0x16, 8, 0x19]), footer);
  assert.ok(rows > 0);
  bytes[rows + 1] = 10;
  await refused(bytes, "TABLE_FORMAT", /another number of rows than it says/);
});

test("a run is checked in its length, its bytes and its width", () => {
  const runs = (...bytes: number[]) => Uint8Array.from(bytes);
  assert.equal(checkRuns(runs(6, 1), 0, 1, 3), 3);
  assert.equal(checkRuns(runs(3, 0b10110), 0, 1, 5), 3);
  assert.equal(checkRuns(runs(2, 1, 4, 0), 0, 1, 3), 1);
  for (const [bytes, width, count] of [
    [runs(8, 1), 1, 3],
    [runs(0xfe, 0xff, 0xff, 0xff, 0x0f, 1), 1, 3],
    [runs(0x80, 0x80, 0x80, 0x80, 0x80, 1), 1, 3],
    [runs(0, 1), 1, 3],
    [runs(2, 1), 1, 3],
    [runs(6), 1, 3],
    [runs(3), 8, 8],
    [runs(0xff, 0xff, 0xff, 0x7f), 0, 8],
    [runs(6, 1, 1, 1, 1, 1), 33, 3],
  ] as const)
    assert.throws(() => checkRuns(bytes, 0, width, count), RangeError, bytes.join());
});

test("Thrift's lengths, numbers and depths are bounded by its bytes", () => {
  const thrift = (...bytes: number[]) => Uint8Array.from(bytes);
  const { struct, end } = readThrift(thrift(0x15, 9, 0x11, 0x18, 1, 65, 0x19, 0x12, 1, 0), 0, 9);
  assert.deepEqual([struct.get(1), struct.get(2), struct.get(4), end], [-5, true, [true], 10]);
  assert.deepEqual(struct.get(3), Uint8Array.of(65));
  const five = thrift(0x19, 0x53, 1, 1, 1, 1, 1, 0);
  assert.equal(readThrift(five, 0, 6).end, five.length);
  assert.throws(() => readThrift(five, 0, 5), /more than 5 values/);
  for (const bytes of [
    thrift(0x19, 0xfc, 0xff, 0xff, 0xff, 0x7f, 0),
    thrift(0x18, 0xff, 0xff, 0xff, 0x7f, 0),
    thrift(0x16, ...Array.from({ length: 11 }, () => 0x80), 0, 0),
    thrift(...Array.from({ length: 40 }, () => 0x1c), ...Array.from({ length: 41 }, () => 0)),
    thrift(0x19, ...Array.from({ length: 40 }, () => 0x19), 0),
    thrift(0x1b, 0),
    thrift(0x15),
    thrift(0x15, 0x86, 0x80, 0x80, 0x80, 0x80, 0x7f, 0),
    thrift(0x15, 0x86, 0x80, 0x80, 0x80, 0x10, 0),
    thrift(0x18, 2, 0),
  ])
    assert.throws(() => readThrift(bytes, 0, 100), RangeError, bytes.join());
});

test("damage of any bytes is refused or read, and never anything else", async () => {
  const files = [...codecNames, "types" as const].map(bytesOf);
  const tally = { read: 0, refused: 0 };
  const byte = fc.oneof(fc.constantFrom(0, 0xff, 0x7f, 0x80), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.noBias(fc.nat(2 ** 30)), byte), { minLength: 1, maxLength: 2 }),
      async (file, damage) => {
        const bytes = Buffer.from(file);
        for (const [at, value] of damage) bytes[at % bytes.length] = value;
        try {
          assert.ok((await read(bytes)).rows.length > 0);
          tally.read++;
        } catch (error) {
          if (!(error instanceof SetupError)) throw error;
          tally.refused++;
        }
      },
    ),
    { seed: 5, numRuns: 3000 },
  );
  assert.ok(tally.read > 100 && tally.refused > 1000, JSON.stringify(tally));
});
