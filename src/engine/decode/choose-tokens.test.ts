import assert from "node:assert/strict";
import { test } from "node:test";
import { tinyConfig } from "../../../test/engine/tiny-llama.ts";
import type { Forward } from "../forward/forward.ts";
import { chooseTokens } from "./choose-tokens.ts";
import { ask, numbers, withForward } from "./decoder.test.support.ts";
import { openReply } from "./reply.ts";
import { tokenDrawer } from "./token-drawer.ts";

const { dVocab, dModel, nCtx } = tinyConfig;

test("one logit that is not finite, wherever it stands, leaves its own row without a choice", async () => {
  await withForward(async ({ forward }) => {
    for (const wrong of [NaN, Infinity, -Infinity]) {
      const logits = Float32Array.from({ length: 3 * dVocab }, (_, i) => i % 7);
      logits[dVocab + 40] = wrong;
      const faked: Forward = { ...forward, logits: () => Promise.resolve(logits) };
      const replies = [0, 1, 2].map((id) =>
        openReply(id, ask([1], { temperature: id === 2 ? 0 : 1 }), numbers(), nCtx),
      );
      const choices = await chooseTokens(faked, tokenDrawer(), replies, new Float32Array(3 * dModel));
      assert.deepEqual(
        choices.map((choice) => choice !== undefined),
        [true, false, true],
      );
      const first = logits.indexOf(6, 2 * dVocab) - 2 * dVocab;
      assert.equal(choices[2]!.token, first, "of equal ones the first");
    }
  });
});
