// Logits in parts are the logits.

import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGolden, withWhiteBox } from "../../../test/engine/golden-arch.ts";
import { relativeError } from "../check/closeness.ts";
import { rngFrom } from "../../stats/rng.ts";
import { logitRows, partsFor } from "./logit-parts.ts";

test("rows are found in one array and in parts of which the last is shorter", () => {
  const rows = (name: string, ...first: readonly number[]) =>
    [name, Float32Array.from(first.flatMap((x) => [x, x + 0.5]))] as const;
  const found = (values: ReadonlyMap<string, Float32Array>, i: number) => [...logitRows(values, 2)!(i)];
  const whole = new Map([rows("logits", 0, 1, 2)]);
  assert.deepEqual(
    [0, 1, 2].map((i) => found(whole, i)),
    [
      [0, 0.5],
      [1, 1.5],
      [2, 2.5],
    ],
  );
  const parts = new Map([rows("logits.0", 0, 1), rows("logits.1", 2, 3), rows("logits.2", 4)]);
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((i) => found(parts, i)[0]),
    [0, 1, 2, 3, 4],
  );
  assert.equal(logitRows(new Map(), 2), undefined);
});

test("a pass of many tokens gives the logits of each prompt alone, all of them and the last", async () => {
  const rng = rngFrom("many");
  await withWhiteBox(await loadGolden("gpt2"), async (model) => {
    const prompts = [17, 48, 5, 31].map((length) => ({
      tokens: Array.from({ length }, () => rng.int(model.config.dVocab)),
    }));
    assert.equal(partsFor(4 * 48), 4);
    using together = await model.run(prompts, { logits: "all" });
    // 4 x 48 divides evenly; three rows of 31 do not.
    using uneven = await model.run([prompts[3]!, prompts[2]!, prompts[0]!], { logits: "all" });
    for (const [i, prompt] of prompts.entries()) {
      using alone = await model.run({ tokens: prompt.tokens.slice(0, 40) }, { logits: "all" });
      const length = alone.logits().shape[0]!;
      const head = (values: Float32Array) => values.subarray(0, length * model.config.dVocab);
      assert.ok(relativeError(head(together.logits(i).values), alone.logits().values) < 1e-5);
    }
    assert.ok(relativeError(uneven.logits(0).values, together.logits(3).values) < 1e-5);
    assert.ok(relativeError(uneven.logits(2).values, together.logits(0).values) < 1e-5);
  });
});
