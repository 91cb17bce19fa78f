// What an endpoint works with, and how an answer leaves: as one JSON, or as a stream of events that waits for its reader.

import type { ServerResponse } from "node:http";
import { ApiFault, faultBody } from "./api-fault.ts";
import type { ServedModel } from "./served-model.ts";
import type { Slots } from "./slots.ts";

export type Task = {
  readonly model: ServedModel;
  readonly places: Slots;
  readonly response: ServerResponse;
  readonly signal: AbortSignal;
  /** Seconds since the epoch, of this request and of the server. */
  readonly created: number;
  readonly started: number;
  /** A name that no other reply has. */
  readonly id: string;
  /** A seed for a request that has none. */
  readonly seed: () => number;
  /** How long a reader may take no byte before it is given up. */
  readonly stallMs: number;
};

export type Used = { readonly promptTokens: number; readonly completionTokens: number };

/** No other site may embed an answer, and nothing keeps it. */
const HEADERS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...HEADERS,
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

export function sendFault(response: ServerResponse, fault: ApiFault): void {
  if (!response.headersSent) return sendJson(response, fault.status, faultBody(fault), fault.details.headers);
  // The status has gone out as 200 already: the stream says it, and ends without [DONE].
  response.end(event(faultBody(fault)));
}

/** Sends each part as an event of its own, then `[DONE]`. Nothing goes out before the first part is there. */
export async function sendEvents(task: Task, parts: AsyncIterable<unknown>): Promise<void> {
  const { response } = task;
  for await (const part of parts) {
    if (!response.headersSent)
      response.writeHead(200, { ...HEADERS, "content-type": "text/event-stream; charset=utf-8" });
    if (!response.write(event(part))) await drained(task);
  }
  response.end("data: [DONE]\n\n");
}

function event(part: unknown): string {
  return `data: ${JSON.stringify(part)}\n\n`;
}

function drained({ response, signal, stallMs }: Task): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (result: () => void) => {
      clearTimeout(timer);
      response.off("drain", onDrain);
      signal.removeEventListener("abort", onAbort);
      result();
    };
    const onDrain = () => settle(resolve);
    const onAbort = () => settle(() => reject(signal.reason as Error));
    const timer = setTimeout(() => {
      settle(() => reject(new ApiFault(408, "server_error", "the reader took nothing for too long")));
      response.destroy();
    }, stallMs);
    response.on("drain", onDrain);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}
