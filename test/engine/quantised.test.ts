// The default model multiplied in its own blocks: near the float32 model, named as what it is, and refused where there are no blocks.

import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { relativeError } from "../../src/engine/check/closeness.ts";
import { causalPass } from "../../src/engine/forward/causal-pass.ts";
import type { Forward } from "../../src/engine/forward/forward.ts";
import { loadQuantised } from "../../src/engine/load-quantised.ts";
import { existingModel, realModel, withoutRealModel } from "../real-model.ts";
import { goldenArch } from "./golden-arch.ts";

test(
  "blocks say what float32 says, up to the rounding of activations",
  { skip: withoutRealModel },
  async () => {
    const exact = await realModel();
    const quantised = await loadQuantised(existingModel(), { threads: 2 });
    try {
      const found = quantised.selfCheck.checks.at(-1)!;
      assert.equal(found.name, "blocks = float32");
      assert.ok(found.found > 1e-3 && found.found < 0.1, `${found.found}`);
      assert.match(quantised.arithmetic, /^4- and 8-bit blocks, activations rounded to 8 bits$/u);
      const ids = exact.tokenizer.encode("The capital of France is");
      const scores = async (of: Forward) => {
        const { resid } = await of.pass(causalPass([ids], ids.length, 0, of.emptyPast));
        const [paris] = exact.tokenizer.encode(" Paris");
        return { logits: await of.logits(resid), paris: (await of.logprobs(resid, [[paris!]]))[0]![0]! };
      };
      const [a, b] = [await scores(exact.forward), await scores(quantised.forward)];
      assert.ok(relativeError(b.logits, a.logits) < 0.1);
      assert.ok(Math.abs(a.paris - b.paris) < 0.5, `${a.paris} and ${b.paris}`);
    } finally {
      await quantised.close();
    }
  },
);

test("a file without blocks is refused", async () => {
  await assert.rejects(loadQuantised(path.join(goldenArch, "llama-gqa/model.gguf"), { threads: 1 }), {
    code: "NOT_QUANTISED",
  });
  await assert.rejects(loadQuantised(path.join(goldenArch, "gpt2"), { threads: 1 }), {
    code: "NOT_QUANTISED",
  });
});
