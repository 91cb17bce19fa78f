// What went wrong with a request, in words that hold no key: a reason to try again, a failed answer, or a setup that nothing can work with.

import { APICallError } from "ai";
import { SetupError } from "../../core/errors.ts";
import type { Usage } from "../../core/observation.ts";
import { retryAfterMs, type Attempt } from "../limits/index.ts";
import { AnswerTooLong } from "./bounded-fetch.ts";
import type { KeyGuard } from "./key-guard.ts";

/** What is known of the server at the time of the fault. */
export type Contact = {
  readonly host: string;
  readonly model: string;
  readonly guard: KeyGuard;
  /** The server has sent anything at all before. */
  readonly reached: boolean;
  /** A reply could be read before. */
  readonly answered: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What a request costs that was answered, but not in a way that says how many tokens it took. */
  readonly worst: Usage;
};

const WORTH_ANOTHER_TRY = new Set([408, 409, 425]);
/** Faults of a connection that may be gone the next time; any other before the first contact is the setup's. */
const PASSING =
  /^(?:ECONNRESET|EPIPE|ETIMEDOUT|EAI_AGAIN|UND_ERR_(?:SOCKET|HEADERS_TIMEOUT|BODY_TIMEOUT|CONNECT_TIMEOUT))$/u;
const NOTHING: Usage = { prefilled: 0, decoded: 0 };

/** @throws SetupError when the fault is one that every ask would meet. */
export function attemptOf(error: unknown, contact: Contact): Attempt {
  if (isNamed(error, "TimeoutError"))
    return { kind: "again", cause: "timeout", because: "the request took too long" };
  if (!APICallError.isInstance(error)) return unreadable(detailOf(error), contact);
  const status = error.statusCode;
  if (status === undefined) return unreachable(error, contact);
  if (status >= 200 && status < 300) {
    return codeOf(error) !== undefined || error.isRetryable
      ? {
          kind: "again",
          cause: "network",
          because: `the answer broke off: ${codeOf(error) ?? "connection lost"}`,
        }
      : unreadable(detailOf(error), contact);
  }
  refuseHopeless(error, status, contact);
  const because = `the server answered ${status}: ${contact.guard.quoted(error.message)}`;
  const afterMs = retryAfterMs(error.responseHeaders, contact.now);
  const after = afterMs === undefined ? {} : { afterMs };
  if (status === 429) return { kind: "again", cause: "throttled", because, ...after };
  if (status >= 500 || WORTH_ANOTHER_TRY.has(status))
    return { kind: "again", cause: "server", because, ...after };
  return failed(because, NOTHING, !contact.answered);
}

function unreachable(error: unknown, { host, reached, guard }: Contact): Attempt {
  const code = codeOf(error);
  const because = `no answer from the server: ${code ?? guard.quoted(messagesOf(error))}`;
  if (reached || PASSING.test(code ?? "")) return { kind: "again", cause: "network", because };
  throw new SetupError("SERVER", `${host}: ${because}`, {
    hint: "Is the server running, and is --base-url right?",
  });
}

/** An answer that may have cost its tokens, and says nothing. */
function unreadable(what: string, { worst }: Contact): Attempt {
  return failed(`the server's answer can't be read: ${what}`, worst, true);
}

function failed(because: string, usage: Usage, suspect: boolean): Attempt {
  const answered = { answer: { kind: "failed", because }, usage } as const;
  return suspect ? { kind: "answered", answered, suspect } : { kind: "answered", answered };
}

/** Statuses that say: no ask will fare better. The server's words on keys are not quoted: it may repeat a part of one. */
function refuseHopeless(error: APICallError, status: number, { host, model, answered }: Contact): void {
  const refuse = (what: string, hint: string): never => {
    throw new SetupError("SERVER", `${host}: the server answered ${status}: ${what}`, { hint });
  };
  if (status === 401) {
    refuse(
      "the key is missing or not accepted",
      "Put a valid key into the environment variable that --api-key-env names.",
    );
  }
  if (status === 402 || (status === 429 && errorCodeOf(error) === "insufficient_quota")) {
    refuse(
      "the account has no credit left",
      "See to the account, then give the same command again: it goes on with what is stored.",
    );
  }
  if (answered) return;
  if (status === 403)
    refuse(
      "this is not allowed to the key",
      `The key may not use the model ${JSON.stringify(model)}: check its rights.`,
    );
  if (status === 404) {
    refuse(
      "there is nothing of that name",
      `Check --base-url (it usually ends in /v1) and the model's name, ${JSON.stringify(model)}.`,
    );
  }
  if (status >= 300 && status < 400) {
    refuse(
      "it sends requests elsewhere",
      "Give the address that it names as --base-url; often https instead of http.",
    );
  }
}

function errorCodeOf(error: APICallError): unknown {
  const data = error.data as { error?: { code?: unknown; type?: unknown } } | undefined;
  return data?.error?.code ?? data?.error?.type;
}

/** Fixed words per fault: what the server sent is not quoted, since an answer that can't be read may hold anything. */
function detailOf(error: unknown): string {
  const chain = chainOf(error);
  const tooLong = chain.find((one) => one instanceof AnswerTooLong);
  if (tooLong !== undefined) return tooLong.message;
  if (chain.some((one) => isNamed(one, "AI_JSONParseError"))) return "it is no JSON";
  if (chain.some((one) => isNamed(one, "AI_InvalidResponseDataError"))) return "it holds no reply";
  if (chain.some((one) => isNamed(one, "AI_TypeValidationError")))
    return "it has another form than the protocol's";
  return "its form is unknown";
}

function messagesOf(error: unknown): string {
  return [...new Set(chainOf(error).map((one) => one.message))].join(": ");
}

function codeOf(error: unknown): string | undefined {
  const codes = chainOf(error).map((one) => (one as Error & { code?: unknown }).code);
  return codes.find((code): code is string => typeof code === "string" && /^[A-Z0-9_]+$/u.test(code));
}

function chainOf(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < 8; at = at.cause) chain.push(at);
  return chain;
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
