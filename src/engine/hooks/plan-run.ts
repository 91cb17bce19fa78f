// Plans a run: checks what is asked for against the model, and sorts prompts into passes.

import type { ModelConfig } from "../arch/model-config.ts";
import { causalPass } from "../forward/causal-pass.ts";
import { emptyPast } from "../forward/forward.ts";
import { planEdits } from "./plan-edits.ts";
import type { HookedPass } from "./hooked-runner.ts";
import type { Layout } from "./layout.ts";
import type { LoweredEdit } from "./lower-edit.ts";
import { resolveNames, type Resolved } from "./resolve-names.ts";
import type { RunOptions } from "./white-box.ts";

/** Tokens of one pass, padding included: more are not faster, and take memory. */
const PASS_TOKENS = 1024;
/** With logits of every token, each of which is as long as the vocabulary. */
export const PASS_TOKENS_WITH_LOGITS = 512;

export type RunPlan = { readonly cached: readonly Resolved[]; readonly passes: readonly HookedPass[] };

/** @throws SetupError naming the point or edit that can't be */
export function planRun(
  config: ModelConfig,
  texts: readonly (readonly number[])[],
  padding: number,
  { cache = [], edit = [], logits = "last" }: Pick<RunOptions, "cache" | "edit" | "logits">,
): RunPlan {
  const cached = resolveNames(config, cache);
  const lengths = texts.map((text) => text.length);
  const { edits, cuts } = planEdits(config, edit, lengths, 0);
  const capture = cached.map(({ name }) => name as string);
  const head =
    headAtAll(capture, edits) || logits === "all" ? "all" : logits === "last" ? "selected" : "none";
  const passes = passesOf(lengths, head === "all" ? PASS_TOKENS_WITH_LOGITS : PASS_TOKENS).map(
    (members): HookedPass => {
      const width = Math.max(...members.map((m) => lengths[m]!));
      const pass = causalPass(
        members.map((m) => texts[m]!),
        width,
        padding,
        emptyPast(config),
        head === "all" ? "all" : "last",
      );
      return { pass, layout: layoutOf(members, lengths, width), capture, edits, cuts, head, keep: false };
    },
  );
  return { cached, passes };
}

/** The head's own points are asked for at every token, or not at all. */
export function headAtAll(capture: readonly string[], edits: readonly LoweredEdit[]): boolean {
  return [...capture, ...edits.map(({ op }) => op.name)].some((name) =>
    /^(?:ln_final|unembed)\./u.test(name),
  );
}

/** Prompts of like length stand together, as many as fit into `most` tokens and `rows` rows. */
export function passesOf(
  lengths: readonly number[],
  most: number,
  rows = most,
): readonly (readonly number[])[] {
  const order = lengths.map((_, i) => i).sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  const passes: number[][] = [];
  for (const prompt of order) {
    const last = passes.at(-1);
    if (last && last.length < rows && (last.length + 1) * lengths[prompt]! <= most) last.push(prompt);
    else passes.push([prompt]);
  }
  return passes;
}

/** Texts that stand at the right end of rows of one width, with nothing before them. */
export function layoutOf(
  members: readonly number[],
  promptLengths: readonly number[],
  width: number,
): Layout {
  const positions = new Int32Array(members.length * width).fill(-1);
  members.forEach((prompt, row) => {
    const pad = width - promptLengths[prompt]!;
    for (let c = pad; c < width; c++) positions[row * width + c] = c - pad;
  });
  return {
    rows: members.length,
    width,
    all: width,
    prompts: members,
    positions,
    keys: positions,
    promptLengths,
  };
}
