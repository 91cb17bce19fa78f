// How fast the engine runs the default model: prefill and decoding in tokens/s, and as a share of the machine's own matmul rate.
//
//   node bench/engine.ts [--threads 2] [--repeat 5] [--quick]
//
// Floating-point operations are counted as the model needs them, not as the engine happens to do them: two for each weight of the
// trunk and token, two for each weight of the unembedding and place whose logits are computed, four for each head, head dimension and
// pair of a token with one that it may look at (itself, its past, its predecessors). Norms, rotation, softmax, padding and the second
// copy of a lone row count nothing. The matmul rate is the best of several sizes through ONNX Runtime, measured before and after.

import { parseArgs } from "node:util";
import type { ModelConfig } from "../src/engine/arch/model-config.ts";
import { selfCheckLine } from "../src/engine/check/self-check.ts";
import { planReplies } from "../src/engine/decode/plan-replies.ts";
import { writeReplies, type WriteLayout } from "../src/engine/decode/write-replies.ts";
import { causalPass } from "../src/engine/forward/causal-pass.ts";
import { prefixCache } from "../src/engine/forward/prefix.ts";
import { loadModel, type LoadedModel } from "../src/engine/load-model.ts";
import { measureMatmul } from "../src/engine/measure-matmul.ts";
import { rngFrom } from "../src/stats/rng.ts";
import { existingModel } from "../test/real-model.ts";

const { values: options } = parseArgs({
  options: {
    threads: { type: "string", default: "2" },
    repeat: { type: "string", default: "5" },
    quick: { type: "boolean", default: false },
  },
});
const threads = Number(options.threads);
const repeat = options.quick ? 1 : Number(options.repeat);
const batches = options.quick ? [1, 8] : [1, 8, 32, 64];
const steps = options.quick ? 4 : 32;
const PROMPT = 32;

type Rate = {
  readonly what: string;
  readonly tokens: number;
  readonly seconds: number;
  readonly operations: number;
};

const now = () => performance.now();

/** Trunk weights that every token is multiplied with. */
function trunkWeights({ nLayers, dModel, dHead, dMlp, nHeads, nKeyValueHeads }: ModelConfig): number {
  const attention = dModel * dHead * (2 * nHeads + 2 * nKeyValueHeads);
  return nLayers * (attention + 3 * dModel * dMlp);
}

/** Operations of `tokens` tokens of one text after `past` others, `places` of them with logits. */
function operations(config: ModelConfig, past: number, tokens: number, places: number): number {
  const { nLayers, nHeads, dHead, dVocab, dModel } = config;
  const pairs = tokens * past + (tokens * (tokens + 1)) / 2;
  return (
    2 * tokens * trunkWeights(config) + 2 * places * dVocab * dModel + 4 * pairs * nLayers * nHeads * dHead
  );
}

async function bestSeconds(work: () => Promise<unknown>): Promise<number> {
  await work(); // the first run of a shape allocates
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < repeat; i++) {
    const start = now();
    await work();
    best = Math.min(best, (now() - start) / 1000);
  }
  return best;
}

async function prefill({ forward }: LoadedModel): Promise<Rate> {
  const [rows, width] = [8, 64];
  const rng = rngFrom("prefill");
  const texts = Array.from({ length: rows }, () =>
    Array.from({ length: width }, () => rng.int(forward.config.dVocab)),
  );
  const seconds = await bestSeconds(async () => {
    const { resid } = await forward.pass(causalPass(texts, width, 0, forward.emptyPast, "all"));
    await forward.logits(resid);
  });
  return {
    what: `prefill ${rows} x ${width}, full logits`,
    tokens: rows * width,
    seconds,
    operations: rows * operations(forward.config, 0, width, width),
  };
}

/** Greedy decoding, all included, from the first token of a batch of replies to the last: what the prompts cost is left out. */
async function decoding({ forward, tokenizer }: LoadedModel, batch: number): Promise<Rate> {
  const rng = rngFrom(`decode ${batch}`);
  const prompts = Array.from({ length: batch }, () =>
    Array.from({ length: PROMPT }, () => rng.int(forward.config.dVocab)),
  );
  const layout = planReplies(prompts)[0]!.layout as unknown as WriteLayout;
  const endless = { ...tokenizer, stops: new Set<number>() };
  const asks = prompts.map(
    () => ({ kind: "write", messages: [], maxTokens: steps + 1, temperature: 0, topP: 1, seed: 1 }) as const,
  );
  let seconds = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= repeat; i++) {
    const times: number[] = [];
    const watched: LoadedModel["forward"] = {
      ...forward,
      greedy: async (resid) => {
        const best = await forward.greedy(resid);
        times.push(now());
        return best;
      },
    };
    await writeReplies(asks, prompts, layout, watched, prefixCache(forward), endless);
    seconds = Math.min(seconds, (times.at(-1)! - times[0]!) / 1000);
  }
  let total = 0;
  for (let step = 0; step < steps; step++) total += operations(forward.config, PROMPT + step, 1, 1);
  return {
    what: `decoding, batch ${batch}`,
    tokens: batch * steps,
    seconds,
    operations: batch * total,
  };
}

const before = await measureMatmul(threads, now);
const rates: (Rate & { readonly weightsAs: string })[] = [];
let checked: LoadedModel["selfCheck"] | undefined;
for (const weightsAs of ["constants", "inputs"] as const) {
  const model = await loadModel(existingModel(), {
    threads,
    weightsAs: weightsAs,
    ...(checked ? { checked } : {}),
  });
  if (!checked) console.log(selfCheckLine(model.selfCheck));
  checked = model.selfCheck;
  rates.push({ weightsAs, ...(await prefill(model)) });
  for (const batch of batches) rates.push({ weightsAs, ...(await decoding(model, batch)) });
  await model.close();
}
const after = await measureMatmul(threads, now);
const matmul = Math.max(before, after);

console.log(
  `\n${threads} threads, best of ${repeat}; this machine's matmul: ${before.toFixed(0)} GFLOP/s before, ${after.toFixed(0)} after`,
);
console.log(
  `${"work".padEnd(30)} ${"weights as".padEnd(10)} ${"tokens/s".padStart(9)} ${"GFLOP/s".padStart(8)} ${"of matmul".padStart(9)}`,
);
for (const { what, weightsAs, tokens, seconds, operations: count } of rates) {
  const rate = count / seconds / 1e9;
  console.log(
    `${what.padEnd(30)} ${weightsAs.padEnd(10)} ${(tokens / seconds).toFixed(0).padStart(9)} ${rate.toFixed(1).padStart(8)} ${`${((100 * rate) / matmul).toFixed(0)} %`.padStart(9)}`,
  );
}
