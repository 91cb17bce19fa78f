// A proxy that is a user's file, run in a thread of its own: what it ends, throws or loops in can't hurt the run.

import { unscored } from "../../core/score.ts";
import type { Score } from "../specification-row.ts";
import type { GradeOptions, Grader, GraderSample } from "./grader.ts";
import { graderThread, type GraderThread, type StartThread } from "./grader-thread.ts";
import { moduleFault } from "./module-fault.ts";

export type WorkerGraderOptions = {
  readonly start: StartThread;
  /** For one sample. 60 000 unless given. */
  readonly timeoutMs?: number;
  /** For the module to load. 60 000 unless given. */
  readonly loadMs?: number;
  /** Ends the loading. */
  readonly signal?: AbortSignal;
};

/** Samples one after another that may take too long: more of them would wait away hours. */
const MOST_LATE = 3;

/**
 * The same files as for `moduleGrader`: `export default (sample) => number | { score: number } | null`, or a promise of one.
 *
 * A sample that takes too long is unscored, its thread is ended whatever it does, and a new one, with the module loaded anew, goes
 * on with the rest. A module that ends its process or fails outside of its answers (in a timer, in a promise that nobody awaits)
 * ends the scoring: no score of such a module is sure to be a sample's own. Not held back: what it writes to the file descriptors
 * themselves, and a call of the system that blocks its thread. It must be closed: until then its thread holds the process.
 * @throws SetupError GRADER when the module does not load in time or has no default function.
 */
export async function workerGrader(
  path: string,
  { start, timeoutMs = 60_000, loadMs = 60_000, signal: loading }: WorkerGraderOptions,
): Promise<Grader> {
  const closing = new AbortController();
  const until = (signal: AbortSignal | undefined) =>
    signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal]);
  const open = (signal: AbortSignal) => graderThread(path, { start, timeoutMs, loadMs, signal });
  let thread: GraderThread | undefined = await open(until(loading));
  let late = 0;
  let turn: Promise<unknown> = Promise.resolve();

  async function scoreAll(samples: readonly GraderSample[], { signal, onProgress }: GradeOptions) {
    const stop = until(signal);
    stop.throwIfAborted();
    const scores: Score[] = [];
    const take = (score: Score) => {
      scores.push(score);
      onProgress?.(scores.length);
    };
    while (scores.length < samples.length) {
      thread ??= await open(stop);
      const answered = (score: Score) => {
        late = 0;
        take(score);
      };
      const asked = await thread.ask(samples.slice(scores.length), answered, stop);
      if (asked.kind === "all") break;
      await drop();
      if (asked.kind === "gone") throw goneFault(path, asked.how);
      if (++late === MOST_LATE) throw lateFault(path, timeoutMs);
      take(unscored(`the grader gave no answer within ${timeoutMs / 1000} s`));
    }
    stop.throwIfAborted();
    return scores;
  }

  async function drop(): Promise<void> {
    const ended = thread?.end();
    thread = undefined;
    await ended;
  }

  return {
    name: path,
    score(samples, options = {}) {
      // One call after the other: the thread works through one list at a time.
      const scores = turn.then(() => scoreAll(samples, options));
      turn = scores.catch(drop);
      return scores.catch(async (error: unknown) => {
        await turn;
        throw error;
      });
    },
    async close() {
      closing.abort(new Error(`the grader ${path} is closed`));
      await turn;
      await drop();
    },
  };
}

function goneFault(path: string, how: string) {
  return moduleFault(
    path,
    how,
    "A grader gives its score back or throws: it must not end the process, and has to await what it starts.",
  );
}

function lateFault(path: string, timeoutMs: number) {
  return moduleFault(
    path,
    `gave no answer within ${timeoutMs / 1000} s to ${MOST_LATE} samples one after another`,
    "Check that it comes to an end for each sample.",
  );
}
