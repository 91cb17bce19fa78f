// A judge's answer read as a preference: the likelier of A and B, or the one letter that a reply names.

import type { Answer } from "../../core/observation.ts";
import { refusalScore } from "../../score/refusal.ts";
import { sharesOf } from "./shares-of.ts";

export type Preference =
  | { readonly kind: "prefers"; readonly shown: "first" | "second" }
  | { readonly kind: "unread"; readonly because: string };

export function readPreference(answer: Answer): Preference {
  switch (answer.kind) {
    case "failed":
      return unread(`the judge gave no answer: ${answer.because}`);
    case "chosen":
      return likelier(answer.logprobs);
    case "wrote":
      return answer.finish.unified === "filter"
        ? unread("the judge's provider held its reply back")
        : answer.finish.unified === "length"
          ? unread("the judge's reply was cut off")
          : letterIn(answer.text);
  }
}

function likelier(logprobs: readonly number[]): Preference {
  const shares = sharesOf(logprobs, 2);
  if (shares === undefined) return unread("the judge gave no finite log-probability for both letters");
  const [a, b] = shares as [number, number];
  if (a === b) return unread("the judge held both letters equally likely");
  return { kind: "prefers", shown: a > b ? "first" : "second" };
}

/** A letter by itself; before a word in small letters "A" is an article, unless the word goes on about the letter. */
const LETTER =
  /(?<![\p{L}\p{N}'’-])(?<letter>[AB])(?![\p{L}\p{N}'’-])(?! (?!(?:is|was|as|because|since|over|for|meets|and|or|than|has|does|gives|better|wins)\b)\p{Ll})/gu;

function letterIn(text: string): Preference {
  const found = new Set(
    [...text.replaceAll(/[*_`]/gu, "").matchAll(LETTER)].map(({ groups }) => groups!["letter"]),
  );
  if (found.size > 1) return unread("the judge's reply names both letters");
  const [letter] = found;
  if (letter !== undefined) return { kind: "prefers", shown: letter === "A" ? "first" : "second" };
  if (text.trim() === "") return unread("the judge's reply is empty");
  const refusal = refusalScore(text);
  return unread(
    refusal.kind === "scored" && refusal.value === 1
      ? "the judge refused to compare"
      : "the judge's reply names neither letter",
  );
}

function unread(because: string): Preference {
  return { kind: "unread", because };
}
