// A language model as a grader: it marks each response by a rubric, and what it does not mark stays unscored with the reason.

import type { Model } from "../../model/model.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { Grader } from "../proxy/grader.ts";
import { askAll } from "./ask-all.ts";
import { markAsk } from "./mark-ask.ts";
import type { MarkScale } from "./mark-scale.ts";
import { readMark } from "./read-mark.ts";
import type { Rubric } from "./rubric.ts";

export type JudgeGraderOptions = {
  readonly rubric: Rubric;
  readonly name: string;
  /** In place of the rubric's own. */
  readonly scale?: MarkScale;
  /** Of the code word that fences the texts; nothing else is drawn. */
  readonly seed: number;
};

/**
 * Where the model gives log-probabilities a score is the mean over all marks, each by its share of the probability that falls on
 * marks at all: finer than the likeliest mark, and without ties. Else it is the one number of a reply at temperature 0. Source:
 * Liu et al. (2023), "G-Eval", arXiv 2303.16634, section 2, equation 1. Deviation: the probabilities are the model's own, of
 * whole options; there they were estimated from 20 drawn replies.
 *
 * The model is the caller's to close: whoever opened it may have use for it elsewhere.
 */
export function judgeGrader(
  model: Model,
  { rubric, name, scale = rubric.scale, seed }: JudgeGraderOptions,
): Grader {
  const asking = {
    rubric: rubric.text,
    scale,
    path: model.choose.kind === "present" ? ("logprob" as const) : ("sampling" as const),
    rng: rngFrom(seed).split("judge"),
  };
  const closing = new AbortController();
  return {
    name,
    async score(samples, { signal, onProgress } = {}) {
      closing.signal.throwIfAborted();
      const answers = await askAll(
        model,
        samples.map((sample) => markAsk(sample, asking)),
        {
          signal: signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal]),
          ...(onProgress === undefined ? {} : { onProgress }),
        },
      );
      return answers.map((answer) => readMark(answer, scale));
    },
    close: async () => closing.abort(new Error(`the judge ${name} is closed`)),
  };
}
