import assert from "node:assert/strict";
import { test } from "node:test";
import { asOptions } from "./ask-fact.ts";

test("answers go on from the opening with a space, and are closed only where one begins another", () => {
  assert.deepEqual(asOptions(["Paris", "Rome"]), [" Paris", " Rome"]);
  assert.deepEqual(asOptions(["16", "7", "1"]), [" 16.", " 7.", " 1."]);
  assert.deepEqual(asOptions(["Guinea-Bissau", "Guinea"]), [" Guinea-Bissau.", " Guinea."]);
  assert.deepEqual(asOptions(["Papua New Guinea", "Guinea"]), [" Papua New Guinea", " Guinea"]);
});
