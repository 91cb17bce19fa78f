// Writes on from prompts under hooks: one pass over the prompts, then a token a step, edits at work in all of them.

import { SetupError } from "../../core/errors.ts";
import type { ModelConfig } from "../arch/model-config.ts";
import { appendToken, cacheAfterPrompt, withRows, type KeyValueCache } from "../decode/key-value-cache.ts";
import { argmax, drawToken } from "../decode/pick-token.ts";
import { causalPass } from "../forward/causal-pass.ts";
import { emptyPast, MASKED, type Pass, type PassResult } from "../forward/forward.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { rngFrom, type Rng } from "../../stats/rng.ts";
import type { Edit } from "./edit.ts";
import type { HookName } from "./hook-names.ts";
import type { HookedRunner } from "./hooked-runner.ts";
import type { Layout } from "./layout.ts";
import { planEdits } from "./plan-edits.ts";
import { headAtAll, layoutOf, PASS_TOKENS_WITH_LOGITS, passesOf } from "./plan-run.ts";
import { resolveNames } from "./resolve-names.ts";
import { runOf, type PassOutput, type Run } from "./run.ts";

export type GenerateOptions = {
  readonly maxTokens: number;
  /** 0, the default: always the most probable token. */
  readonly temperature?: number;
  readonly topP?: number;
  /** Each prompt draws from a stream of its own. */
  readonly seed?: number;
  readonly edit?: readonly Edit[];
  /** Activations of the prompt and of each generated token but the last, which nothing was computed for. Not for attention. */
  readonly cache?: readonly HookName[];
  readonly signal?: AbortSignal;
};

/** Prompts that are written on together at most, and tokens of theirs, padding included: what keys and values take grows with both. */
const ROWS = 64;
const PROMPT_TOKENS = 4096;

export type Reply = {
  readonly tokens: readonly number[];
  readonly text: string;
  readonly finish: "stop" | "length";
};

export type Generated = { readonly replies: readonly Reply[]; readonly run: Run };

type Writing = {
  readonly prompt: number;
  readonly tokens: number[];
  readonly rng: Rng;
  finish: Reply["finish"] | undefined;
};

export async function generate(
  { config, tokenizer, runner }: { config: ModelConfig; tokenizer: Tokenizer; runner: HookedRunner },
  texts: readonly (readonly number[])[],
  options: GenerateOptions,
): Promise<Generated> {
  const { maxTokens, temperature = 0, topP = 1, seed = 0, signal } = options;
  refuseOdd(config, texts, options);
  const lengths = texts.map((text) => text.length);
  const cached = resolveNames(config, options.cache ?? []);
  const looking = cached.find(({ point }) => point.axes[0] !== "pos");
  if (looking)
    throw new SetupError("NO_HOOK", `${looking.name} can't be cached while text is generated`, {
      hint: "Its width grows with the text: run() the whole text with the same edits instead.",
    });
  const { edits, cuts } = planEdits(config, options.edit ?? [], lengths, maxTokens - 1);
  const capture = cached.map(({ name }) => name as string);
  const head = headAtAll(capture, edits) ? "all" : "selected";
  const shared = { capture, edits, cuts, head, keep: true } as const;
  const passes: PassOutput[] = [];
  const writing = texts.map((_, prompt): Writing => ({
    prompt,
    tokens: [],
    rng: rngFrom(seed).split(`reply ${prompt}`),
    finish: undefined,
  }));
  const most = head === "all" ? PASS_TOKENS_WITH_LOGITS : PROMPT_TOKENS;
  for (const members of passesOf(lengths, most, ROWS)) await writeOn(members);
  return {
    replies: writing.map(({ tokens, finish }) => ({
      tokens,
      text: tokenizer.decode(tokens),
      finish: finish!,
    })),
    run: runOf(
      config,
      texts.map((text, i) => ({ tokens: [...text, ...writing[i]!.tokens] })),
      cached,
      passes,
    ),
  };

  /** Some prompts together, until each has come to its end. */
  async function writeOn(members: readonly number[]): Promise<void> {
    signal?.throwIfAborted();
    const own = members.map((prompt) => texts[prompt]!);
    const width = Math.max(...own.map((text) => text.length));
    const pass = causalPass(
      own,
      width,
      tokenizer.padding,
      emptyPast(config),
      head === "all" ? "all" : "last",
    );
    const layout = layoutOf(members, lengths, width);
    const made = await runner.run({ pass, layout, ...shared });
    passes.push(kept(made, layout));
    let rows: readonly Writing[] = members.map((prompt) => writing[prompt]!);
    const numbers = rows.map((_, r) => r);
    let cache = cacheAfterPrompt(config, emptyPast(config), resultOf(config, made), numbers, width);
    take(rows, made.get("logits")!);
    while (rows.some((row) => !row.finish)) {
      signal?.throwIfAborted();
      const going = rows.filter((row) => !row.finish);
      if (going.length < rows.length) {
        cache = withRows(
          config,
          cache,
          going.map((row) => rows.indexOf(row)),
        );
        rows = going;
      }
      const step = stepLayout(cache, rows, lengths, width);
      const out = await runner.run({ pass: stepPass(cache, rows, step), layout: step, ...shared });
      passes.push(kept(out, step));
      cache = appendToken(config, cache, resultOf(config, out));
      take(rows, out.get("logits")!);
    }
  }

  /** @param logits of each row's last token, or of all its tokens */
  function take(rows: readonly Writing[], logits: Float32Array): void {
    const size = logits.length / rows.length;
    rows.forEach((row, r) => {
      const own = logits.subarray((r + 1) * size - config.dVocab, (r + 1) * size);
      const best = argmax(own);
      if (!Number.isFinite(own[best]))
        throw new SetupError("OVERFLOW", `prompt ${row.prompt}: a logit is not finite after these edits`, {
          hint: "An edit made the model's numbers overflow: use smaller values.",
        });
      const token = temperature > 0 ? drawToken(own, temperature, topP, row.rng) : best;
      if (tokenizer.stops.has(token)) row.finish = "stop";
      else {
        row.tokens.push(token);
        if (row.tokens.length >= maxTokens) row.finish = "length";
      }
    });
  }

  /** Keys, values and the steps' logits are not handed out: they would hold memory for nothing. */
  function kept(values: ReadonlyMap<string, Float32Array>, layout: Layout): PassOutput {
    return { layout, values: new Map(capture.map((name) => [name, values.get(name)!])), logitPlaces: [] };
  }
}

function stepPass({ past }: KeyValueCache, rows: readonly Writing[], { positions, keys }: Layout): Pass {
  return {
    rows: rows.length,
    width: 1,
    tokens: Int32Array.from(rows, (row) => row.tokens.at(-1)!),
    positions,
    bias: Float32Array.from(keys, (key) => (key < 0 ? MASKED : 0)),
    past,
    select: rows.map((_, r) => r),
  };
}

/** One new token a row, behind what the cache holds. */
function stepLayout(
  { past, used }: KeyValueCache,
  rows: readonly Writing[],
  promptLengths: readonly number[],
  width: number,
): Layout {
  const all = past.length + 1;
  const keys = new Int32Array(rows.length * all).fill(-1);
  const positions = new Int32Array(rows.length);
  rows.forEach(({ prompt, tokens }, r) => {
    const pad = width - promptLengths[prompt]!;
    for (let slot = pad; slot < used; slot++) keys[r * all + slot] = slot - pad;
    positions[r] = promptLengths[prompt]! + tokens.length - 1;
    keys[r * all + past.length] = positions[r]!;
  });
  return {
    rows: rows.length,
    width: 1,
    all,
    prompts: rows.map(({ prompt }) => prompt),
    positions,
    keys,
    promptLengths,
  };
}

function resultOf(config: ModelConfig, made: ReadonlyMap<string, Float32Array>): PassResult {
  const layers = Array.from({ length: config.nLayers }, (_, l) => l);
  return {
    resid: new Float32Array(0),
    k: layers.map((l) => made.get(`k.${l}`)!),
    v: layers.map((l) => made.get(`v.${l}`)!),
  };
}

function refuseOdd(
  config: ModelConfig,
  texts: readonly (readonly number[])[],
  { maxTokens, temperature = 0, topP = 1 }: GenerateOptions,
): void {
  const refuse = (what: string, hint: string) => new SetupError("GENERATE", what, { hint });
  if (!Number.isInteger(maxTokens) || maxTokens < 1)
    throw refuse(`maxTokens is ${maxTokens}`, "It is a whole number from 1.");
  if (!(temperature >= 0 && Number.isFinite(temperature)) || !(topP >= 0 && topP <= 1))
    throw refuse(
      `temperature ${temperature}, topP ${topP}`,
      "The temperature is a number from 0, topP one from 0 to 1.",
    );
  const longest = Math.max(...texts.map((text) => text.length));
  if (longest + maxTokens > config.nCtx)
    throw new SetupError(
      "TOO_LONG",
      `a prompt of ${longest} tokens and ${maxTokens} new ones are longer than the model's context of ${config.nCtx}`,
      { hint: "Neither is cut for you: ask for fewer tokens, or shorten the prompt." },
    );
}
