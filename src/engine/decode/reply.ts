// One reply in the making: its tokens, its text cut at stop texts, and what is told of it.

import { rngFrom } from "../../stats/rng.ts";
import { textStream } from "../tokenizer/text-stream.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { DecodeEvent, DecodeRequest } from "./decoder.ts";
import { eventQueue } from "./event-queue.ts";
import { stopTexts } from "./stop-texts.ts";

export type Choice = {
  readonly token: number;
  readonly logprobs?: Extract<DecodeEvent, { readonly kind: "token" }>["logprobs"];
};

export type Reply = {
  /** Requests are counted as they come. */
  readonly id: number;
  readonly request: DecodeRequest;
  /** The prompt, then what is written. */
  readonly tokens: readonly number[];
  readonly events: AsyncIterator<DecodeEvent, undefined>;
  /** Nothing more is wanted: it has ended, failed, or nobody listens. */
  over(): boolean;
  /** The reply's next uniform draw: one for each token drawn, whatever else runs. */
  uniform(): number;
  take(choice: Choice): void;
  fail(error: unknown): void;
};

/** What of a tokenizer a reply needs: where it ends, and its text token by token. */
export type ReplyTokenizer = Pick<Tokenizer, "stops"> & Parameters<typeof textStream>[0];

/** A reply that is aborted, or whose listener leaves, is over at once. @param nCtx tokens that the context holds */
export function openReply(
  id: number,
  request: DecodeRequest,
  tokenizer: ReplyTokenizer,
  nCtx: number,
): Reply {
  const { signal, prompt, maxTokens } = request;
  const rng = rngFrom(request.seed).split("reply");
  const tokens = [...prompt];
  const deltas = textStream(tokenizer);
  const stops = stopTexts(request.stops ?? []);
  let over = false;

  const close = () => {
    over = true;
    signal?.removeEventListener("abort", abort);
  };
  const queue = eventQueue<DecodeEvent>(close);
  const fail = (error: unknown) => {
    if (over) return;
    close();
    queue.fail(error);
  };
  function abort(): void {
    fail(signal?.reason);
  }
  const end = (finish: "stop" | "length", text: string) => {
    close();
    queue.push({
      kind: "end",
      text,
      finish,
      promptTokens: prompt.length,
      completionTokens: tokens.length - prompt.length,
    });
    queue.end();
  };
  /** What is still open, be it half a character or half a stop text; the former may complete the latter. */
  const rest = (): { readonly text: string; readonly stopped: boolean } => {
    const last = stops.push(deltas.end());
    return last.stopped ? last : { text: last.text + stops.end(), stopped: false };
  };

  if (signal?.aborted) fail(signal.reason);
  else signal?.addEventListener("abort", abort);

  return {
    id,
    request,
    tokens,
    events: queue.iterator,
    over: () => over,
    uniform: () => rng.uniform(),
    take: ({ token, logprobs }) => {
      if (over) return;
      if (tokenizer.stops.has(token)) return end("stop", rest().text);
      const { text, stopped } = stops.push(deltas.push(token));
      tokens.push(token);
      queue.push({ kind: "token", token, text, ...(logprobs ? { logprobs } : {}) });
      if (stopped) return end("stop", "");
      if (tokens.length - prompt.length >= maxTokens || tokens.length >= nCtx) {
        const last = rest();
        end(last.stopped ? "stop" : "length", last.text);
      }
    },
    fail,
  };
}
