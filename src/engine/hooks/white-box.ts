// A model whose every activation can be read and changed by its TransformerLens name.

import { SetupError } from "../../core/errors.ts";
import type { Message } from "../../core/message.ts";
import type { ModelConfig } from "../arch/model-config.ts";
import type { SelfCheck } from "../check/self-check.ts";
import type { Weight } from "../graph/session.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { Edit } from "./edit.ts";
import type { Generated, GenerateOptions } from "./generate.ts";
import { generate } from "./generate.ts";
import type { HookName } from "./hook-names.ts";
import type { HookedRunner } from "./hooked-runner.ts";
import { planRun } from "./plan-run.ts";
import { askedLogits } from "./asked-logits.ts";
import { runOf, type PassOutput, type Run } from "./run.ts";

/** Raw text, as the model's own tokenizer reads it (its beginning-of-text token included where it adds one); token ids; or a conversation. */
export type Prompt =
  | string
  | { readonly tokens: readonly number[] }
  | { readonly messages: readonly Message[] };

export type RunOptions = {
  /** The activations wanted; nothing else is returned. */
  readonly cache?: readonly HookName[];
  readonly edit?: readonly Edit[];
  /** Logits after each prompt's last token (the default), after every token, or none. */
  readonly logits?: "last" | "all" | "none";
  /** Looked at between passes: each takes up to some hundred tokens and can't be stopped in its midst. */
  readonly signal?: AbortSignal;
};

export interface WhiteBox extends AsyncDisposable {
  readonly config: ModelConfig;
  readonly tokenizer: Tokenizer;
  readonly selfCheck: SelfCheck;
  /** A weight by its name ("unembed.W_U", "blocks.3.attn.W_O"), [out, in]; not a copy. @throws SetupError where there is none */
  weight(name: string): Weight;
  /** Token ids of a prompt, as `run` would read it. */
  tokens(prompt: Prompt): readonly number[];
  /** One batch: prompts of any lengths, each with the numbers that it would have alone, up to rounding. */
  run(prompts: Prompt | readonly Prompt[], options?: RunOptions): Promise<Run>;
  /** Writes on from each prompt, edits at work in the prompt and in every new token. */
  generate(prompts: Prompt | readonly Prompt[], options: GenerateOptions): Promise<Generated>;
  close(): Promise<void>;
}

export type WhiteBoxParts = {
  readonly config: ModelConfig;
  readonly tokenizer: Tokenizer;
  readonly selfCheck: SelfCheck;
  readonly weights: ReadonlyMap<string, Weight>;
  readonly runner: HookedRunner;
  readonly close: () => Promise<void>;
};

export function whiteBox(parts: WhiteBoxParts): WhiteBox {
  const { config, tokenizer, weights, runner } = parts;
  const tokens = (prompt: Prompt): readonly number[] => {
    if (
      typeof prompt !== "string" &&
      (typeof prompt !== "object" || prompt === null || Array.isArray(prompt))
    )
      throw new SetupError("PROMPT", "a prompt is a text, { tokens } or { messages }", {
        hint: "Token ids are passed as { tokens: [1, 2, 3] }.",
      });
    const ids =
      typeof prompt === "string"
        ? tokenizer.encodeText(prompt)
        : "tokens" in prompt
          ? prompt.tokens
          : tokenizer.encodeConversation(prompt.messages);
    return checkedTokens(config, ids);
  };
  const allTokens = (prompts: Prompt | readonly Prompt[]) => {
    const list = Array.isArray(prompts) ? (prompts as readonly Prompt[]) : [prompts as Prompt];
    if (list.length === 0)
      throw new SetupError("NO_PROMPT", "a run needs at least one prompt", {
        hint: "Pass a text or a list.",
      });
    return list.map(tokens);
  };
  return {
    config,
    tokenizer,
    selfCheck: parts.selfCheck,
    weight: (name) => {
      const found = weights.get(name);
      if (found) return found;
      throw new SetupError("NO_WEIGHT", `the model has no weight ${name}`, {
        hint: `It has ${[...weights.keys()].filter((n) => !/^blocks\.[1-9]/u.test(n)).join(", ")}; blocks are counted from 0.`,
      });
    },
    tokens,
    run: async (prompts, options = {}) => {
      if (!["last", "all", "none", undefined].includes(options.logits))
        throw new SetupError("LOGITS", `logits: ${JSON.stringify(options.logits)} is not known`, {
          hint: 'It is "last" (where absent), "all" or "none".',
        });
      const texts = allTokens(prompts);
      const plan = planRun(config, texts, tokenizer.padding, options);
      const passes: PassOutput[] = [];
      for (const hooked of plan.passes) {
        options.signal?.throwIfAborted();
        const made = { layout: hooked.layout, values: await runner.run(hooked) };
        passes.push(askedLogits(made, hooked.pass.select, config.dVocab, options.logits ?? "last"));
      }
      return runOf(
        config,
        texts.map((ids) => ({ tokens: ids })),
        plan.cached,
        passes,
      );
    },
    generate: async (prompts, options) =>
      generate({ config, tokenizer, runner }, allTokens(prompts), options),
    close: () => parts.close(),
    [Symbol.asyncDispose]: () => parts.close(),
  };
}

function checkedTokens(config: ModelConfig, ids: readonly number[]): readonly number[] {
  if (ids.length === 0)
    throw new SetupError("NO_PROMPT", "a prompt comes out as no tokens at all", {
      hint: "Something must stand before the first token that is predicted.",
    });
  const stranger = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= config.dVocab);
  if (stranger !== undefined)
    throw new SetupError("TOKEN", `token ${stranger} is not among the model's ${config.dVocab}`, {
      hint: "Token ids are whole numbers from 0.",
    });
  if (ids.length > config.nCtx)
    throw new SetupError(
      "TOO_LONG",
      `a prompt of ${ids.length} tokens is longer than the model's context of ${config.nCtx}`,
      { hint: "It is not cut for you: shorten it, or use a model with a longer context." },
    );
  return [...ids];
}
