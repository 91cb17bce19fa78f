// What the tests of the decoder share: a tiny model whose passes are written down, requests, and the same replies by plain loops.

import { plainForward } from "../../../test/engine/plain-forward.ts";
import { engineWeights, tinyCheckpoint, tinyConfig } from "../../../test/engine/tiny-llama.ts";
import { rngFrom } from "../../stats/rng.ts";
import { openForward, type Forward, type Pass } from "../forward/forward.ts";
import { decodeAll } from "./decode-all.ts";
import type { DecodeRequest } from "./decoder.ts";
import type { ReplyTokenizer } from "./reply.ts";
import { openDecoder, type DecoderOptions } from "./open-decoder.ts";

const checkpoint = tinyCheckpoint();

/** Random token ids: the same ones for the same name. */
export function tokensFrom(name: string): (count: number) => readonly number[] {
  const rng = rngFrom(name);
  return (count) => Array.from({ length: count }, () => rng.int(tinyConfig.dVocab));
}

/** Token ids in words, so that a reply's text shows its tokens. */
export const numbers = (stops: readonly number[] = []): ReplyTokenizer => ({
  stops: new Set(stops),
  special: new Set(),
  dropsFirstSpace: false,
  tokenBytes: (id) => new TextEncoder().encode(`${id} `),
});

export const ask = (prompt: readonly number[], change: Partial<DecodeRequest> = {}): DecodeRequest => ({
  prompt,
  maxTokens: 10,
  temperature: 0,
  topP: 1,
  seed: 1,
  ...change,
});

export type Watched = { readonly forward: Forward; readonly passes: Pass[] };

/** A forward whose passes are written down, and changed where `meddle` wants it. */
export async function withForward<T>(
  use: (watched: Watched) => Promise<T>,
  meddle: (pass: Pass, run: Forward["pass"]) => ReturnType<Forward["pass"]> = (pass, run) => run(pass),
): Promise<T> {
  const inner = await openForward(tinyConfig, engineWeights(checkpoint), { threads: 1, weightsAs: "inputs" });
  const passes: Pass[] = [];
  const forward: Forward = {
    ...inner,
    pass: (pass) => {
      passes.push(pass);
      return meddle(pass, (changed) => inner.pass(changed));
    },
  };
  try {
    return await use({ forward, passes });
  } finally {
    await inner.close();
  }
}

export async function decodeWith(
  forward: Forward,
  requests: readonly DecodeRequest[],
  options: DecoderOptions = {},
  tokenizer = numbers(),
) {
  const decoder = openDecoder(forward, tokenizer, options);
  const decoded = await decodeAll(decoder, requests);
  await decoder.close();
  return decoded;
}

/** Greedy, each step from the beginning by plain loops. Also the smallest lead that a chosen token had. */
export function writtenOut(prompt: readonly number[], count: number) {
  const text = [...prompt];
  let lead = Infinity;
  while (text.length < prompt.length + count) {
    const logits = plainForward(tinyConfig, checkpoint, text).logits.at(-1)!;
    const [first, second] = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!);
    lead = Math.min(lead, logits[first!]! - logits[second!]!);
    text.push(first!);
  }
  return { tokens: text.slice(prompt.length), lead };
}
