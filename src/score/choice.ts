// Reads a choose ask's answer, by whichever path it came: the most probable option, or the one that the reply names.

import type { Observation } from "../core/observation.ts";
import type { ChooseAsk } from "../core/sample.ts";
import { namedOption } from "./named-option.ts";

export type Choice =
  | {
      readonly kind: "option";
      readonly index: number;
      /** Softmax of the total log-probabilities over the options; absent where the model only wrote. */
      readonly shares?: readonly number[];
    }
  | { readonly kind: "none"; readonly because: string };

export function choiceOf(ask: ChooseAsk, observation: Observation): Choice {
  const { answer } = observation;
  if (answer.kind === "failed") return { kind: "none", because: answer.because };
  if (answer.kind === "wrote") return namedOption(answer.text, formsOf(ask));
  if (answer.logprobs.length !== ask.options.length || answer.logprobs.some((x) => !Number.isFinite(x))) {
    return { kind: "none", because: "the model gave no finite log-probability for every option" };
  }
  const top = Math.max(...answer.logprobs);
  const weights = answer.logprobs.map((x) => Math.exp(x - top));
  const total = weights.reduce((a, b) => a + b, 0);
  return { kind: "option", index: answer.logprobs.indexOf(top), shares: weights.map((w) => w / total) };
}

/** The spellings under which each option counts as named: the option without its closing mark, and its aliases. */
function formsOf(ask: ChooseAsk): readonly (readonly string[])[] {
  return ask.options.map((option, i) => [option.trim().replace(/[.!?]+$/u, ""), ...(ask.aliases?.[i] ?? [])]);
}
