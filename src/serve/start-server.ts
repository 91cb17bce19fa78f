// The server: on 127.0.0.1 and nowhere else, with time limits for slow clients, and an end that lets running requests finish.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SetupError } from "../core/errors.ts";
import { answerRequest, type Shared } from "./answer-request.ts";
import { ApiFault } from "./api-fault.ts";
import { seedSource } from "./seeds.ts";
import { usualLimits, type ServeOptions } from "./serve-options.ts";
import type { ServedModel } from "./served-model.ts";
import { slots } from "./slots.ts";

const ADDRESS = "127.0.0.1";
const HEADER_BYTES = 16 * 1024;

export type RunningServer = {
  readonly port: number;
  /** Requests under way. */
  readonly busy: () => number;
  /** Takes no new requests, gives the running ones this long, and aborts what is left. The model stays open. */
  readonly close: (graceMs: number) => Promise<void>;
};

/** @throws SetupError (code PORT) where the port can't be had. */
export async function startServer(model: ServedModel, options: ServeOptions): Promise<RunningServer> {
  const limits = { ...usualLimits, ...options.limits };
  let stopping = false;
  let port = options.port;
  const shared: Shared = {
    model,
    options,
    limits,
    places: slots(limits.atOnce),
    seed: seedSource(options.seed),
    started: Math.floor(options.clock.now() / 1000),
    port: () => port,
    underWay: new Set(),
    stopping: () => stopping,
  };
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.min(1000, limits.headersMs),
      keepAliveTimeout: 5_000,
      maxHeaderSize: HEADER_BYTES,
    },
    (request, response) =>
      void answerRequest(request, response, shared).then(() => {
        // A connection that is kept for later would keep the server from ending.
        if (stopping) server.closeIdleConnections();
      }),
  );
  server.maxConnections = limits.connections;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(portFault(port, error)));
    server.listen(port, ADDRESS, resolve);
  });
  port = (server.address() as AddressInfo).port;

  return {
    port,
    busy: () => shared.underWay.size,
    close: async (graceMs) => {
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => {
        for (const abort of shared.underWay)
          abort.abort(new ApiFault(503, "server_error", "the server is stopping"));
        // What has been said to an aborted request may still go out; a client that does not read it is cut off.
        setTimeout(() => server.closeAllConnections(), Math.min(1000, graceMs + 100)).unref();
      }, graceMs);
      await closed;
      clearTimeout(late);
    },
  };
}

function portFault(port: number, error: NodeJS.ErrnoException): Error {
  const taken = error.code === "EADDRINUSE";
  if (!taken && error.code !== "EACCES") return error;
  return new SetupError("PORT", taken ? `port ${port} is in use` : `port ${port} may not be used`, {
    hint: "Give another with --port NUMBER, or --port 0 for any that is free.",
  });
}
