import assert from "node:assert/strict";
import { test } from "node:test";
import { ggufDamageRounds } from "./gguf-damage.test.support.ts";

test("5,000 rounds of random damage end in declared errors or in what the bytes say, within bounds of memory and time", async (t) => {
  const { read, codes, seconds } = await ggufDamageRounds(2, 5000);
  t.diagnostic(
    `${read} read; ${[...codes].map(([code, n]) => `${n} ${code}`).join(", ")}; longest ${seconds.toFixed(3)} s`,
  );
  const refused = [...codes.values()].reduce((a, b) => a + b, 0);
  assert.equal(read + refused, 5000);
  assert.ok(read > 200 && refused > 2500, `${read} read, ${refused} refused`);
  assert.deepEqual([...codes.keys()].toSorted(), [
    "CORRUPT_MODEL",
    "GGUF_VERSION",
    "NOT_GGUF",
    "TENSOR_TYPE",
  ]);
});
