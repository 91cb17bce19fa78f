// What the terminal shows of a server: how to reach it, and one line a request.

import { shellWord } from "../core/shell-word.ts";
import { visible } from "../core/visible.ts";
import type { ServedRequest } from "./serve-options.ts";

const SHOWN = 120;

export type Shown = {
  readonly url: string;
  readonly id: string;
  readonly title: string;
  readonly context: number;
  readonly engine: string;
  readonly selfCheck: string;
  /** The variable that holds the key, where one is wanted. */
  readonly keyEnv?: string;
};

export function startText({ url, id, title, context, engine, selfCheck, keyEnv }: Shown): string {
  const body = JSON.stringify({ model: id, messages: [{ role: "user", content: "Hello" }], max_tokens: 40 });
  const key = keyEnv === undefined ? "" : ` -H "authorization: Bearer $${keyEnv}"`;
  return [
    `${visible(id)} is served at ${url}`,
    `  ${visible(title)}; context ${context} tokens; ${engine}`,
    `  ${selfCheck}`,
    `  ${keyEnv === undefined ? "no key is asked for" : `the key is the value of ${keyEnv}`}; this machine only; Ctrl-C ends it`,
    "try:",
    `  curl ${url}/chat/completions -H 'content-type: application/json'${key} -d ${visible(shellWord(body))}`,
  ].join("\n");
}

/** As in `POST /v1/completions 200, 12 + 34 tokens, 1.2 s`: tokens read and written. */
export function requestLine({ method, path, status, used, seconds, fault, left }: ServedRequest): string {
  const shown = visible(path.length > SHOWN ? `${path.slice(0, SHOWN)}…` : path);
  return [
    `${visible(method)} ${shown} ${status}`,
    ...(used ? [`${used.promptTokens} + ${used.completionTokens} tokens`] : []),
    `${seconds.toFixed(seconds < 10 ? 2 : 0)} s`,
    ...(left ? ["the client left before the end"] : []),
    ...(fault === undefined ? [] : [visible(fault)]),
  ].join(", ");
}
