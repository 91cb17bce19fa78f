// One request from its first guard to its last byte, whatever comes of it.

import type { IncomingMessage, ServerResponse } from "node:http";
import { sendFault, sendJson, type Task, type Used } from "./answer.ts";
import { ApiFault } from "./api-fault.ts";
import { faultOf } from "./fault-of.ts";
import { guardKey, guardOrigin } from "./guard.ts";
import { readJson } from "./read-json.ts";
import { pathOf, routeOf } from "./route.ts";
import type { ServeLimits, ServeOptions } from "./serve-options.ts";

/** What all requests of a server share. */
export type Shared = Pick<Task, "model" | "places" | "seed" | "started"> & {
  readonly options: ServeOptions;
  readonly limits: ServeLimits;
  readonly port: () => number;
  /** Requests that are decoded or wait for it. */
  readonly underWay: Set<AbortController>;
  readonly stopping: () => boolean;
};

class ClientLeft extends Error {}

/** Never rejects. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  shared: Shared,
): Promise<void> {
  const { clock, newId, onRequest } = shared.options;
  const began = clock.ticks();
  const id = newId();
  const abort = new AbortController();
  response.on("close", () => {
    if (!response.writableFinished) abort.abort(new ClientLeft("the client left"));
  });
  response.on("error", () => undefined);
  response.setHeader("x-request-id", `req_${id}`);
  let used: Used | undefined;
  let fault: string | undefined;
  try {
    used = await answer(request, response, shared, abort, id);
  } catch (error) {
    const known = faultOf(error);
    if (!(abort.signal.reason instanceof ClientLeft)) {
      fault = error instanceof ApiFault ? error.message : stackOf(error);
      sendFault(response, known);
    }
  }
  await finished(response);
  onRequest({
    method: request.method ?? "",
    path: pathOf(request.url),
    // 499: what other servers write where nobody was left to be answered.
    status: response.headersSent ? response.statusCode : 499,
    ...(used ? { used } : {}),
    seconds: (clock.ticks() - began) / 1000,
    ...(fault === undefined ? {} : { fault }),
    ...(response.writableFinished ? {} : { left: true as const }),
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  shared: Shared,
  abort: AbortController,
  id: string,
): Promise<Used | undefined> {
  const { options, limits, underWay } = shared;
  guardOrigin(request, shared.port());
  const route = routeOf(request);
  if (route.kind === "health") {
    sendJson(response, 200, { status: shared.stopping() ? "stopping" : "ok" });
    return undefined;
  }
  if (options.apiKey !== undefined) guardKey(request, options.apiKey);
  const task: Task = {
    ...shared,
    response,
    id,
    signal: abort.signal,
    created: Math.floor(options.clock.now() / 1000),
    stallMs: limits.stallMs,
  };
  if (route.kind === "read") {
    route.answer(task);
    return undefined;
  }
  const body = await readJson(request, limits.bodyBytes);
  if (shared.stopping())
    throw new ApiFault(503, "server_error", "the server is stopping", { headers: { connection: "close" } });
  if (underWay.size >= limits.requests)
    throw new ApiFault(429, "requests", `${underWay.size} requests are under way: try again later`, {
      code: "rate_limit_exceeded",
      headers: { "retry-after": "1" },
    });
  underWay.add(abort);
  try {
    return await route.answer(body, task);
  } finally {
    underWay.delete(abort);
  }
}

function finished(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.writableFinished || response.closed || response.destroyed) resolve();
    else response.once("finish", resolve).once("close", resolve);
  });
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
