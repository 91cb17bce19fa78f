// The scores of a prompt: each token is scored at the place before it, whatever parts the prompt is read in.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Forward, Pass, PassResult } from "../engine/forward/forward.ts";
import { scorePrompt } from "./score-prompt.ts";

const VOCABULARY = 11;

/**
 * A forward whose "residual" at a token is what the token could look at, added up: its key is its own number + 1. The logits favour the
 * token of that sum modulo the vocabulary, so that a wrong past, place or mask shows in every score after it.
 */
function countingForward(passes: Pass[]): Forward {
  const config = { nLayers: 1, nKeyValueHeads: 1, dHead: 1, dModel: 1, dVocab: VOCABULARY };
  return {
    config,
    emptyPast: { rows: 1, length: 0, k: [new Float32Array(0)], v: [new Float32Array(0)] },
    pass: async (pass: Pass): Promise<PassResult> => {
      passes.push(pass);
      const { rows, width, tokens, bias, past, select } = pass;
      const all = past.length + width;
      const key = (row: number, slot: number) =>
        slot < past.length ? past.k[0]![slot]! : tokens[row * width + slot - past.length]! + 1;
      const resid = Float32Array.from(select, (at) => {
        const row = Math.floor(at / width);
        let sum = 0;
        for (let slot = 0; slot < all; slot++) if (bias[at * all + slot] === 0) sum += key(row, slot);
        return sum;
      });
      const made = Float32Array.from({ length: rows * width }, (_, i) => tokens[i]! + 1);
      return { resid, k: [made], v: [made] };
    },
    logits: async (resid: Float32Array) => {
      assert.ok(resid.length > 1, "no logits of one place alone: they would be rounded otherwise");
      const out = new Float32Array(resid.length * VOCABULARY);
      resid.forEach((sum, i) => (out[i * VOCABULARY + (sum % VOCABULARY)] = 3));
      return out;
    },
  } as unknown as Forward;
}

const { signal } = new AbortController();
const [likely, other] = [3 - Math.log(Math.exp(3) + VOCABULARY - 1), -Math.log(Math.exp(3) + VOCABULARY - 1)];

for (const length of [1, 2, 64, 65, 66, 512, 513, 514, 1025, 1300]) {
  test(`${length} tokens are scored as if they were read at once`, async () => {
    const prompt = Array.from({ length }, (_, i) => (i * i + 3) % VOCABULARY);
    const passes: Pass[] = [];
    const { places, next } = await scorePrompt(countingForward(passes), 0, prompt, 2, signal);
    let sum = 0;
    const expected = prompt.map((token, i) => {
      sum += token + 1;
      const best = sum % VOCABULARY;
      return { best, logprob: prompt[i + 1] === best ? likely : other };
    });
    assert.equal(places.length, length - 1);
    places.forEach(({ logprob, top }, i) => {
      assert.ok(Math.abs(logprob - expected[i]!.logprob) < 1e-5, `place ${i}`);
      assert.equal(top[0]!.token, expected[i]!.best, `place ${i}`);
      assert.equal(top.length, 2);
    });
    assert.equal(next[0]!.token, expected.at(-1)!.best);
    assert.ok(
      passes.every(({ rows, width }) => rows * width > 1 && width <= 513),
      "no pass of one token alone",
    );
  });
}

test("top: 0 lists nothing but the most probable token after the prompt", async () => {
  const { places, next } = await scorePrompt(countingForward([]), 0, [1, 2, 3], 0, signal);
  assert.deepEqual(
    places.map(({ top }) => top.length),
    [0, 0],
  );
  assert.equal(next.length, 1);
});

test("an abort ends it between two parts; a logit that is not finite is an error", async () => {
  const stop = new AbortController();
  const forward = countingForward([]);
  const stopping = {
    ...forward,
    logits: (r: Float32Array) => (stop.abort(new Error("left")), forward.logits(r)),
  };
  await assert.rejects(
    scorePrompt(
      stopping,
      0,
      Array.from({ length: 200 }, () => 1),
      0,
      stop.signal,
    ),
    /left/u,
  );
  const broken = {
    ...forward,
    logits: async (r: Float32Array) => new Float32Array(r.length * VOCABULARY).fill(NaN),
  };
  await assert.rejects(scorePrompt(broken, 0, [1, 2], 0, signal), /not finite/u);
});
