// A language model that says which of two responses is better: a question for each order in which it is shown them.

import type { Model } from "../../model/model.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { GradeOptions } from "../proxy/grader.ts";
import { askAll } from "./ask-all.ts";
import { preferenceAsk } from "./preference-ask.ts";
import { readPreference, type Preference } from "./read-preference.ts";
import type { Rubric } from "./rubric.ts";

/** Two responses to a prompt in the order in which the judge sees them: A, then B. */
export type ShownPair = { readonly prompt: string; readonly shown: readonly [string, string] };

export type PairJudge = {
  readonly path: "logprob" | "sampling";
  /** The origins that are the judge itself. */
  readonly own: readonly string[];
  /**
   * One preference for each, in their order. What goes wrong with a question is its own "unread".
   * @throws what the model throws; the signal's reason once it is aborted.
   */
  prefer(pairs: readonly ShownPair[], options?: GradeOptions): Promise<readonly Preference[]>;
};

export type PairJudgeOptions = {
  /** Of the code word that fences the texts; nothing else is drawn. */
  readonly seed: number;
  /** The model's id alone unless given. */
  readonly own?: readonly string[];
};

/** A scale plays no part. The model is the caller's to close. */
export function pairJudge(
  model: Model,
  { text }: Pick<Rubric, "text">,
  { seed, own = [model.description.id] }: PairJudgeOptions,
): PairJudge {
  const path = model.choose.kind === "present" ? "logprob" : "sampling";
  const asking = { rubric: text, path, rng: rngFrom(seed).split("pairwise judge") } as const;
  return {
    path,
    own,
    prefer: async (pairs, options = {}) => {
      const asks = pairs.map(({ prompt, shown }) => preferenceAsk(prompt, shown, asking));
      return (await askAll(model, asks, options)).map(readPreference);
    },
  };
}
