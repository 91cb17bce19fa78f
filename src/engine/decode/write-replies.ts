// Writes a batch of replies: one prefill of left-padded prompts, then a token a step for all that go on.

import { TruelineError } from "../../core/errors.ts";
import type { WriteAsk } from "../../core/sample.ts";
import type { Answered } from "../../model/model.ts";
import { rngFrom, type Rng } from "../../stats/rng.ts";
import { causalPass } from "../forward/causal-pass.ts";
import { MASKED, type Best, type Forward } from "../forward/forward.ts";
import { sharedPrefix, type PrefixCache } from "../forward/prefix.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { appendToken, cacheAfterPrompt, withRows } from "./key-value-cache.ts";
import { argmax, drawToken } from "./pick-token.ts";

export type WriteLayout = { readonly prefix: number; readonly width: number };

/** One reply in the making. `row` is its place among the texts of the batch; two rows may stand for one text (see below). */
type Reply = {
  readonly ask: WriteAsk;
  readonly rng: Rng;
  readonly tokens: number[];
  readonly prompt: readonly number[];
  ended: "stop" | "length" | "overflow" | undefined;
};

/** Prompts are token ids of whole conversations, `layout.prefix` of them shared by all. */
export async function writeReplies(
  asks: readonly WriteAsk[],
  prompts: readonly (readonly number[])[],
  layout: WriteLayout,
  forward: Forward,
  prefixes: PrefixCache,
  tokenizer: Pick<Tokenizer, "padding" | "stops" | "decode">,
  signal?: AbortSignal,
): Promise<readonly Answered[]> {
  const { config } = forward;
  const replies = asks.map((ask, i): Reply => ({
    ask,
    rng: rngFrom(ask.seed).split("reply"),
    tokens: [],
    prompt: prompts[i]!,
    ended: ask.maxTokens < 1 ? "length" : undefined,
  }));
  refuseForeignLayout(prompts, layout);
  const { past: prefix, fresh } = await prefixes.of(prompts[0]!.slice(0, layout.prefix), tokenizer.padding);
  // Never one row alone: a single row may take another path through the products and round differently.
  let rows = paired(replies);
  const { texts, places } = distinct(rows.map((r) => r.prompt.slice(layout.prefix)));
  const made = await forward.pass(causalPass(texts, layout.width, tokenizer.padding, prefix));
  let cache = cacheAfterPrompt(config, prefix, made, places, layout.width);
  await takeTokens(rows, rowsOf(made.resid, places, config.dModel));

  while (rows.some((r) => !r.ended)) {
    signal?.throwIfAborted();
    const going = [...new Set(rows.filter((r) => !r.ended))];
    // Rows that have ended are dropped once they are a quarter of the work: dropping copies the cache.
    if (going.length <= 0.75 * rows.length && rows.length > 2) {
      const kept = paired(going);
      cache = withRows(
        config,
        cache,
        kept.map((r) => rows.indexOf(r)),
      );
      rows = kept;
    }
    const all = cache.past.length + 1;
    const bias = new Float32Array(rows.length * all);
    const positions = new Int32Array(rows.length);
    rows.forEach((reply, r) => {
      const pad = layout.width - (reply.prompt.length - layout.prefix);
      bias.fill(MASKED, r * all + prefix.length, r * all + prefix.length + pad);
      bias.fill(MASKED, r * all + cache.used, r * all + cache.past.length);
      // A reply that has ended goes on for company's sake alone: it must not walk out of the context.
      positions[r] = reply.ended ? 0 : cache.used - pad;
    });
    const step = await forward.pass({
      rows: rows.length,
      width: 1,
      tokens: Int32Array.from(rows, (r) => r.tokens.at(-1) ?? tokenizer.padding),
      positions,
      bias,
      past: cache.past,
      select: rows.map((_, r) => r),
    });
    cache = appendToken(config, cache, step);
    await takeTokens(rows, step.resid);
  }
  return replies.map((reply, i) => ({
    answer: answerOf(reply),
    usage: {
      prefilled:
        (places.indexOf(places[i]!) === i ? reply.prompt.length - layout.prefix : 0) +
        (i === 0 && fresh ? layout.prefix : 0),
      decoded: reply.tokens.length,
    },
  }));

  function answerOf({ ended, tokens }: Reply): Answered["answer"] {
    if (ended === "overflow")
      return { kind: "failed", because: "the model's numbers overflowed: a logit is not finite" };
    return {
      kind: "wrote",
      text: tokenizer.decode(tokens),
      finish: { unified: ended!, raw: ended! },
      tokens: tokens.length,
    };
  }

  async function takeTokens(from: readonly Reply[], resid: Float32Array): Promise<void> {
    const next = from.every((r) => r.ask.temperature === 0)
      ? await forward.greedy(resid)
      : await drawn(from, resid);
    const seen = new Set<Reply>();
    from.forEach((reply, r) => {
      if (reply.ended || seen.has(reply)) return;
      seen.add(reply);
      const { token, logit } = next[r]!;
      if (!Number.isFinite(logit)) reply.ended = "overflow";
      else if (tokenizer.stops.has(token)) reply.ended = "stop";
      else {
        reply.tokens.push(token);
        if (reply.tokens.length >= reply.ask.maxTokens) reply.ended = "length";
      }
    });
  }

  /** Draws for the rows that want one. A row that has ended, or repeats another, draws nothing from its source. */
  async function drawn(from: readonly Reply[], resid: Float32Array): Promise<readonly Best[]> {
    const logits = await forward.logits(resid);
    return from.map((reply, r) => {
      const row = logits.subarray(r * config.dVocab, (r + 1) * config.dVocab);
      const token = argmax(row);
      const logit = row[token]!;
      const draws =
        reply.ask.temperature > 0 && !reply.ended && from.indexOf(reply) === r && Number.isFinite(logit);
      return draws
        ? { token: drawToken(row, reply.ask.temperature, reply.ask.topP, reply.rng), logit }
        : { token, logit };
    });
  }
}

function paired(replies: readonly Reply[]): readonly Reply[] {
  return replies.length === 1 ? [replies[0]!, replies[0]!] : replies;
}

/** The same prompt asked several times is prefilled once. `places`: the row of `texts` that each prompt is; at least two rows, as above. */
function distinct(prompts: readonly (readonly number[])[]): {
  readonly texts: readonly (readonly number[])[];
  readonly places: readonly number[];
} {
  const rows = new Map<string, number>();
  const texts: (readonly number[])[] = [];
  const places = prompts.map((prompt) => {
    const name = prompt.join(" ");
    const known = rows.get(name);
    if (known !== undefined) return known;
    rows.set(name, texts.length);
    return texts.push(prompt) - 1;
  });
  return { texts: texts.length === 1 ? [texts[0]!, texts[0]!] : texts, places };
}

function rowsOf(matrix: Float32Array, rows: readonly number[], width: number): Float32Array {
  const out = new Float32Array(rows.length * width);
  rows.forEach((row, r) => out.set(matrix.subarray(row * width, (row + 1) * width), r * width));
  return out;
}

/** A layout is only good for the prompts that it was planned for. */
function refuseForeignLayout(prompts: readonly (readonly number[])[], layout: WriteLayout): void {
  const fits = (prompt: readonly number[]) =>
    prompt.length > layout.prefix &&
    prompt.length - layout.prefix <= layout.width &&
    sharedPrefix([prompt, prompts[0]!]) >= layout.prefix;
  if (!prompts.every(fits)) {
    throw new TruelineError(
      "LAYOUT",
      `a batch of ${prompts.length} prompts does not fit its planned layout: ${layout.prefix} shared tokens, at most ${layout.width} more`,
    );
  }
}
