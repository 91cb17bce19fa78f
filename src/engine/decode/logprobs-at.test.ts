import assert from "node:assert/strict";
import { test } from "node:test";
import { rngFrom } from "../../stats/rng.ts";
import { logprobsAt } from "./logprobs-at.ts";

test("log-probabilities are those of a softmax, and the k most probable come in falling order, equal ones by id", () => {
  const rng = rngFrom("logprobs");
  const logits = Float32Array.from({ length: 40 }, () => Math.round(10 * rng.uniform()) - 900);
  const total = logits.reduce((sum, x) => sum + Math.exp(x + 900), 0);
  const of = (token: number) => logits[token]! + 900 - Math.log(total);
  const order = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]! || a - b);
  for (const k of [0, 1, 5, 40]) {
    const { chosen, top } = logprobsAt(logits, 11, k);
    assert.ok(Math.abs(chosen - of(11)) < 1e-9);
    assert.deepEqual(
      top.map((t) => t.token),
      order.slice(0, k),
    );
    for (const t of top) assert.ok(Math.abs(t.logprob - of(t.token)) < 1e-9);
  }
});
