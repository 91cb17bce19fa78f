// llama.cpp through node-llama-cpp, on the same GGUF: generation at its own best parallel setting, and prefill.

import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  call,
  cheapest,
  parallelSettings,
  report,
  timed,
  trialTokens,
  type Measurement,
  type WorkloadName,
} from "./peer.ts";

// What is used of node-llama-cpp; it is no dependency, so its own types are not to be had.
type Next = { readonly next: { readonly token?: number | null } };
type Sequence = {
  evaluate(
    tokens: number[],
    options: { temperature: number; yieldEogToken: boolean },
  ): AsyncGenerator<number>;
  evaluateWithoutGeneratingNewTokens(tokens: number[]): Promise<void>;
  controlledEvaluate(
    input: (number | [number, { generateNext: { token: true; options: { temperature: 0 } } }])[],
  ): Promise<readonly (Next | undefined)[]>;
  clearHistory(): Promise<void>;
};
type Context = { getSequence(): Sequence; readonly currentThreads: number; dispose(): Promise<void> };
type Model = {
  createContext(options: {
    contextSize: number;
    sequences: number;
    batchSize: number;
    threads: { ideal: number; min: number };
    flashAttention: boolean;
  }): Promise<Context>;
  detokenize(tokens: readonly number[]): string;
};
type Library = {
  getLlama(options: object): Promise<{
    readonly systemInfo: string;
    readonly llamaCppRelease: { readonly release: string };
    loadModel(options: { modelPath: string; gpuLayers: number }): Promise<Model>;
    dispose(): Promise<void>;
  }>;
};

const { workload, workloads, peers, model: modelPath, threads, repeat } = call();
const peer = "node-llama-cpp";
const folder = path.join(peers, "node-llama-cpp/node_modules/node-llama-cpp");
const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
  version: string;
};
const library = (await import(pathToFileURL(path.join(folder, "dist/index.js")).href)) as Library;
const llama = await library.getLlama({
  gpu: false,
  build: "never",
  skipDownload: true,
  maxThreads: threads,
  logLevel: "error",
});
const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
const prompts = workload.prompts.map(({ ids }) => [...ids]);
const rows = workload.prefill.map((row) => [...row]);

type Settings = {
  readonly sequences: number;
  readonly batchSize: number;
  readonly flashAttention: boolean;
};

/** Work in one context; before each run every sequence is empty, so that nothing is taken from a cache. */
async function inContext<T>(
  { sequences, batchSize, flashAttention }: Settings,
  tokensPerSequence: number,
  runs: number,
  warm: boolean,
  work: (sequences: readonly Sequence[]) => Promise<T>,
): Promise<{
  readonly seconds: readonly number[];
  readonly made: T;
  readonly settings: Measurement["settings"];
}> {
  const context = await model.createContext({
    contextSize: tokensPerSequence,
    sequences,
    batchSize,
    threads: { ideal: threads, min: threads },
    flashAttention,
  });
  try {
    const all = Array.from({ length: sequences }, () => context.getSequence());
    const { seconds, made } = await timed(runs, warm, async () => {
      await Promise.all(all.map((sequence) => sequence.clearHistory()));
      return work(all);
    });
    const settings = {
      sequences,
      batchSize,
      flashAttention,
      threads,
      llamaCpp: llama.llamaCppRelease.release,
      system: llama.systemInfo,
    };
    return { seconds, made, settings };
  } finally {
    await context.dispose();
  }
}

/** Each sequence takes the next prompt when it is done with one. */
async function generate(
  sequences: readonly Sequence[],
  texts: readonly number[][],
  newTokens: number,
): Promise<readonly number[][]> {
  const replies: number[][] = [];
  const written: string[] = [];
  let next = 0;
  await Promise.all(
    sequences.map(async (sequence) => {
      for (let i = next++; i < texts.length; i = next++) {
        await sequence.clearHistory();
        const ids: number[] = [];
        // It samples lazily: after the last token that is taken nothing more is evaluated.
        for await (const id of sequence.evaluate(texts[i]!, { temperature: 0, yieldEogToken: true })) {
          if (ids.push(id) >= newTokens) break;
        }
        if (ids.length !== newTokens) throw new Error(`reply ${i} has ${ids.length} tokens`);
        replies[i] = ids;
        written[i] = model.detokenize(ids);
      }
    }),
  );
  return replies;
}

const longest = Math.max(...prompts.map((ids) => ids.length)) + workload.newTokens;

async function generation(
  name: "B" | "C",
  texts: readonly number[][],
  how: Settings,
  trial: boolean,
): Promise<number> {
  const newTokens = trial ? trialTokens(workload) : workload.newTokens;
  const { seconds, made, settings } = await inContext(how, longest, trial ? 1 : repeat, name === "C", (all) =>
    generate(all, texts, newTokens),
  );
  const tokens = texts.length * newTokens;
  report({
    peer,
    version,
    workload: name,
    tokens,
    seconds,
    settings,
    ...(trial ? { trial: true as const } : { replies: made }),
  } satisfies Measurement);
  return Math.min(...seconds) / tokens;
}

/** Prefill of all rows; `places`: those whose logits are computed, a greedy token drawn from each. */
async function prefill(
  name: "A" | "D",
  places: "all" | "last",
  how: Settings,
  trial: boolean,
): Promise<number> {
  const width = Math.max(...rows.map((row) => row.length));
  const { seconds, settings } = await inContext(
    how,
    width + 1,
    trial ? 1 : repeat,
    true,
    async (sequences) => {
      const shares = sequences.map((_, s) => rows.filter((__, r) => r % sequences.length === s));
      await Promise.all(
        sequences.map(async (sequence, s) => {
          for (const row of shares[s]!) {
            await sequence.clearHistory();
            await sequence.controlledEvaluate(
              row.map((id, i) =>
                places === "all" || i === row.length - 1
                  ? [id, { generateNext: { token: true, options: { temperature: 0 } } }]
                  : id,
              ),
            );
          }
        }),
      );
    },
  );
  const tokens = rows.flat().length;
  report({
    peer,
    version,
    workload: name,
    tokens,
    seconds,
    settings: { ...settings, logits: places },
    ...(trial ? { trial: true as const } : {}),
  } satisfies Measurement);
  return Math.min(...seconds) / tokens;
}

const any = (...names: WorkloadName[]) => names.some((name) => workloads.has(name));
if (any("A", "D")) {
  const batchSize = rows.flat().length;
  const how = await cheapest(
    [
      { sequences: rows.length, batchSize, flashAttention: true },
      { sequences: rows.length, batchSize, flashAttention: false },
      { sequences: 1, batchSize, flashAttention: true },
    ],
    (setting) => prefill("D", "last", setting, true),
  );
  if (workloads.has("D")) await prefill("D", "last", how, false);
  if (workloads.has("A")) await prefill("A", "all", how, false);
}
const first = prompts.slice(0, 1);
if (any("B", "C")) {
  const alone = await cheapest(
    [true, false].map((flashAttention) => ({ sequences: 1, batchSize: 512, flashAttention })),
    (setting) => generation("C", first, setting, true),
  );
  if (workloads.has("C")) await generation("C", first, alone, false);
  if (workloads.has("B")) {
    const parallel = parallelSettings(prompts.length)
      .filter((sequences) => sequences > 1)
      .flatMap((sequences) =>
        [true, false].map((flashAttention) => ({ sequences, batchSize: 512, flashAttention })),
      );
    // A setting with few sequences shows its rate on a part of the prompts.
    const how = await cheapest([alone, ...parallel], (setting) =>
      generation("B", prompts.slice(0, 2 * setting.sequences), setting, true),
    );
    await generation("B", prompts, how, false);
  }
}
await llama.dispose();
process.exit();
