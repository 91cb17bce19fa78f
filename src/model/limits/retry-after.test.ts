// Tests of reading how long a server asks to wait, dates against the platform's own reading of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { retryAfterMs } from "./retry-after.ts";

const now = Date.UTC(2026, 0, 1);

test("seconds, whole or not, become milliseconds", () => {
  assert.equal(retryAfterMs({ "retry-after": "7" }, now), 7000);
  assert.equal(retryAfterMs({ "retry-after": " 1.5 " }, now), 1500);
});

test("retry-after-ms goes before Retry-After", () => {
  assert.equal(retryAfterMs({ "retry-after-ms": "250", "retry-after": "7" }, now), 250);
});

test("an HTTP date is read against the clock that is given", () => {
  assert.equal(retryAfterMs({ "retry-after": "Thu, 01 Jan 2026 00:01:30 GMT" }, now), 90_000);
});

test("any date reads as the platform reads it", () => {
  const seconds = fc.integer({ min: 1, max: 4_000_000_000 });
  fc.assert(
    fc.property(seconds, (s) => {
      assert.equal(retryAfterMs({ "retry-after": new Date(s * 1000).toUTCString() }, 0), s * 1000);
    }),
    { seed: 7, numRuns: 2000 },
  );
});

test("a time that is over, zero, and what can't be read say nothing", () => {
  const silent = [
    "Wed, 31 Dec 2025 23:59:59 GMT",
    "0",
    "-5",
    "",
    "soon",
    "1e9",
    "0x10",
    "Infinity",
    "NaN",
    "7 s",
    "9".repeat(40),
  ];
  for (const word of silent) assert.equal(retryAfterMs({ "retry-after": word }, now), undefined, word);
  assert.equal(retryAfterMs({}, now), undefined);
  assert.equal(retryAfterMs(undefined, now), undefined);
});
