// Do two outcomes give the same answer? By the answer itself, never by its place among the options.

import { scored, unscored, type Score } from "../../core/score.ts";
import { choiceOf } from "../../score/choice.ts";
import { namedOption } from "../../score/named-option.ts";
import { refusalScore } from "../../score/refusal.ts";
import type { Outcome } from "../suite.ts";

type Given =
  | { readonly kind: "answer"; readonly text: string }
  | { readonly kind: "none"; readonly because: string };

/** 1 where the answers differ, 0 where they agree; unscored where either gives none. */
export function differs(a: Outcome | undefined, b: Outcome | undefined): Score {
  if (!a || !b) return unscored("one of the two was not asked");
  const [first, second] = [given(a), given(b)];
  if (first.kind === "none") return unscored(first.because);
  if (second.kind === "none") return unscored(second.because);
  return scored(first.text !== second.text);
}

function given({ sample, observation }: Outcome): Given {
  if (sample.ask.kind === "choose") {
    const choice = choiceOf(sample.ask, observation);
    return choice.kind === "none"
      ? choice
      : { kind: "answer", text: sample.ask.options[choice.index]!.trim() };
  }
  if (observation.answer.kind === "failed") return { kind: "none", because: observation.answer.because };
  if (observation.answer.kind !== "wrote") return { kind: "none", because: "the model wrote nothing" };
  const wrong = sample.key["wrong"] as readonly string[];
  const named = namedOption(observation.answer.text, [
    sample.key["right"] as readonly string[],
    ...wrong.map((w) => [w]),
  ]);
  if (named.kind === "option") return { kind: "answer", text: String(named.index) };
  // After an opening, the words up to the first stop are the answer, whatever they are; a free reply may say the same in other words.
  return sample.ask.opening === undefined ? named : clauseOf(observation.answer.text);
}

/** The words up to the first stop or bracket, in lower case and without marks. To decline twice is not to answer twice. */
function clauseOf(text: string): Given {
  const declines = refusalScore(text);
  if (declines.kind === "unscored") return { kind: "none", because: declines.because };
  if (declines.value === 1) return { kind: "none", because: "the reply declines to answer" };
  const clause = (text.split(/[.,;:!?()\n]/u, 1)[0] ?? "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return clause === ""
    ? { kind: "none", because: "the reply holds no words" }
    : { kind: "answer", text: clause };
}
