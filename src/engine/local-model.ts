// A local open-weights model under the contract of `model/`: GGUF in; choices by log-probability and written replies out.

import { TruelineError } from "../core/errors.ts";
import type { ChooseAsk, WriteAsk } from "../core/sample.ts";
import type { Model, ModelDescription, PlannedBatch } from "../model/model.ts";
import { encodeAsk } from "./choose/encode-ask.ts";
import { planChoices } from "./choose/plan-choices.ts";
import { scoreChoices, type TrieLayout } from "./choose/score-choices.ts";
import { planReplies } from "./decode/plan-replies.ts";
import { writeReplies, type WriteLayout } from "./decode/write-replies.ts";
import { prefixCache } from "./forward/prefix.ts";
import type { LoadedModel } from "./load-model.ts";
import { exactText } from "./tokenizer/exact-text.ts";

/**
 * Wraps a loaded model. Batches are frozen: the same plan gives the same numbers to the bit on the same machine. The text of a special
 * token inside a message or an opening is text, never control.
 * @throws SetupError where the model can't be spoken to in turns
 */
export function localModel(loaded: LoadedModel, description: ModelDescription): Model {
  const { forward, tokenizer } = loaded;
  if (tokenizer.chat.kind === "absent") throw tokenizer.chat.because;
  const prefixes = prefixCache(forward);
  // What options begin with is part of a longer text: its first space belongs to it.
  const inside = { ...tokenizer, decode: (ids: readonly number[]) => exactText(tokenizer, ids) };
  const promptOf = (ask: WriteAsk) => {
    const prompt = tokenizer.encodeConversation(ask.messages, { opening: ask.opening ?? "" });
    refuseEmpty(prompt.length);
    refuseTooLong(prompt.length + ask.maxTokens, forward.config.nCtx);
    return prompt;
  };
  const encode = (ask: ChooseAsk) => {
    const encoded = encodeAsk(ask, inside);
    refuseEmpty(encoded.prompt.length);
    refuseTooLong(
      encoded.prompt.length + Math.max(...encoded.options.map((o) => o.length)),
      forward.config.nCtx,
    );
    return encoded;
  };
  return {
    description,
    batching: {
      kind: "frozen",
      plan: (asks) => {
        const choose = asks.flatMap((ask, i) => (ask.kind === "choose" ? [{ ask, i }] : []));
        const write = asks.flatMap((ask, i) => (ask.kind === "write" ? [{ ask, i }] : []));
        const placed = (batches: readonly PlannedBatch[], from: readonly { readonly i: number }[]) =>
          batches.map((b) => ({ ...b, members: b.members.map((m) => from[m]!.i) }));
        return [
          ...placed(planChoices(choose.map(({ ask }) => encode(ask))), choose),
          ...placed(planReplies(write.map(({ ask }) => promptOf(ask))), write),
        ];
      },
    },
    choose: {
      kind: "present",
      use: async (asks, options) => {
        const encoded = asks.map(encode);
        const layout = (options?.layout ?? planChoices(encoded)[0]!.layout) as unknown as TrieLayout;
        return scoreChoices(encoded, layout, forward, prefixes, inside);
      },
    },
    write: async (asks, options) => {
      const prompts = asks.map(promptOf);
      const layout = (options?.layout ?? planReplies(prompts)[0]!.layout) as unknown as WriteLayout;
      return writeReplies(asks, prompts, layout, forward, prefixes, tokenizer, options?.signal);
    },
    close: () => loaded.close(),
  };
}

/** Something must stand before the first token that is looked up. */
function refuseEmpty(tokens: number): void {
  if (tokens === 0) throw new TruelineError("NO_PROMPT", "the conversation comes out as no tokens at all");
}

function refuseTooLong(tokens: number, context: number): void {
  if (tokens > context)
    throw new TruelineError(
      "TOO_LONG",
      `an ask needs ${tokens} tokens, the model's context holds ${context}`,
    );
}
