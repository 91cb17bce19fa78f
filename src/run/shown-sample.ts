// One sample as the page shows it: the conversation, the words that the reply began with, and what came back, in words.

import { percent } from "../core/percent.ts";
import type { Observation } from "../core/observation.ts";
import type { FindingRecord } from "../core/run-record.ts";
import type { Sample } from "../core/sample.ts";
import type { Outcome } from "../core/suite.ts";

/** Characters of a written reply that are shown; the whole stands in samples.jsonl. */
const SHOWN = 600;

export function shownSample({ sample, observation }: Outcome): FindingRecord["evidence"][number] {
  return {
    sample: sample.id,
    arm: sample.arm,
    messages: sample.ask.messages.map(({ role, content }) => ({ role, content })),
    opening: sample.ask.opening ?? "",
    reply: replyOf(sample, observation),
  };
}

/** A choice is the option with the highest total log-probability, with its share among the options. */
function replyOf(sample: Sample, { answer }: Observation): string {
  switch (answer.kind) {
    case "failed":
      return `(failed: ${answer.because})`;
    case "wrote":
      return cut(answer.text);
    case "chosen": {
      const options = sample.ask.kind === "choose" ? sample.ask.options : [];
      const top = answer.logprobs.indexOf(Math.max(...answer.logprobs));
      const highest = answer.logprobs[top] ?? Number.NaN;
      const share = 1 / answer.logprobs.reduce((sum, logprob) => sum + Math.exp(logprob - highest), 0);
      return `${(options[top] ?? "").trim()} (${percent(share)} of the probability of these ${options.length} options)`;
    }
  }
}

function cut(text: string): string {
  if (text.length <= SHOWN) return text;
  // Not through the middle of a character that takes two code units.
  return `${text.slice(0, SHOWN).replace(/[\uD800-\uDBFF]$/, "")}… (cut short)`;
}
