// Closing a model gives its memory back: opened and closed again and again, the process does not grow.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { LlamaConfig } from "../../src/engine/arch/llama-config.ts";
import { openForward, type Forward } from "../../src/engine/forward/forward.ts";
import type { Weight } from "../../src/engine/graph/session.ts";
import { collectGarbage } from "./collect-garbage.ts";

/** About 40 MB of weights. */
const config: LlamaConfig = {
  nLayers: 4,
  dModel: 384,
  nHeads: 6,
  nKeyValueHeads: 6,
  dHead: 64,
  dMlp: 1536,
  dVocab: 2048,
  nCtx: 64,
  ropeBase: 10000,
  eps: 1e-5,
};

function weights(): ReadonlyMap<string, Weight> {
  const { dModel, dMlp, dVocab, nHeads, dHead } = config;
  const made = new Map<string, Weight>();
  const set = (name: string, ...shape: readonly number[]) =>
    made.set(name, { shape, values: new Float32Array(shape.reduce((a, d) => a * d, 1)).fill(0.01) });
  for (let l = 0; l < config.nLayers; l++) {
    set(`blocks.${l}.ln1.w`, dModel);
    set(`blocks.${l}.ln2.w`, dModel);
    set(`blocks.${l}.attn.W_QKV`, 3 * nHeads * dHead, dModel);
    set(`blocks.${l}.attn.W_O`, dModel, nHeads * dHead);
    set(`blocks.${l}.mlp.W_gate_in`, 2 * dMlp, dModel);
    set(`blocks.${l}.mlp.W_out`, dModel, dMlp);
  }
  set("embed.W_E", dVocab, dModel);
  set("unembed.W_U", dVocab, dModel);
  set("ln_final.w", dModel);
  return made;
}

/** Growth of the process in MB over six models opened one after the other, each left behind by `leave`. */
async function growth(leave: (forward: Forward) => Promise<void>): Promise<number> {
  const one = async () =>
    leave(await openForward(config, weights(), { threads: 1, trunkWeightsAs: "constants" }));
  const memory = async () => {
    await collectGarbage();
    return process.memoryUsage.rss() / 1e6;
  };
  await one(); // what is loaded once for all
  const before = await memory();
  for (let i = 0; i < 6; i++) {
    await one();
    await collectGarbage();
  }
  return (await memory()) - before;
}

test("models that are closed give their memory back; models that are kept do not", async () => {
  const closed = await growth((forward) => forward.close());
  const kept: Forward[] = [];
  const open = await growth((forward) => {
    kept.push(forward);
    return Promise.resolve();
  });
  for (const forward of kept) await forward.close();
  assert.ok(open > 100, `six models of 40 MB kept: ${open.toFixed(0)} MB`);
  assert.ok(closed < open / 3, `closed ${closed.toFixed(0)} MB, kept ${open.toFixed(0)} MB`);
});
