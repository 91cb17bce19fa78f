// What the tests of hooks share: tiny models with their texts of 24, 9 and 17 tokens, changed weights, and exact comparison.

import assert from "node:assert/strict";
import { loadGolden, referenceOf, type Loaded } from "../../../test/engine/golden-arch.ts";
import { SetupError } from "../../core/errors.ts";
import type { ModelConfig } from "../arch/model-config.ts";
import { relativeError } from "../check/closeness.ts";
import type { Weight } from "../graph/session.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { HookName } from "./hook-names.ts";
import { blockPoints, modelPoints } from "./points.ts";
import type { Run } from "./run.ts";

export const families = ["llama-gqa", "gpt2"] as const;
export type TinyFamily = (typeof families)[number];

const loaded = new Map<TinyFamily, Promise<Loaded>>();

/** Weights and config, read once. */
export function tiny(name: TinyFamily): Promise<Loaded> {
  const known = loaded.get(name) ?? loadGolden(name);
  loaded.set(name, known);
  return known;
}

/** Three texts, of 24, 9 and 17 tokens. */
export function textsOf(name: TinyFamily): readonly { readonly tokens: readonly number[] }[] {
  return referenceOf(name).texts.map(({ ids }) => ({ tokens: ids }));
}

/** Every point that the model has; those of blocks in the given blocks. */
export function pointsOf(config: ModelConfig, layers: readonly number[] = [0, 1]): readonly HookName[] {
  const has = ([, point]: readonly [string, (typeof blockPoints)["hook_resid_pre"]]) =>
    point.lacking?.(config) === undefined;
  return [
    ...Object.entries(modelPoints)
      .filter(has)
      .map(([name]) => name as HookName),
    ...layers.flatMap((l) =>
      Object.entries(blockPoints)
        .filter(has)
        .map(([name]) => `blocks.${l}.${name}` as HookName),
    ),
  ];
}

/** The model with some of its weights changed; `change` gets a copy and changes it in place. */
export function operated(
  { config, weights }: Loaded,
  which: RegExp,
  change: (values: Float32Array, shape: readonly number[], name: string) => void,
): Loaded {
  let touched = 0;
  const changed = new Map<string, Weight>();
  for (const [name, weight] of weights) {
    const values = weight.values.slice();
    if (which.test(name)) {
      change(values, weight.shape, name);
      touched++;
    }
    changed.set(name, { shape: weight.shape, values });
  }
  assert.ok(touched > 0 || config.family === "llama", `${which} names no weight`);
  return { config, weights: changed };
}

/** The same bits, but for -0 and 0. */
export function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>, what = "numbers"): void {
  assert.equal(a.length, b.length, what);
  for (let i = 0; i < a.length; i++)
    if (a[i] !== b[i]) assert.fail(`${what}: at ${i} of ${a.length}: ${a[i]} and ${b[i]}`);
}

export function anyDiffer(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length !== b.length || Array.from(a).some((x, i) => x !== b[i]);
}

/** The largest relative error of the prompts' logits. */
export function logitsError(found: Run, wanted: Run): number {
  return Math.max(
    ...found.prompts.map((_, p) => relativeError(found.logits(p).values, wanted.logits(p).values)),
  );
}

/** Seeded numbers between -1 and 1. */
export function numbers(length: number, seed: number): Float32Array {
  const rng = rngFrom(seed);
  return Float32Array.from({ length }, () => 2 * rng.uniform() - 1);
}

/** Refused as something that the user can mend, in these words. */
export async function refused(work: () => unknown, code: string, ...words: readonly RegExp[]): Promise<void> {
  await assert.rejects(
    async () => work(),
    (error) => {
      assert.ok(error instanceof SetupError, `not a SetupError: ${String(error)}`);
      assert.equal(error.code, code, error.message);
      for (const word of words) assert.match(error.message, word);
      assert.ok(error.hint);
      return true;
    },
  );
}
