import assert from "node:assert/strict";
import { test } from "node:test";
import { damageRounds } from "./damage.test.support.ts";

test("2,000 rounds of random damage end in declared errors or in what the bytes say, with no memory taken beyond them", async (t) => {
  const { read, codes } = await damageRounds(2, 2000);
  t.diagnostic(`${read} read; ${[...codes].map(([code, n]) => `${n} ${code}`).join(", ")}`);
  const refused = [...codes.values()].reduce((a, b) => a + b, 0);
  assert.equal(read + refused, 2000);
  assert.ok(read > 50 && refused > 1000, `${read} read, ${refused} refused`);
  assert.deepEqual([...codes.keys()].toSorted(), [
    "CORRUPT_MODEL",
    "MODEL_FILE",
    "NOT_SAFETENSORS",
    "TENSOR_TYPE",
  ]);
});
