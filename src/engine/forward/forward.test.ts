// A tiny random Llama through the engine against plain float64 loops; each trap of the field, set wrong, must be seen.

import assert from "node:assert/strict";
import { test } from "node:test";
import { logprobOf, plainForward, type Traps } from "../../../test/engine/plain-forward.ts";
import { engineWeights, normals, tinyCheckpoint, tinyConfig } from "../../../test/engine/tiny-llama.ts";
import { rngFrom } from "../../stats/rng.ts";
import { relativeError } from "../check/closeness.ts";
import { argmax } from "../decode/pick-token.ts";
import type { WeightsAs } from "../graph/serialize.ts";
import { causalPass } from "./causal-pass.ts";
import { openForward, type Forward, type Past } from "./forward.ts";

const LIMIT = 1e-5;
const { dModel, dVocab } = tinyConfig;
const checkpoint = tinyCheckpoint();
const rng = rngFrom("texts");
const texts = [12, 7, 1, 9].map((length) => Array.from({ length }, () => rng.int(dVocab)));

const withForward = async <T>(
  use: (forward: Forward) => Promise<T>,
  weightsAs: WeightsAs = "inputs",
): Promise<T> => {
  const forward = await openForward(tinyConfig, engineWeights(checkpoint), { threads: 1, weightsAs });
  try {
    return await use(forward);
  } finally {
    await forward.close();
  }
};

/** The engine's residuals and logits of the texts' own tokens, from one left-padded pass. */
async function fromEngine(forward: Forward) {
  const width = Math.max(...texts.map((t) => t.length)) + 2;
  const { resid } = await forward.pass(causalPass(texts, width, 3, forward.emptyPast, "all"));
  const logits = await forward.logits(resid);
  const own = (values: Float32Array, size: number) =>
    texts.map((t, r) => values.subarray(((r + 1) * width - t.length) * size, (r + 1) * width * size));
  return { resid: own(resid, dModel), logits: own(logits, dVocab) };
}

/** The largest relative error over the texts of residuals and of logits, to the plain forward pass with these traps. */
function errors(found: Awaited<ReturnType<typeof fromEngine>>, traps: Traps = {}) {
  const reference = texts.map((t) => plainForward(tinyConfig, checkpoint, t, traps));
  const worst = (part: "resid" | "logits") =>
    Math.max(...reference.map((r, i) => relativeError(found[part][i]!, r[part].flat())));
  return { resid: worst("resid"), logits: worst("logits") };
}

for (const weightsAs of ["inputs", "constants"] as const) {
  test(`residuals and logits agree with plain float64 loops, weights as ${weightsAs}`, async () => {
    const found = errors(await withForward(fromEngine, weightsAs));
    assert.ok(found.resid < LIMIT && found.logits < LIMIT, JSON.stringify(found));
  });
}

const traps: readonly (readonly [string, Traps])[] = [
  ["rotary pairs of neighbours", { pairing: "neighbours" }],
  ["another rope base", { ropeBase: 1020 }],
  ["key/value heads tiled, not repeated", { group: "tile" }],
  ["scores divided by the head width, not its root", { scale: 1 / tinyConfig.dHead }],
  ["another epsilon", { eps: 1e-5 }],
  ["no mask", { mask: "none" }],
];
for (const [name, trap] of traps) {
  test(`the comparison sees ${name}`, async () => {
    const found = errors(await withForward(fromEngine), trap);
    assert.ok(found.resid > 10 * LIMIT && found.logits > 10 * LIMIT, JSON.stringify(found));
  });
}

test("a text in two passes, the first one's keys and values as the second one's past, is that text", async () => {
  await withForward(async (forward) => {
    const text = texts[0]!;
    const whole = plainForward(tinyConfig, checkpoint, text).resid;
    for (const cut of [1, 5, text.length - 1]) {
      const { k, v } = await forward.pass(causalPass([text.slice(0, cut)], cut, 0, forward.emptyPast));
      const past: Past = { rows: 1, length: cut, k, v };
      const rest = text.slice(cut);
      const { resid } = await forward.pass(causalPass([rest, rest], rest.length + 1, 0, past));
      for (const row of [0, 1]) {
        const error = relativeError(resid.subarray(row * dModel, (row + 1) * dModel), whole.at(-1)!);
        assert.ok(error < LIMIT, `cut at ${cut}: ${error}`);
      }
    }
  });
});

test("log-probabilities of named tokens are those of the logits, some or many at a place", async () => {
  await withForward(async (forward) => {
    const text = texts[0]!;
    const { resid } = await forward.pass(causalPass([text], text.length, 0, forward.emptyPast, "all"));
    const { logits } = plainForward(tinyConfig, checkpoint, text);
    const asked = text.map((_, i) =>
      Array.from({ length: 1 + (i % 3) }, (__, n) => (i * 7 + n * 13) % dVocab),
    );
    const found = await forward.logprobs(resid, asked);
    asked.forEach((tokens, p) => {
      assert.equal(found[p]!.length, tokens.length);
      tokens.forEach((token, n) => {
        assert.ok(Math.abs(found[p]![n]! - logprobOf(logits[p]!, token)) < 1e-5);
      });
    });
  });
});

test("more places than a head takes at a time come back in order", async () => {
  await withForward(async (forward) => {
    const one = (await forward.pass(causalPass([texts[0]!], 12, 0, forward.emptyPast, "all"))).resid;
    const copies = 30; // 360 places
    const many = new Float32Array(copies * one.length);
    for (let i = 0; i < copies; i++) many.set(one, i * one.length);
    const logits = await forward.logits(many);
    const first = logits.subarray(0, 12 * dVocab);
    for (let i = 1; i < copies; i++) {
      const error = relativeError(logits.subarray(i * first.length, (i + 1) * first.length), first);
      assert.ok(error < 1e-6, `copy ${i}: ${error}`);
    }
    const asked = Array.from({ length: 12 * copies }, (_, i) => [i % dVocab]);
    const logprobs = await forward.logprobs(many, asked);
    assert.equal(logprobs.length, 12 * copies);
    const { logits: reference } = plainForward(tinyConfig, checkpoint, texts[0]!);
    for (const place of [0, 255, 256, 359]) {
      const wanted = logprobOf(reference[place % 12]!, place % dVocab);
      assert.ok(Math.abs(logprobs[place]![0]! - wanted) < 1e-5);
    }
  });
});

test("the greedy token is the largest logit's, the first of equal ones, for few and many places", async () => {
  const weights = new Map(engineWeights(checkpoint));
  const { shape, values } = weights.get("unembed.W_U")!;
  // Every second token has the row of the one before it: all are ties.
  const tied = values.map((_, i) => values[i - (Math.floor(i / dModel) % 2) * dModel]!);
  weights.set("unembed.W_U", { shape, values: tied });
  const forward = await openForward(tinyConfig, weights, { threads: 1, weightsAs: "inputs" });
  try {
    const places = 300;
    const resid = normals(rngFrom("resid"), places * dModel);
    const logits = await forward.logits(resid);
    const found = await forward.greedy(resid);
    assert.equal(found.length, places);
    found.forEach(({ token, logit }, p) => {
      const row = logits.subarray(p * dVocab, (p + 1) * dVocab);
      assert.equal(token, argmax(row));
      assert.equal(token % 2, 0, "the first of two equal ones");
      assert.ok(Math.abs(logit - row[token]!) < 1e-5);
    });
    const [broken] = await forward.greedy(new Float32Array(dModel).fill(Number.NaN));
    assert.equal(Number.isFinite(broken!.logit), false, "NaN does not pass for a number");
  } finally {
    await forward.close();
  }
});

test("tokens that the model does not have, places outside the pass and arrays of other lengths are refused", async () => {
  await withForward(async (forward) => {
    const pass = causalPass([[1, 2]], 2, 0, forward.emptyPast);
    await assert.rejects(forward.pass(causalPass([[1, dVocab]], 2, 0, forward.emptyPast)), /token 64/);
    await assert.rejects(forward.pass({ ...pass, tokens: Int32Array.from([-1, 2]) }), /token -1/);
    await assert.rejects(forward.pass({ ...pass, select: [2] }), /place 2 is not in a pass of 1 x 2/);
    await assert.rejects(forward.pass({ ...pass, select: [-1] }), /place -1/);
    await assert.rejects(forward.pass({ ...pass, tokens: Int32Array.from([1]) }), /got 1 tokens/);
    await assert.rejects(forward.pass({ ...pass, past: { ...pass.past, length: 1 } }), /bias of 4/);
  });
});
