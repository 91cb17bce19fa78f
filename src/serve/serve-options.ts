// What a server is told when it starts, and what it tells of each request.

export type ServeClock = {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds from an arbitrary origin, for durations. */
  readonly ticks: () => number;
};

export type ServeLimits = {
  /** Choices that are decoded at once: as many as the decoder has rows. */
  readonly atOnce: number;
  /** Requests under way, waiting ones included; the next is refused with 429. */
  readonly requests: number;
  readonly bodyBytes: number;
  /** A client has this long to send its headers, and then its whole request. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** How long a reader of a stream may take no byte. */
  readonly stallMs: number;
  readonly connections: number;
};

export const usualLimits: ServeLimits = {
  atOnce: 16,
  requests: 64,
  bodyBytes: 8 * 1024 * 1024,
  headersMs: 10_000,
  requestMs: 30_000,
  stallMs: 60_000,
  connections: 256,
};

/** One request that has ended. Path and fault are as they came: whoever shows them makes them visible. */
export type ServedRequest = {
  readonly method: string;
  /** Without what stands after a question mark. */
  readonly path: string;
  readonly status: number;
  readonly used?: { readonly promptTokens: number; readonly completionTokens: number };
  readonly seconds: number;
  /** Why it was not answered as asked; for an unexpected error its stack. `left`: the client went before the end. */
  readonly fault?: string;
  readonly left?: true;
};

export type ServeOptions = {
  /** 0: any that is free. */
  readonly port: number;
  readonly limits?: Partial<ServeLimits>;
  /** Clients must send it as a bearer token. */
  readonly apiKey?: string;
  /** Where the seeds of requests come from that bring none. */
  readonly seed: number;
  readonly clock: ServeClock;
  /** A name that no other reply has. */
  readonly newId: () => string;
  readonly onRequest: (request: ServedRequest) => void;
};
