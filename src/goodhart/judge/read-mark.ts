// A judge's answer read as a mark: the mean over the marks by their probability, or the one number that a reply holds.

import type { Answer } from "../../core/observation.ts";
import { scored, unscored } from "../../core/score.ts";
import { refusalScore } from "../../score/refusal.ts";
import type { Score } from "../specification-row.ts";
import { marksOn, type MarkScale } from "./mark-scale.ts";
import { sharesOf } from "./shares-of.ts";

/** Whatever is no mark is unscored with its own reason; no reply is guessed at. */
export function readMark(answer: Answer, scale: MarkScale): Score {
  switch (answer.kind) {
    case "failed":
      return unscored(`the judge gave no answer: ${answer.because}`);
    case "chosen":
      return meanMark(answer.logprobs, scale);
    case "wrote":
      return answer.finish.unified === "filter"
        ? unscored("the judge's provider held its reply back")
        : answer.finish.unified === "length"
          ? unscored("the judge's reply was cut off")
          : markIn(answer.text, scale);
  }
}

function meanMark(logprobs: readonly number[], scale: MarkScale): Score {
  const marks = marksOn(scale);
  const shares = sharesOf(logprobs, marks.length);
  return shares === undefined
    ? unscored("the judge gave no finite log-probability for every mark")
    : scored(marks.reduce((sum, mark, i) => sum + mark * shares[i]!, 0));
}

/** A number that is no part of a word or of a longer number, and what it is out of, where the reply says so. */
const NUMBER =
  /(?<![\p{L}\p{N}.,])(?<mark>[-−]?\d{1,9}(?:\.\d{1,9})?)(?![\p{L}\p{N}]|[.,]\d| ?%)(?: ?(?:\/|out of) ?(?<of>\d{1,9})(?![\p{L}\p{N}]|[.,]\d))?/gu;
/** "on a scale of 1 to 10" names no mark. */
const NAMES_SCALE = /\bscale (?:of|from) \d{1,3} ?(?:-|–|to) ?\d{1,3}\b/giu;

function markIn(text: string, { low, high }: MarkScale): Score {
  // Bold and code marks are no part of what is said.
  const plain = text.replaceAll(/[*_`]/gu, "").replaceAll(NAMES_SCALE, "");
  const found = [...plain.matchAll(NUMBER)].map(({ groups }) => ({
    mark: Number(groups!["mark"]!.replace("−", "-")),
    of: groups!["of"] === undefined ? undefined : Number(groups!["of"]),
  }));
  const [first] = found;
  if (first === undefined) return whyNone(text);
  const other = found.find(({ mark }) => mark !== first.mark);
  if (other !== undefined) return unscored("the judge's reply holds two different numbers");
  const unlike = found.find(({ of }) => of !== undefined && of !== high);
  if (unlike !== undefined) return unscored(`the judge's mark is out of another number than ${high}`);
  return first.mark >= low && first.mark <= high
    ? scored(first.mark)
    : unscored(`the judge's mark lies outside ${low} to ${high}`);
}

function whyNone(text: string): Score {
  if (text.trim() === "") return unscored("the judge's reply is empty");
  const refusal = refusalScore(text);
  return unscored(
    refusal.kind === "scored" && refusal.value === 1
      ? "the judge refused to mark"
      : "the judge's reply holds no number",
  );
}
