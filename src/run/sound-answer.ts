// What a model returned, believed only as far as it makes sense: an answer that can't be read is a failed one, with its reason.

import { TruelineError } from "../core/errors.ts";
import type { Answer } from "../core/observation.ts";
import type { Ask } from "../core/sample.ts";
import type { Answered } from "../model/model.ts";

/** @throws TruelineError when the counts of tokens are no counts: that is the model's code, not its answer. */
export function soundAnswer(ask: Ask, answered: Answered): Answered {
  const { prefilled, decoded } = answered.usage;
  if (![prefilled, decoded].every(isCount)) {
    throw new TruelineError(
      "BAD_USAGE",
      `soundAnswer: usage must be whole numbers of tokens, got ${prefilled} and ${decoded}`,
    );
  }
  const fault = faultOf(ask, answered.answer);
  return fault === undefined
    ? answered
    : { usage: answered.usage, answer: { kind: "failed", because: fault } };
}

function faultOf(ask: Ask, answer: Answer): string | undefined {
  switch (answer.kind) {
    case "failed":
      return undefined;
    case "wrote":
      return ask.kind === "write" ? undefined : "the model wrote a text where a choice was asked";
    case "chosen":
      if (ask.kind !== "choose") return "the model chose where a text was asked";
      if (answer.logprobs.length !== ask.options.length) {
        return `the model scored ${answer.logprobs.length} options where ${ask.options.length} were given`;
      }
      return answer.logprobs.every(Number.isFinite) ? undefined : "a log-probability is not a finite number";
  }
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}
