// From what the SDK made of a reply to an answer: text, ending and tokens, each believed only as far as it makes sense.

import type { Finish, Usage } from "../../core/observation.ts";
import type { WriteAsk } from "../../core/sample.ts";
import type { Answered } from "../model.ts";

const CHARACTERS_A_TOKEN = 4;
const TOKENS_A_TURN = 4;
const MOST_TOKENS = 1e9;
const RAW_SHOWN = 40;

export type Reply = {
  readonly text: string;
  readonly finishReason: string;
  readonly rawFinishReason: string | undefined;
  readonly toolCalls: readonly unknown[];
  readonly usage: {
    readonly inputTokens: number | undefined;
    readonly outputTokens: number | undefined;
  };
};

/** What an ask costs where the server does not count: four characters to a token. */
export function estimatedUsage(ask: WriteAsk, reply: string): Usage {
  const prompt = ask.messages.reduce((sum, { content }) => sum + TOKENS_A_TURN + tokensIn(content), 0);
  return { prefilled: prompt, decoded: tokensIn(reply) };
}

/** @param said what the model said, without what must not be stored */
export function readReply(ask: WriteAsk, reply: Reply, said: (text: string) => string): Answered {
  const estimate = estimatedUsage(ask, reply.text);
  const usage: Usage = {
    prefilled: counted(reply.usage.inputTokens, estimate.prefilled),
    decoded: counted(reply.usage.outputTokens, estimate.decoded),
  };
  if (reply.toolCalls.length > 0 || reply.finishReason === "tool-calls") {
    return { answer: { kind: "failed", because: "the reply calls a tool, and none was offered" }, usage };
  }
  const finish: Finish = {
    unified: ENDINGS[reply.finishReason] ?? "other",
    raw: said(reply.rawFinishReason ?? reply.finishReason).slice(0, RAW_SHOWN),
  };
  return { answer: { kind: "wrote", text: said(reply.text), finish, tokens: usage.decoded }, usage };
}

const ENDINGS: Readonly<Record<string, Finish["unified"]>> = {
  stop: "stop",
  length: "length",
  "content-filter": "filter",
};

/** A count of zero where there was something to count is none either: servers that do not count send it. */
function counted(value: number | undefined, estimate: number): number {
  return value !== undefined && Number.isSafeInteger(value) && value > 0 && value <= MOST_TOKENS
    ? value
    : estimate;
}

function tokensIn(text: string): number {
  return Math.ceil(text.length / CHARACTERS_A_TOKEN);
}
