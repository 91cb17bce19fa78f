// A proxy written as a TypeScript or JavaScript module: its default function is called once a sample, one after the other.

import { resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { unscored } from "../../core/score.ts";
import type { Score } from "../specification-row.ts";
import { defaultIn } from "./default-in.ts";
import type { Grader, GraderSample } from "./grader.ts";
import { noFunction, notLoaded } from "./module-fault.ts";
import { scoreOf } from "./score-of.ts";
import { wordsOf } from "./words-of.ts";

export type ModuleGraderOptions = {
  /** The dynamic import itself, `(url) => import(url)`: which files a folder of src may load is for others to allow. */
  readonly load: (url: string) => Promise<unknown>;
  /** For one sample, and for the module to load. 60 000 unless given. */
  readonly timeoutMs?: number;
};

type Call = (sample: GraderSample) => unknown;

/**
 * `export default (sample) => number | { score: number } | null`, or a promise of one; null is a refusal. What it throws, what
 * it returns instead and what never comes leaves that sample unscored. The module runs in this thread: a loop in it that
 * never returns holds everything, and what it throws outside of a call or ends, it throws in and ends the caller's own process.
 * This is for functions of the caller's own program; `workerGrader` is for files that a user names.
 * @throws SetupError GRADER when the module does not load in time or has no default function.
 */
export async function moduleGrader(
  path: string,
  { load, timeoutMs = 60_000 }: ModuleGraderOptions,
): Promise<Grader> {
  const call = await defaultOf(path, load, timeoutMs);
  let closed = false;
  return {
    name: path,
    async score(samples, { signal, onProgress } = {}) {
      const scores: Score[] = [];
      for (const { prompt, response } of samples) {
        if (closed) throw new Error(`the grader ${path} is closed`);
        signal?.throwIfAborted();
        const score = await scoreFrom(call, Object.freeze({ prompt, response }), timeoutMs, signal);
        // What an aborted wait looks like is no score.
        signal?.throwIfAborted();
        scores.push(score);
        onProgress?.(scores.length);
        // A function that never waits must not keep signals and timers from their turn.
        await setImmediate();
      }
      signal?.throwIfAborted();
      return scores;
    },
    close: async () => {
      closed = true;
    },
  };
}

async function scoreFrom(
  call: Call,
  sample: GraderSample,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Score> {
  try {
    const given = await within(timeoutMs, async () => await call(sample), signal);
    return given.kind === "late"
      ? unscored(`the grader gave no answer within ${timeoutMs / 1000} s`)
      : scoreOf(given.value);
  } catch (error) {
    return unscored(`the grader threw: ${wordsOf(error)}`);
  }
}

async function defaultOf(path: string, load: ModuleGraderOptions["load"], timeoutMs: number): Promise<Call> {
  let found: unknown;
  try {
    const loaded = await within(timeoutMs, async () => await load(pathToFileURL(resolve(path)).href));
    if (loaded.kind === "late") throw new Error(`it was not loaded within ${timeoutMs / 1000} s`);
    found = defaultIn(loaded.value);
  } catch (error) {
    throw notLoaded(path, wordsOf(error), error);
  }
  if (typeof found !== "function") throw noFunction(path);
  return found as Call;
}

type InTime = { readonly kind: "value"; readonly value: unknown } | { readonly kind: "late" };

/** What `work` gives, or "late". Rejects as `work` does, and with the signal's reason once it is aborted. */
async function within(ms: number, work: () => Promise<unknown>, signal?: AbortSignal): Promise<InTime> {
  const { promise, resolve, reject } = Promise.withResolvers<InTime>();
  const stop = () => reject(signal?.reason as Error);
  const timer = setTimeout(() => resolve({ kind: "late" }), ms);
  signal?.addEventListener("abort", stop, { once: true });
  work().then((value) => resolve({ kind: "value", value }), reject);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}
