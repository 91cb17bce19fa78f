// Every invariant holds for a sound model and fails for a planted fault of its kind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { logprobOf, plainForward } from "../../../test/engine/plain-forward.ts";
import { engineWeights, tinyCheckpoint, tinyConfig } from "../../../test/engine/tiny-llama.ts";
import { rngFrom } from "../../stats/rng.ts";
import { openForward, type Forward, type Pass } from "../forward/forward.ts";
import { capture } from "./capture.ts";
import {
  capturedInvariants,
  layoutInvariants,
  lensInvariant,
  writtenOut,
  type Invariant,
} from "./invariants.ts";

const LIMIT = 1e-4;
const WIDTH = 10;
const checkpoint = tinyCheckpoint();
const weights = engineWeights(checkpoint);
const rng = rngFrom("texts");
const texts = [0, 1].map(() => Array.from({ length: WIDTH }, () => rng.int(tinyConfig.dVocab)));

async function withForward<T>(use: (forward: Forward) => Promise<T>): Promise<T> {
  const forward = await openForward(tinyConfig, weights, { threads: 1, weightsAs: "inputs" });
  try {
    return await use(forward);
  } finally {
    await forward.close();
  }
}

const failing = (found: readonly Invariant[]) => found.filter((i) => !(i.error < LIMIT)).map((i) => i.name);

test("the captured invariants hold, and each fails when an activation of its own is off", async () => {
  const captured = await capture(tinyConfig, weights, texts, 1);
  const check = (changed: ReadonlyMap<string, Float32Array>) =>
    failing(capturedInvariants(tinyConfig, changed, texts.length, WIDTH));
  assert.deepEqual(check(captured), []);
  const off = (name: string) =>
    new Map(captured).set(
      name,
      captured.get(name)!.map((x, i) => (i % 3 === 0 ? x * 1.01 : x)),
    );
  assert.deepEqual(check(off("blocks.1.attn.hook_pattern")), ["pattern x values = z"]);
  assert.deepEqual(check(off("blocks.0.attn.hook_v")), ["pattern x values = z"]);
  assert.deepEqual(check(off("blocks.1.attn.hook_z")), ["pattern x values = z"]);
  assert.deepEqual(check(off("blocks.0.hook_attn_out")), ["residual parts sum"]);
  assert.deepEqual(check(off("blocks.1.hook_mlp_out")), ["residual parts sum"]);
  assert.deepEqual(check(off("blocks.1.hook_resid_pre")), ["residual parts sum"]);
});

test("captured activations are those of plain loops: the last residual", async () => {
  const captured = await capture(tinyConfig, weights, texts, 1);
  const post = captured.get("blocks.1.hook_resid_post")!;
  const wanted = texts.flatMap((t) => plainForward(tinyConfig, checkpoint, t).resid.flat());
  wanted.forEach((x, i) => assert.ok(Math.abs(post[i]! - x) < 1e-4));
});

test("the lens invariant holds, and fails when the head uses another norm or another unembedding", async () => {
  await withForward(async (forward) => {
    const captured = await capture(tinyConfig, weights, texts, 1);
    assert.ok((await lensInvariant(forward, weights, captured, texts)).error < LIMIT);
    for (const name of ["ln_final.w", "unembed.W_U"]) {
      const { shape, values } = weights.get(name)!;
      const other = new Map(weights).set(name, { shape, values: values.map((x) => x + 0.01) });
      assert.ok((await lensInvariant(forward, other, captured, texts)).error > LIMIT, name);
    }
  });
});

test("the layout invariants hold, and each kind of wrong pass fails those that it should", async () => {
  await withForward(async (forward) => {
    assert.deepEqual(failing(await layoutInvariants(forward, texts)), []);
    const withPass = (change: (pass: Pass) => Pass): Forward => ({
      ...forward,
      pass: (pass) => forward.pass(change(pass)),
      residuals: (pass) => forward.residuals(change(pass)),
    });
    const unmasked = withPass((pass) => ({ ...pass, bias: new Float32Array(pass.bias.length) }));
    const unmaskedFails = failing(await layoutInvariants(unmasked, texts));
    assert.ok(unmaskedFails.includes("left-padded = unpadded"), unmaskedFails.join());
    const startingOver = withPass((pass) => ({
      ...pass,
      positions: pass.positions.map((p) => (pass.past.length > 0 ? p - pass.past.length : p)),
    }));
    const startingOverFails = failing(await layoutInvariants(startingOver, texts));
    assert.deepEqual(startingOverFails, ["cached = uncached", "tree = written out"]);
    const byColumn = withPass((pass) => ({
      ...pass,
      positions: pass.positions.map((_, i) => i % pass.width),
    }));
    assert.ok(failing(await layoutInvariants(byColumn, texts)).includes("cached = uncached"));
    const mixed: Forward = {
      ...forward,
      pass: async (pass) => {
        const made = await forward.pass(pass);
        return pass.rows > 1 ? { ...made, resid: made.resid.map((x, i) => x + (i % 2) * 1e-2) } : made;
      },
    };
    assert.ok(failing(await layoutInvariants(mixed, texts)).includes("batched = single"));
  });
});

test("a continuation written out has the log-probability of plain loops", async () => {
  await withForward(async (forward) => {
    const [prompt, continuation] = [texts[0]!.slice(0, 6), texts[0]!.slice(6)];
    const { logits } = plainForward(tinyConfig, checkpoint, texts[0]!);
    const wanted = continuation.reduce((sum, t, i) => sum + logprobOf(logits[5 + i]!, t), 0);
    assert.ok(Math.abs((await writtenOut(forward, prompt, continuation)) - wanted) < 1e-4);
  });
});
