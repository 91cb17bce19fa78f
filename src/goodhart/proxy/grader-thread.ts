// One thread with a user's grader in it, as seen from outside: asked, waited for with a time limit, and ended whatever it does.

import { resolve as absolute } from "node:path";
import { pathToFileURL } from "node:url";
import { MessageChannel, type MessagePort, type Worker } from "node:worker_threads";

import type { Score } from "../specification-row.ts";
import type { GraderSample } from "./grader.ts";
import { moduleFault, noFunction, notLoaded } from "./module-fault.ts";
import type { ThreadSays } from "./serve-grader.ts";
import { wordsOf } from "./words-of.ts";

/** Starts a thread that serves the module at `url` on `port` by `serveGrader`; which files may be loaded is for others to allow. */
export type StartThread = (url: string, port: MessagePort) => Worker;

export type ThreadOptions = {
  readonly start: StartThread;
  /** For each sample. */
  readonly timeoutMs: number;
  /** For the module to load. */
  readonly loadMs: number;
  readonly signal: AbortSignal;
};

/** How asking came to its end: all scored; the next sample took too long; the thread is gone, and what it did. */
type Asked = { readonly kind: "all" } | { readonly kind: "late" } | Gone;
type Gone = { readonly kind: "gone"; readonly how: string };

export type GraderThread = {
  /** One list at a time. Rejects with the signal's reason. After anything but "all" the thread is of no more use: end it. */
  ask(samples: readonly GraderSample[], onScore: (score: Score) => void, signal: AbortSignal): Promise<Asked>;
  /** Must be called, since a thread holds the process; may be called twice. */
  end(): Promise<void>;
};

/** A thread that stands in a call of the system can't be ended before that returns; nobody waits longer than this for it. */
const FAREWELL_MS = 2000;

/** @throws SetupError GRADER when the module does not load in time or has no default function; the signal's reason. */
export async function graderThread(
  path: string,
  { start, timeoutMs, loadMs, signal }: ThreadOptions,
): Promise<GraderThread> {
  const { port1: port, port2 } = new MessageChannel();
  const worker = start(pathToFileURL(absolute(path)).href, port2);
  const inbox: ThreadSays[] = [];
  let gone: Gone | undefined;
  let look = () => {};
  port.on("message", (said: ThreadSays) => {
    inbox.push(said);
    look();
  });
  worker.once("error", (error: unknown) => {
    gone ??= { kind: "gone", how: `failed outside of its answers: ${wordsOf(error)}` };
  });
  worker.once("exit", (code) => {
    gone ??= { kind: "gone", how: `ended the process with code ${code}` };
    look();
  });

  async function heard(
    limitMs: number,
    stop: AbortSignal,
  ): Promise<ThreadSays | Gone | { readonly kind: "late" }> {
    stop.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<typeof heard>>>();
    look = () => {
      const next = inbox.shift() ?? gone;
      if (next === undefined) return;
      look = () => {};
      resolve(next);
    };
    // The answer may lie there unread, if it was this thread that was busy: it is read before the limit counts.
    const timer = setTimeout(() => setImmediate(() => resolve({ kind: "late" })), limitMs);
    const abort = () => reject(stop.reason as Error);
    stop.addEventListener("abort", abort, { once: true });
    look();
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      stop.removeEventListener("abort", abort);
    }
  }

  async function end(): Promise<void> {
    port.close();
    let timer: NodeJS.Timeout | undefined;
    const tired = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FAREWELL_MS);
    });
    await Promise.race([worker.terminate(), tired]);
    clearTimeout(timer);
  }

  try {
    const first = await heard(loadMs, signal);
    if (first.kind === "late") throw notLoaded(path, `it was not loaded within ${loadMs / 1000} s`);
    if (first.kind === "gone") throw notLoaded(path, `it ${first.how}`);
    if (first.kind === "not-loaded") throw notLoaded(path, first.because);
    if (first.kind === "no-function") throw noFunction(path);
  } catch (error) {
    await end();
    throw error;
  }
  return {
    end,
    async ask(samples, onScore, stop) {
      port.postMessage(samples.map(({ prompt, response }) => ({ prompt, response })));
      for (let left = samples.length; left > 0; left--) {
        const said = await heard(timeoutMs, stop);
        if (said.kind === "gone" || said.kind === "late") return said;
        if (said.kind !== "score") throw moduleFault(path, "spoke out of turn");
        onScore(said.score);
      }
      return { kind: "all" };
    },
  };
}
