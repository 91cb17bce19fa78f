// A choice put to a model that can only write: the same words, answered freely, in which the options are looked for later.

import type { Ask, WriteAsk } from "../core/sample.ts";

export function asWritten(ask: Ask, maxTokens: number): WriteAsk {
  if (ask.kind === "write") return ask;
  const opening = ask.opening === "" ? {} : { opening: ask.opening };
  return { kind: "write", messages: ask.messages, ...opening, maxTokens, temperature: 0, topP: 1, seed: 0 };
}
