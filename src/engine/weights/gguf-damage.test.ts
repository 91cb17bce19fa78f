import assert from "node:assert/strict";
import { test } from "node:test";
import { ggufDamageRounds } from "./gguf-damage.test.support.ts";

test("200 rounds of random damage end in declared errors or in what the bytes say, within bounds of memory and time", async () => {
  const { read, codes } = await ggufDamageRounds(1, 200);
  const refused = [...codes.values()].reduce((a, b) => a + b, 0);
  assert.equal(read + refused, 200);
  // Both happen, or the damage would be of no use.
  assert.ok(read > 10 && refused > 100, `${read} read, ${refused} refused`);
});
