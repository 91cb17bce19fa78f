// transformers.js in float32 on its own ONNX Runtime, from the export that make-folders.py makes: generation at its best batch.

import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { call, cheapest, parallelSettings, report, timed, trialTokens } from "./peer.ts";

// What is used of transformers.js; it is no dependency, so its own types are not to be had.
type Ids = { readonly dims: readonly number[]; tolist(): bigint[][] };
type Library = {
  readonly env: { allowRemoteModels: boolean; localModelPath: string };
  readonly Tensor: new (type: "int64", data: BigInt64Array, dims: readonly number[]) => Ids;
  readonly AutoTokenizer: {
    from_pretrained(
      name: string,
    ): Promise<{ batch_decode(ids: number[][], options: { skip_special_tokens: boolean }): string[] }>;
  };
  readonly AutoModelForCausalLM: {
    from_pretrained(
      name: string,
      options: object,
    ): Promise<{
      config: { eos_token_id: number | null };
      generation_config: { eos_token_id: number | null };
      generate(options: object): Promise<Ids>;
      dispose(): Promise<unknown>;
    }>;
  };
};

const { workload, workloads, peers, threads, repeat } = call();
const peer = "transformers.js";
const folder = path.join(peers, "transformers-js/node_modules/@huggingface/transformers");
const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
  version: string;
};
const library = (await import(
  pathToFileURL(path.join(folder, "dist/transformers.node.mjs")).href
)) as Library;
library.env.allowRemoteModels = false;
library.env.localModelPath = path.resolve(peers);
const tokenizer = await library.AutoTokenizer.from_pretrained("onnx-model");
const model = await library.AutoModelForCausalLM.from_pretrained("onnx-model", {
  dtype: "fp32",
  device: "cpu",
  session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
});
// Without an end-of-text token nothing stops a reply before its last token.
model.config.eos_token_id = null;
model.generation_config.eos_token_id = null;

type Rows = readonly (readonly number[])[];
const prompts = workload.prompts.map(({ ids }) => ids);

/** Left-padded, the padding masked out, as its own batches are. */
async function generateBatch(texts: Rows, newTokens: number): Promise<number[][]> {
  const width = Math.max(...texts.map((ids) => ids.length));
  const dims = [texts.length, width];
  const ids = new BigInt64Array(texts.length * width);
  const mask = new BigInt64Array(texts.length * width);
  texts.forEach((text, r) =>
    text.forEach((id, i) => {
      const at = r * width + width - text.length + i;
      ids[at] = BigInt(id);
      mask[at] = 1n;
    }),
  );
  const made = await model.generate({
    inputs: new library.Tensor("int64", ids, dims),
    attention_mask: new library.Tensor("int64", mask, dims),
    max_new_tokens: newTokens,
    do_sample: false,
  });
  return made.tolist().map((row) => row.slice(width).map(Number));
}

async function generate(texts: Rows, batch: number, newTokens: number): Promise<number[][]> {
  const replies: number[][] = [];
  for (let at = 0; at < texts.length; at += batch) {
    const ids = await generateBatch(texts.slice(at, at + batch), newTokens);
    replies.push(...ids);
    tokenizer.batch_decode(ids, { skip_special_tokens: true });
  }
  if (replies.some((ids) => ids.length !== newTokens))
    throw new Error(`replies of ${replies.map((ids) => ids.length).join(", ")} tokens`);
  return replies;
}

async function measure(name: "B" | "C", texts: Rows, batch: number, trial: boolean): Promise<number> {
  const newTokens = trial ? trialTokens(workload) : workload.newTokens;
  const { seconds, made } = await timed(trial ? 1 : repeat, name === "C", () =>
    generate(texts, batch, newTokens),
  );
  const tokens = texts.length * newTokens;
  report({
    peer,
    version,
    workload: name,
    tokens,
    seconds,
    settings: { batch, dtype: "fp32", threads },
    ...(trial ? { trial: true as const } : { replies: made }),
  });
  return Math.min(...seconds) / tokens;
}

if (workloads.has("C")) await measure("C", prompts.slice(0, 1), 1, false);
if (workloads.has("B")) {
  // One batch of each size tells which is best.
  const batch = await cheapest(parallelSettings(prompts.length), (size) =>
    measure("B", prompts.slice(0, size), size, true),
  );
  await measure("B", prompts, batch, false);
}
await model.dispose();
