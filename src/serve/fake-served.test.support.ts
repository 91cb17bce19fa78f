// A served model without weights: bytes and two words are its tokens, a script says what it writes, and it can be held mid-reply.

import type { DecodeEvent, DecodeRequest, TokenLogprob } from "../engine/decode/decoder.ts";
import { stopTexts } from "../engine/decode/stop-texts.ts";
import { textStream } from "../engine/tokenizer/text-stream.ts";
import type { ServedModel } from "./served-model.ts";

export const EOS = 256;
const words = [" Paris", " is", " über"];
const WORD = 257;

export const bytesOf = (token: number): Uint8Array =>
  token < 256
    ? Uint8Array.of(token)
    : token === EOS
      ? Buffer.from("<|end|>")
      : Buffer.from(words[token - WORD] ?? "?");

/** Greedy: the words where they fit, else bytes. */
export function tokensOf(text: string): number[] {
  const found: number[] = [];
  for (let rest = Buffer.from(text); rest.length > 0;) {
    const word = words.findIndex((w) => rest.subarray(0, Buffer.byteLength(w)).equals(Buffer.from(w)));
    found.push(word < 0 ? rest[0]! : WORD + word);
    rest = rest.subarray(word < 0 ? 1 : Buffer.byteLength(words[word]!));
  }
  return found;
}

/** -1/8 for the token itself, then falling: exact in binary, so that tests can name the numbers. */
export function scoresAt(
  token: number,
  k: number,
): { readonly chosen: number; readonly top: readonly TokenLogprob[] } {
  const others = [65, 66, 67, 68, 69, 70].filter((t) => t !== token);
  const top = [token, ...others].map((t, i) => ({ token: t, logprob: -(2 ** (i - 3)) }));
  return { chosen: -0.125, top: top.slice(0, k) };
}

/** Settles when the signal aborts. */
function endOf(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener("abort", () => resolve(), { once: true }));
}

export type FakeServed = {
  readonly model: ServedModel;
  readonly asked: DecodeRequest[];
  /** How many replies are being written. */
  readonly writing: () => number;
  /** Replies whose signal or listener ended them. */
  readonly aborted: () => number;
};

export type Conduct = {
  /** The text to write; an error is thrown at that place. By default the seed at a temperature, " Paris is über" without. */
  readonly write?: (request: DecodeRequest) => string;
  /** Waited for before each token but the first. */
  readonly hold?: () => Promise<void>;
  /** Thrown before anything is written, or after two tokens. */
  readonly fail?: {
    readonly error: Error;
    readonly after: 0 | 2;
    readonly when?: (request: DecodeRequest) => boolean;
  };
  readonly context?: number;
};

export function fakeServed({ write, hold, fail, context = 200 }: Conduct = {}): FakeServed {
  const asked: DecodeRequest[] = [];
  let writing = 0;
  let aborted = 0;
  const replyTo =
    write ?? (({ temperature, seed }) => (temperature > 0 ? `drawn ${seed}` : " Paris is über"));

  async function* decode(request: DecodeRequest): AsyncGenerator<DecodeEvent> {
    asked.push(request);
    writing++;
    let whole = false;
    try {
      yield* written(request);
      whole = true;
    } finally {
      writing--;
      if (!whole) aborted++;
    }
  }

  async function* written(request: DecodeRequest): AsyncGenerator<DecodeEvent> {
    const { prompt, maxTokens, signal, topLogprobs } = request;
    const deltas = textStream({
      tokenBytes: (id) => bytesOf(id),
      special: new Set(),
      dropsFirstSpace: false,
    });
    const stops = stopTexts(request.stops ?? []);
    const end = (finish: "stop" | "length", text: string, completionTokens: number): DecodeEvent => ({
      kind: "end",
      text,
      finish,
      promptTokens: prompt.length,
      completionTokens,
    });
    let count = 0;
    for (const token of tokensOf(replyTo(request))) {
      if (fail?.after === count && fail.when?.(request) !== false) throw fail.error;
      if (count > 0 && hold) await Promise.race([hold(), endOf(signal)]);
      signal?.throwIfAborted();
      const { text, stopped } = stops.push(deltas.push(token));
      count++;
      yield {
        kind: "token",
        token,
        text,
        ...(topLogprobs === undefined ? {} : { logprobs: scoresAt(token, topLogprobs) }),
      };
      if (stopped) return yield end("stop", "", count);
      if (count === maxTokens) return yield end("length", stops.push(deltas.end()).text + stops.end(), count);
    }
    yield end("stop", stops.push(deltas.end()).text + stops.end(), count);
  }

  const model: ServedModel = {
    id: "fake-1",
    fingerprint: "fp_fake",
    context,
    tokens: {
      vocabulary: WORD + words.length,
      longest: 7,
      speaks: true,
      stops: new Set([EOS]),
      encodeChat: (messages) =>
        tokensOf(messages.map(({ role, content }) => `${role[0]}:${content}\n`).join("")),
      encodeText: tokensOf,
      bytesOf,
    },
    decoder: { decode, close: async () => undefined },
    // The last of " Paris" is followed by the end; anything else by an A.
    scorePrompt: async (prompt, top) => ({
      places: prompt.slice(1).map((token) => {
        const { chosen, top: listed } = scoresAt(token, top);
        return { logprob: chosen, top: listed };
      }),
      next: scoresAt(prompt.at(-1) === WORD ? EOS : 65, Math.max(1, top)).top,
    }),
  };
  return { model, asked, writing: () => writing, aborted: () => aborted };
}
