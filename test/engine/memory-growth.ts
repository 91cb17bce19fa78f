// Run as a program of its own: prints by how many MB the process grows over six models opened one after the other, `closed` or `kept`.

import type { ModelConfig } from "../../src/engine/arch/model-config.ts";
import { openForward, type Forward } from "../../src/engine/forward/forward.ts";
import type { Weight } from "../../src/engine/graph/session.ts";
import { collectGarbage } from "./collect-garbage.ts";

/** About 40 MB of weights. */
const config: ModelConfig = {
  family: "llama",
  nLayers: 4,
  dModel: 384,
  nHeads: 6,
  nKeyValueHeads: 6,
  dHead: 64,
  dMlp: 1536,
  dVocab: 2048,
  nCtx: 64,
  eps: 1e-5,
  norm: "rms",
  positions: { kind: "rotary", base: 10000 },
  activation: "silu",
  gated: true,
  biases: { qkv: false, attnOut: false, mlp: false },
};

function weights(): ReadonlyMap<string, Weight> {
  const { dModel, dMlp, dVocab, nHeads, dHead } = config;
  const made = new Map<string, Weight>();
  const set = (name: string, ...shape: readonly number[]) =>
    made.set(name, { shape, values: new Float32Array(shape.reduce((a, d) => a * d, 1)).fill(0.01) });
  for (let l = 0; l < config.nLayers; l++) {
    set(`blocks.${l}.ln1.w`, dModel);
    set(`blocks.${l}.ln2.w`, dModel);
    for (const part of ["W_Q", "W_K", "W_V"]) set(`blocks.${l}.attn.${part}`, nHeads * dHead, dModel);
    set(`blocks.${l}.attn.W_O`, dModel, nHeads * dHead);
    set(`blocks.${l}.mlp.W_gate`, dMlp, dModel);
    set(`blocks.${l}.mlp.W_in`, dMlp, dModel);
    set(`blocks.${l}.mlp.W_out`, dModel, dMlp);
  }
  set("embed.W_E", dVocab, dModel);
  set("unembed.W_U", dVocab, dModel);
  set("ln_final.w", dModel);
  return made;
}

const kept: Forward[] = [];

async function one(): Promise<void> {
  const forward = await openForward(config, weights(), { threads: 1, weightsAs: "constants" });
  if (process.argv[2] === "kept") kept.push(forward);
  else await forward.close();
}

async function memory(): Promise<number> {
  await collectGarbage();
  return process.memoryUsage.rss() / 1e6;
}

await one(); // what is loaded once for all
const before = await memory();
for (let i = 0; i < 6; i++) {
  await one();
  await collectGarbage();
}
console.log(((await memory()) - before).toFixed(0));
