// What runs in the thread of a user's grader: loads its file, then scores each list of samples that comes, one after the other.

import { setImmediate } from "node:timers/promises";
import type { MessagePort } from "node:worker_threads";

import { unscored } from "../../core/score.ts";
import type { Score } from "../specification-row.ts";
import { defaultIn } from "./default-in.ts";
import type { GraderSample } from "./grader.ts";
import { scoreOf } from "./score-of.ts";
import { wordsOf } from "./words-of.ts";

/** What the thread says: once how the loading went, then one score for each sample, in the order of the samples. */
export type ThreadSays =
  | { readonly kind: "loaded" }
  | { readonly kind: "not-loaded"; readonly because: string }
  | { readonly kind: "no-function" }
  | { readonly kind: "score"; readonly score: Score };

/** Knows no time limit: who started the thread keeps the time, and ends it. @param load the dynamic import of the file. */
export async function serveGrader(port: MessagePort, load: () => Promise<unknown>): Promise<void> {
  const say = (said: ThreadSays) => port.postMessage(said);
  let call: ((sample: GraderSample) => unknown) | undefined;
  // Heard from the start, which keeps the thread there while a module that waits for nothing is loaded.
  port.on("message", (samples: readonly GraderSample[]) => void scoreAll(samples));
  async function scoreAll(samples: readonly GraderSample[]): Promise<void> {
    for (const { prompt, response } of samples) {
      say({ kind: "score", score: await scoreFrom(Object.freeze({ prompt, response })) });
      // A function that never waits must not keep from their turn what it has printed and the timers it has set.
      await setImmediate();
    }
  }
  async function scoreFrom(sample: GraderSample): Promise<Score> {
    try {
      return scoreOf(await call!(sample));
    } catch (error) {
      return unscored(`the grader threw: ${wordsOf(error)}`);
    }
  }
  try {
    const found = defaultIn(await load());
    if (typeof found === "function") call = found as typeof call;
    say({ kind: call === undefined ? "no-function" : "loaded" });
  } catch (error) {
    say({ kind: "not-loaded", because: wordsOf(error) });
  }
}
