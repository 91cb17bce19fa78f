// Many requests at once, each answer as a whole.

import type { Decoder, DecodeEvent, DecodeRequest } from "./decoder.ts";

export type Decoded = {
  readonly text: string;
  /** As generated; the end-of-text token is not among them. */
  readonly tokens: readonly number[];
  readonly finish: "stop" | "length";
  readonly promptTokens: number;
  /** One for each token, where the request asked for them. */
  readonly logprobs: readonly Logprobs[];
};

type Logprobs = NonNullable<Extract<DecodeEvent, { readonly kind: "token" }>["logprobs"]>;

/** Results in the order of the requests. @throws what the first request to fail throws, after all others have ended. */
export async function decodeAll(
  decoder: Decoder,
  requests: readonly DecodeRequest[],
): Promise<readonly Decoded[]> {
  const settled = await Promise.allSettled(requests.map((request) => decodeOne(decoder, request)));
  return settled.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

async function decodeOne(decoder: Decoder, request: DecodeRequest): Promise<Decoded> {
  const tokens: number[] = [];
  const logprobs: Logprobs[] = [];
  let text = "";
  for await (const event of decoder.decode(request)) {
    text += event.text;
    if (event.kind === "end")
      return { text, tokens, finish: event.finish, promptTokens: event.promptTokens, logprobs };
    tokens.push(event.token);
    if (event.logprobs) logprobs.push(event.logprobs);
  }
  throw new Error("a decoder's events ended without an end");
}
