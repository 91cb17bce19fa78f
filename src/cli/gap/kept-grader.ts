// A grader that remembers: what has a stored score is not asked again, and what is new is stored with one write a batch.

import { createHash } from "node:crypto";
import { canonicalJson } from "../../run/canonical-json.ts";
import type { Score } from "../../core/score.ts";
import type { Grader, GraderSample } from "../../goodhart/proxy/grader.ts";
import type { Scores } from "../../run/specification-scores.ts";
import type { CalledGrader } from "./called-grader.ts";

export type Keeping = {
  readonly scores: Scores;
  /** Each call is kept apart from the calls before it: of samples that are scored twice on purpose. */
  readonly repeats?: true;
  /** Scores that came in since the last time; within a batch they are not stored yet. */
  readonly onProgress?: (more: number) => void;
};

/**
 * Equal texts of a prompt are asked once and share their score. Batches are cut from all that a call is given, whatever of it is
 * stored: a call that goes on asks in the batches in which it would have asked.
 */
export function keptGrader(called: CalledGrader, { scores, repeats, onProgress }: Keeping): Grader {
  const { grader, batch } = called;
  const keyOf = keysOf(called, repeats);
  return {
    name: grader.name,
    close: () => grader.close(),
    async score(samples, { signal } = {}) {
      const of = keyOf();
      const keys = samples.map(of);
      const distinct = [...new Map(keys.map((key, i) => [key, samples[i]!]))];
      for (const part of cut(distinct, batch)) {
        const missing = part.filter(([key]) => !scores.stored.has(key));
        if (missing.length === 0) continue;
        signal?.throwIfAborted();
        let told = 0;
        const given = await grader.score(
          missing.map(([, sample]) => sample),
          {
            ...(signal === undefined ? {} : { signal }),
            onProgress: (done) => {
              onProgress?.(done - told);
              told = done;
            },
          },
        );
        scores.add(missing.map(([key], i) => ({ key, score: plain(given[i]!) })));
        onProgress?.(missing.length - told);
      }
      return keys.map((key) => scores.stored.get(key)!);
    },
  };
}

/** Asks nobody: notes under which keys the scores of a run will stand, so that it is known how many there are. */
export function keyCollector(called: CalledGrader, keys: Set<string>, repeats?: true): Grader {
  const keyOf = keysOf(called, repeats);
  return {
    name: called.grader.name,
    close: async () => undefined,
    score: async (samples) => {
      const of = keyOf();
      for (const sample of samples) keys.add(of(sample));
      return samples.map((): Score => ({ kind: "unscored", because: "not asked" }));
    },
  };
}

/** For each call the key of a sample: which grader, which texts and, where calls are kept apart, which call. */
function keysOf({ pins }: CalledGrader, repeats: true | undefined) {
  const identity = canonicalJson(pins);
  let call = 0;
  return () => {
    const again = repeats ? [++call] : [];
    return ({ prompt, response }: GraderSample) =>
      createHash("sha256")
        .update(JSON.stringify([identity, prompt, response, ...again]))
        .digest("hex");
  };
}

function* cut<T>(all: readonly T[], { first, most }: CalledGrader["batch"]): Generator<readonly T[]> {
  let size = first;
  for (let at = 0; at < all.length;) {
    yield all.slice(at, at + size);
    at += size;
    size = Math.min(2 * size, most);
  }
}

/** JSON knows no −0: what is stored must come back as it went in. */
function plain(score: Score): Score {
  return score.kind === "scored" ? { kind: "scored", value: score.value + 0 } : score;
}
