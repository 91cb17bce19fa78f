// `trueline serve MODEL`: a local model behind the OpenAI API on 127.0.0.1, until Ctrl-C.

import { randomUUID } from "node:crypto";
import { availableParallelism, homedir } from "node:os";
import type { Command } from "commander";
import { SetupError } from "../../core/errors.ts";
import { defaultModel } from "../../model/catalogue.ts";
import { availableMemory } from "../available-memory.ts";
import { now, ticks } from "../clock.ts";
import { exitCode } from "../exit-code.ts";
import { fetchProgress } from "../fetch-progress.ts";
import { wholeOption } from "../option-value.ts";

/** Requests that are running get this long after the first Ctrl-C. */
const GRACE_MS = 10_000;

type ServeFlags = {
  readonly port: string;
  readonly parallel: string;
  readonly queue: string;
  readonly seed: string;
  readonly apiKeyEnv?: string;
  readonly modelFile?: string;
  readonly threads?: string;
  readonly quantised?: boolean;
  readonly quiet?: boolean;
};

export function define(command: Command): void {
  command
    .argument(
      "[model]",
      "a name that `trueline models` lists, or a path to a GGUF file or a folder with safetensors",
      defaultModel,
    )
    .option("--port <number>", "the port on 127.0.0.1; 0 takes any that is free", "8461")
    .option("--parallel <number>", "replies that are written side by side", "16")
    .option("--queue <number>", "requests that may wait beside these; more are refused with 429", "64")
    .option("--seed <number>", "what requests draw from that name no seed of their own", "1")
    .option("--api-key-env <variable>", "ask for a key: the environment variable that holds it")
    .option("--model-file <path>", "take a catalogue model from this file, if its sha256 agrees")
    .option("--threads <number>", "threads of the local engine (default: the machine's)")
    .option(
      "--quantised",
      "multiply with a GGUF's own 4- and 8-bit blocks: faster for one reply at a time, other numbers",
    )
    .option("--quiet", "no line for each request")
    .action(serve);
}

async function serve(spec: string, flags: ServeFlags): Promise<void> {
  const port = wholeOption("--port", flags.port, 0, 65_535);
  const rows = wholeOption("--parallel", flags.parallel, 1, 256);
  const queue = wholeOption("--queue", flags.queue, 0, 10_000);
  const seed = wholeOption("--seed", flags.seed, 0, Number.MAX_SAFE_INTEGER);
  const threads =
    flags.threads === undefined ? availableParallelism() : wholeOption("--threads", flags.threads, 1, 256);
  const apiKey = keyFrom(flags.apiKeyEnv);
  const { openServed, requestLine, startServer, startText } = await import("../../serve/index.ts");
  const stop = stopSignal();
  const progress = fetchProgress(process.stderr);
  try {
    const opened = await openServed(spec, {
      env: process.env,
      home: homedir(),
      threads,
      availableBytes: availableMemory(),
      rows,
      onEvent: progress.onEvent,
      signal: stop.signal,
      ...(flags.modelFile === undefined ? {} : { file: flags.modelFile }),
      ...(flags.quantised ? { quantised: true } : {}),
    }).finally(progress.end);
    try {
      const server = await startServer(opened.model, {
        port,
        limits: { atOnce: rows, requests: rows + queue },
        seed,
        clock: { now, ticks },
        newId: () => randomUUID().replaceAll("-", ""),
        onRequest: (request) => {
          // A fault of ours is told even where nobody wants to hear of requests.
          if (!flags.quiet || request.status === 500) console.error(requestLine(request));
        },
        ...(apiKey === undefined ? {} : { apiKey }),
      });
      console.log(
        startText({
          url: `http://127.0.0.1:${server.port}/v1`,
          id: opened.model.id,
          title: opened.title,
          context: opened.model.context,
          engine: opened.engine,
          selfCheck: opened.selfCheck,
          ...(flags.apiKeyEnv === undefined ? {} : { keyEnv: flags.apiKeyEnv }),
        }),
      );
      await stop.asked;
      if (server.busy() > 0)
        console.error(
          `\nstopping: ${server.busy()} requests get up to ${GRACE_MS / 1000} s (Ctrl-C again: at once)`,
        );
      await server.close(GRACE_MS);
      exitCode.value = 130;
    } finally {
      await opened.close();
    }
  } finally {
    stop.release();
  }
}

/** @throws SetupError where the variable holds nothing that a header can carry: a server that was meant to be closed must not stand open. */
function keyFrom(variable: string | undefined): string | undefined {
  if (variable === undefined) return undefined;
  const key = process.env[variable];
  if (key !== undefined && /^[\x21-\x7e]+$/u.test(key)) return key;
  throw new SetupError(
    "API_KEY",
    key === undefined || key === ""
      ? `the environment variable ${variable} is not set`
      : `the value of ${variable} can't be a key: only printable ASCII without spaces`,
    { hint: `Set it, for example: export ${variable}=$(openssl rand -hex 16)` },
  );
}

/** The first Ctrl-C ends the server in good order, the second at once. */
function stopSignal() {
  const stop = new AbortController();
  const asked = new Promise<void>((resolve) => {
    stop.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  const onInterrupt = () => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onInterrupt);
  return {
    signal: stop.signal,
    asked,
    release: () => {
      process.off("SIGINT", onInterrupt);
      process.off("SIGTERM", onInterrupt);
    },
  };
}
