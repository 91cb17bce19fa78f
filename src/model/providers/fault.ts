// What went wrong with a request, in words that hold no key, and whether it is worth another try.

import { APICallError } from "ai";
import type { RetryCause } from "../limits/index.ts";

export type Fault = {
  readonly because: string;
  readonly status: number | undefined;
  /** Why another try may help; absent where it would not. */
  readonly retry?: RetryCause;
  readonly headers: Readonly<Record<string, string>> | undefined;
};

const WORTH_ANOTHER_TRY = new Set([408, 409, 425]);
const SHOWN = 200;

export function faultOf(error: unknown, apiKey: string | undefined): Fault {
  const say = (text: string) => withoutKey(oneLine(text), apiKey).slice(0, SHOWN);
  if (APICallError.isInstance(error)) {
    const { statusCode: status, responseHeaders: headers } = error;
    if (status === undefined)
      return {
        because: `no answer from the server: ${say(causeOf(error))}`,
        status,
        retry: "network",
        headers,
      };
    if (status < 400)
      return { because: `the server's answer can't be read: ${say(error.message)}`, status, headers };
    const because = `the server answered ${status}: ${say(error.message)}`;
    if (status === 429) return { because, status, retry: "throttled", headers };
    return WORTH_ANOTHER_TRY.has(status) || status >= 500
      ? { because, status, retry: "server", headers }
      : { because, status, headers };
  }
  if (error instanceof Error && error.name === "TimeoutError")
    return { because: "the request took too long", status: undefined, retry: "timeout", headers: undefined };
  return {
    because: `the server's answer can't be read: ${say(causeOf(error))}`,
    status: undefined,
    headers: undefined,
  };
}

/** The text without the key, in whatever part of it the server has sent it back. */
export function withoutKey(text: string, apiKey: string | undefined): string {
  return apiKey === undefined || apiKey === "" ? text : text.replaceAll(apiKey, "[key]");
}

function causeOf(error: unknown): string {
  const causes: string[] = [];
  for (let at: unknown = error; at instanceof Error && causes.length < 4; at = at.cause)
    causes.push(at.message);
  return causes.length > 0 ? [...new Set(causes)].join(": ") : String(error);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}
