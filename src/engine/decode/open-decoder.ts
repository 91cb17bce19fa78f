// A running decoder: rows of texts side by side, where a text that ends makes room for the next one at once.

import { TruelineError } from "../../core/errors.ts";
import type { Forward } from "../forward/forward.ts";
import { checkRequest } from "./check-request.ts";
import { chooseTokens } from "./choose-tokens.ts";
import type { Decoder, DecodeRequest } from "./decoder.ts";
import { openPlaces } from "./places.ts";
import { planPrefill } from "./plan-prefill.ts";
import { openReply, type Reply, type ReplyTokenizer } from "./reply.ts";
import { prefillPass, stepPass } from "./row-passes.ts";
import { tokenDrawer } from "./token-drawer.ts";

export type DecoderOptions = {
  /** Texts that run side by side, at most. */
  readonly rows?: number;
  /** Slots of keys and values, rows times the longest text: where more would be needed, newcomers wait. One text is always let in. */
  readonly slots?: number;
  /** Prompt tokens between two steps of those that are being written: what a newcomer can hold others up by, and the size of a piece. */
  readonly prefillTokens?: number;
};

/** Tokens of one prefill pass where nobody is held up by it. */
const ALONE = 512;
/** Passes of prompts before writing begins, where nothing is being written yet. */
const FIRST_TOKENS = 2048;
/** A reply may be short of its limit: room is kept for this many tokens of it. */
const EXPECTED = 256;

/**
 * Each request is answered as if it were alone, up to rounding: its draws come from a source of its own, split from its seed by name.
 * Beginnings that texts share are run once and copied; long prompts are run in pieces between the steps of others. A lone row runs
 * alone, although ONNX Runtime rounds its products differently (about 3e-6 of a logit): audits need frozen batches of two and more,
 * these replies need no bit to be equal. A row's numbers stay after its reply, until its place is needed: the next turn of a
 * conversation only reads what is new. The decoder does not close `forward`.
 */
export function openDecoder(
  forward: Forward,
  tokenizer: ReplyTokenizer,
  options: DecoderOptions = {},
): Decoder {
  const { rows = 32, slots = 32_768, prefillTokens = 256 } = options;
  const { config } = forward;
  const { dModel, nCtx } = config;
  const places = openPlaces(config);
  const drawer = tokenDrawer();
  const waiting: Reply[] = [];
  const spoiled = new Set<Reply>();
  let requests = 0;
  let running: Promise<void> | undefined;
  let closed = false;

  return {
    decode: (request) => ({ [Symbol.asyncIterator]: () => begin(request).events }),
    close: async () => {
      closed = true;
      for (const reply of [...waiting, ...inRows()]) reply.fail(closedError());
      await running;
    },
  };

  function begin(request: DecodeRequest): Reply {
    const reply = openReply(requests++, request, tokenizer, nCtx);
    try {
      if (closed) throw closedError();
      checkRequest(request, config);
    } catch (error) {
      reply.fail(error);
    }
    if (!reply.over()) waiting.push(reply);
    running ??= run();
    return reply;
  }

  async function run(): Promise<void> {
    // Whoever asks in the same breath is let in together.
    await Promise.resolve();
    try {
      for (tidy(); waiting.length > 0 || inRows().length > 0; tidy()) await turn();
    } catch (error) {
      // A fault of the decoder itself: nobody may wait for ever.
      for (const reply of [...waiting.splice(0), ...inRows()]) {
        spoiled.add(reply);
        reply.fail(error);
      }
      tidy();
    }
    running = undefined;
  }

  async function turn(): Promise<void> {
    while (waiting.length > 0 && hasRoomFor(waiting[0]!)) places.admit(waiting.shift()!, rows);
    if (places.writing() > 0) await prefill(prefillTokens, prefillTokens);
    else for (let left = FIRST_TOKENS; left > 0 && places.reading() > 0;) left -= await prefill(ALONE, left);
    if (places.writing() > 0)
      await guarded(
        Array.from({ length: places.writing() }, (_, row) => row),
        step,
      );
  }

  function tidy(): void {
    for (let i = waiting.length - 1; i >= 0; i--) if (waiting[i]!.over()) waiting.splice(i, 1);
    places.sweep(spoiled, waiting.length === 0);
    spoiled.clear();
  }

  function inRows(): readonly Reply[] {
    return places.all.flatMap(({ reply }) => (reply ? [reply] : []));
  }

  function hasRoomFor(reply: Reply): boolean {
    const all = [...inRows(), reply];
    const longest = Math.max(
      ...all.map(({ request }) =>
        Math.min(nCtx, request.prompt.length + Math.min(request.maxTokens, EXPECTED)),
      ),
    );
    return all.length <= rows && (all.length === 1 || all.length * longest <= slots);
  }

  /** Runs prompts, those first that have waited longest for a turn, until `limit` tokens are spent. @returns tokens spent, padding included */
  async function prefill(passTokens: number, limit: number): Promise<number> {
    const readable = places.readable();
    const pieces = readable.map((row) => {
      const { tokens, used } = places.all[row]!;
      return { past: used, tokens: Math.min(passTokens, tokens.length - used) };
    });
    const oldest = (group: readonly number[]) =>
      Math.min(...group.map((i) => places.all[readable[i]!]!.turn));
    const groups = [...planPrefill(pieces, passTokens)].sort((a, b) => oldest(a) - oldest(b));
    let spent = 0;
    for (const group of groups) {
      if (spent >= limit) break;
      spent += group.length * Math.max(...group.map((i) => pieces[i]!.tokens));
      await guarded(
        group.map((i) => readable[i]!),
        (members) => read(members, passTokens),
      );
    }
    tidy();
    const end = places.writing() + places.reading();
    for (let row = places.writing(); row < end; row++) {
      const { used, tokens, reply } = places.all[row]!;
      if (used === tokens.length - 1 && tokens.length > reply!.request.prompt.length) places.promote(row);
    }
    return Math.max(1, spent);
  }

  /** A piece of each of these prompts. Nothing is kept before all of the pass has succeeded. */
  async function read(members: readonly number[], passTokens: number): Promise<void> {
    const held = members.map((row) => places.all[row]!);
    const pieces = held.map(({ used, tokens }) => ({
      past: used,
      tokens: tokens.slice(used, used + passTokens),
    }));
    places.lengthen(Math.max(...held.map(({ tokens }) => tokens.length)) + 1);
    const past = Math.max(...pieces.map((p) => p.past));
    const pass = prefillPass(pieces, past === 0 ? forward.emptyPast : places.table.gather(members, past));
    const made = await forward.pass(pass);
    const done = members.flatMap((_, i) =>
      pieces[i]!.past + pieces[i]!.tokens.length === held[i]!.tokens.length ? [i] : [],
    );
    const choices = await choicesOf(
      done.map((i) => held[i]!.reply!),
      rowsOf(made.resid, done),
    );
    members.forEach((row, i) => {
      const place = held[i]!;
      const { length } = pieces[i]!.tokens;
      places.table.put(row, place.used, { made, width: pass.width, row: i }, length);
      place.used += length;
      place.turn += places.all.length;
      if (!isFinite(made.resid, i)) overflow(place.reply!);
    });
    done.forEach((i, n) => take(held[i]!.reply!, choices[n]));
  }

  /** One token for each of these rows. */
  async function step(members: readonly number[]): Promise<void> {
    const held = members.map((row) => places.all[row]!);
    places.lengthen(Math.max(...held.map(({ used }) => used)) + 1);
    const inPlace = members.every((row, i) => row === i);
    const made = await forward.pass(
      stepPass(
        held.map(({ used, tokens }) => ({ past: used, token: tokens[used]! })),
        inPlace ? places.table.past(members.length) : places.table.gather(members, places.table.length()),
      ),
    );
    const choices = await choicesOf(
      held.map(({ reply }) => reply!),
      made.resid,
    );
    members.forEach((row, i) => {
      const place = held[i]!;
      places.table.put(row, place.used, { made, width: 1, row: i }, 1);
      place.used++;
      if (!isFinite(made.resid, i)) overflow(place.reply!);
      take(place.reply!, choices[i]);
    });
  }

  async function choicesOf(replies: readonly Reply[], resid: Float32Array) {
    return replies.every((reply) => reply.over())
      ? replies.map(() => undefined)
      : await chooseTokens(forward, drawer, replies, resid);
  }

  function take(reply: Reply, choice: Awaited<ReturnType<typeof choicesOf>>[number]): void {
    if (reply.over()) return;
    if (!choice) return overflow(reply);
    try {
      reply.take(choice);
    } catch (error) {
      reply.fail(error);
    }
  }

  /** Its row holds numbers that would spoil whoever comes after. */
  function overflow(reply: Reply): void {
    spoiled.add(reply);
    reply.fail(new TruelineError("NOT_FINITE", "the model's numbers overflowed: a logit is not finite"));
  }

  /** A pass that fails is run again row by row: only who fails alone has failed. */
  async function guarded(
    members: readonly number[],
    work: (members: readonly number[]) => Promise<void>,
  ): Promise<void> {
    try {
      await work(members);
    } catch (error) {
      if (members.length === 1) {
        const { reply } = places.all[members[0]!]!;
        spoiled.add(reply!);
        reply!.fail(error);
      } else for (const row of members) await guarded([row], work);
    }
  }

  function isFinite(resid: Float32Array, row: number): boolean {
    return resid.subarray(row * dModel, (row + 1) * dModel).every((x) => Number.isFinite(x));
  }

  function rowsOf(resid: Float32Array, which: readonly number[]): Float32Array {
    const out = new Float32Array(which.length * dModel);
    which.forEach((row, i) => out.set(resid.subarray(row * dModel, (row + 1) * dModel), i * dModel));
    return out;
  }
}

function closedError(): TruelineError {
  return new TruelineError("DECODER_CLOSED", "the decoder was closed before this reply was written");
}
