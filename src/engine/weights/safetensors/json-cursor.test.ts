import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonCursor, type JsonCursor } from "./json-cursor.ts";

const cursor = (json: string | Uint8Array): JsonCursor =>
  jsonCursor(typeof json === "string" ? new TextEncoder().encode(json) : json, (what) => {
    throw new Error(what);
  });

/** The whole text by `skip`, as JSON.parse would judge it. */
const skipped = (json: string) => {
  const at = cursor(json);
  at.skip("it");
  at.end();
};

test("texts come out as JSON.parse reads them", () => {
  for (const text of ["", "plain", 'a "quote" \\ / \b\f\n\r\t', "ünï 中 😀", "\u0000\u001f\u007f\u2028"]) {
    assert.equal(cursor(JSON.stringify(text)).text("it", 1000), text);
  }
  assert.equal(cursor(String.raw`"\ud83d\ude00\u00FC\/"`).text("it", 1000), "😀ü/");
});

test("what is no text is refused: bytes that are not UTF-8, halves of pairs, bare control characters, wrong escapes, no end", () => {
  const raw = (...bytes: number[]) => cursor(Uint8Array.from([0x22, ...bytes, 0x22]));
  assert.throws(() => raw(0xff).text("it", 9), /it is not valid text/);
  assert.throws(() => raw(0xc0, 0x80).text("it", 9), /it is not valid text/);
  assert.throws(() => raw(0x0a).text("it", 9), /it should be free of control characters/);
  for (const json of [
    String.raw`"\ud800"`,
    String.raw`"\x41"`,
    String.raw`"\u12"`,
    String.raw`"\ude00\ud83d"`,
  ])
    assert.throws(() => cursor(json).text("it", 99), /it is not valid text/);
  for (const json of ['"abc', String.raw`"abc\"`, '"'])
    assert.throws(() => cursor(json).text("it", 99), /its JSON ends within it/);
  assert.throws(() => cursor('"abcd"').text("it", 3), /it is longer than 3 bytes/);
  assert.equal(cursor('"abc"').text("it", 3), "abc");
});

test("whole numbers up to 2^53 - 1 are read, and nothing that is written otherwise", () => {
  for (const n of [0, 7, 10, 2 ** 31, Number.MAX_SAFE_INTEGER])
    assert.equal(cursor(String(n)).whole("it"), n);
  for (const json of [
    "-1",
    "-0",
    "1.0",
    "1.5",
    "1e3",
    "01",
    "+1",
    "9007199254740992",
    "9".repeat(400),
    "NaN",
    "Infinity",
    "null",
    "0x10",
    "",
  ])
    assert.throws(() => cursor(json).whole("it"), /it is .*not a whole number/, json);
  assert.throws(() => cursor('"1"').whole("it"), /it is no number/);
});

test("skipping accepts what JSON.parse accepts and refuses what it refuses", () => {
  const good = [
    "null",
    "true",
    "-0.5e+10",
    "0",
    "[]",
    "{}",
    '{"a":[1,{"b":"c"}],"d":false}',
    " [ 1 , 2 ] ",
    "1E-2",
  ];
  for (const json of good) assert.doesNotThrow(() => skipped(json), json);
  const bad = [
    "",
    "nul",
    "01",
    "1.",
    ".5",
    "+1",
    "1e",
    "[1,]",
    "[,]",
    "[1 2]",
    '{"a"}',
    '{"a":}',
    "{a:1}",
    '{"a":1,}',
    "[",
    "]",
    "{",
    "[1}",
    "tRue",
    "1 2",
    "undefined",
  ];
  for (const json of bad) {
    assert.throws(() => JSON.parse(json), `${json} should be no JSON`);
    assert.throws(() => skipped(json), json);
  }
});

test("a key that stands twice is refused at any depth, one spelt by an escape too", () => {
  assert.throws(() => skipped('{"a":1,"a":1}'), /"a" stands twice in it/);
  assert.throws(() => skipped(String.raw`[{"b":{"a":1,"\u0061":2}}]`), /"a" stands twice in it/);
  assert.doesNotThrow(() => skipped('{"a":{"a":1},"b":{"a":1}}'));
  assert.doesNotThrow(() => skipped('{"__proto__":1,"constructor":2}'));
});

test("lists and objects beyond 32 levels are refused, however many there are, without running out of stack", () => {
  const nested = (n: number) => "[".repeat(n) + "]".repeat(n);
  assert.doesNotThrow(() => skipped(nested(31)));
  assert.throws(() => skipped(nested(40)), /more than 32 levels deep/);
  assert.throws(() => skipped("[".repeat(5_000_000)), /more than 32 levels deep/);
});
