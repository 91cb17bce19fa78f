// The tiny models of test/golden/arch: what PyTorch's transformers computed of them, and white boxes over their files.

import { readFileSync } from "node:fs";
import path from "node:path";
import type { ModelConfig } from "../../src/engine/arch/model-config.ts";
import { lookupsOf } from "../../src/engine/forward/feeds.ts";
import type { Weight } from "../../src/engine/graph/session.ts";
import { hookedRunner } from "../../src/engine/hooks/hooked-runner.ts";
import { whiteBox, type WhiteBox } from "../../src/engine/hooks/white-box.ts";
import { openModelFile } from "../../src/engine/model-file.ts";
import type { Tokenizer } from "../../src/engine/tokenizer/tokenizer.ts";

export const goldenArch = path.resolve(import.meta.dirname, "../golden/arch");

type Part = { readonly offset: number; readonly shape: readonly number[] };
export type Arrays = {
  (name: string): { readonly shape: readonly number[]; readonly values: Float32Array };
  readonly names: readonly string[];
};

export type GoldenText = { readonly ids: readonly number[]; readonly continuation: readonly number[] };

function arraysOf(
  folder: string,
  stem: string,
): { readonly json: Record<string, unknown>; readonly arrays: Arrays } {
  const json = JSON.parse(readFileSync(path.join(folder, `${stem}.json`), "utf8")) as Record<string, unknown>;
  const all = new Float32Array(Uint8Array.from(readFileSync(path.join(folder, `${stem}.bin`))).buffer);
  const parts = json["arrays"] as Readonly<Record<string, Part>>;
  const arrays = (name: string) => {
    const { offset, shape } = parts[name]!;
    return { shape, values: all.subarray(offset, offset + shape.reduce((a, d) => a * d, 1)) };
  };
  return { json, arrays: Object.assign(arrays, { names: Object.keys(parts) }) };
}

export function referenceOf(model: string): {
  readonly texts: readonly GoldenText[];
  readonly arrays: Arrays;
} {
  const { json, arrays } = arraysOf(path.join(goldenArch, model), "reference");
  return { texts: json["texts"] as readonly GoldenText[], arrays };
}

export function transformerLensOf(model: string) {
  const { json, arrays } = arraysOf(path.join(goldenArch, model), "transformer-lens");
  return {
    ids: json["ids"] as readonly number[],
    arrays,
  };
}

export type Loaded = { readonly config: ModelConfig; readonly weights: ReadonlyMap<string, Weight> };

export async function loadGolden(place: string): Promise<Loaded> {
  const file = await openModelFile(path.join(goldenArch, place));
  try {
    return { config: file.config, weights: await file.weights() };
  } finally {
    await file.close();
  }
}

/** A tokenizer for models that are spoken to in token ids alone. */
const silent: Tokenizer = {
  vocabulary: 0,
  stops: new Set<number>(),
  padding: 0,
  decode: () => "",
} as unknown as Tokenizer;

/** Uses a white box over weights as they stand: no self-check, which random weights can't pass. */
export async function withWhiteBox<T>(
  { config, weights }: Loaded,
  use: (model: WhiteBox) => Promise<T>,
): Promise<T> {
  const runner = hookedRunner(config, weights, lookupsOf(weights), { threads: 1, weightsAs: "inputs" });
  const selfCheck = { passed: true, checks: [] };
  const model = whiteBox({
    config,
    weights,
    tokenizer: silent,
    selfCheck,
    runner,
    close: () => runner.close(),
  });
  try {
    return await use(model);
  } finally {
    await model.close();
  }
}
