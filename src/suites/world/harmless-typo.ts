// A typing error that changes nothing of what is asked: the question that a hurried user would send.

import { SetupError } from "../../core/errors.ts";
import type { Fact } from "../../core/world.ts";
import type { Rng } from "../../stats/rng.ts";
import { folded, wordsOf } from "./words.ts";

/** Words that only hold a question together. A typo goes here first, so that "capital" or "opposite" stay whole. */
const FRAME = new Set(
  (
    "what which that this these those there where when whose whom does have with from into onto would could should " +
    "tell know call called name named please also belongs serves stands"
  ).split(" "),
);

/** A slip that would make one of these is not taken: they are words, and some are numbers. */
const REAL_WORDS = new Set([
  "form",
  "dose",
  "three",
  "tow",
  "untied",
  "trail",
  "quite",
  "quiet",
  "bets",
  "sued",
]);

type Word = { readonly text: string; readonly start: number };

/**
 * The question with typos in one word, or in two where at least two frame words stand in it. What it holds to:
 * - a typo swaps two neighbouring letters inside a word, or doubles one; first and last letter stay;
 * - words of the subject, words with a digit or in quotes, and names (capital letter after the first word) are untouched;
 * - the words that make the question a question ("which", "does") go first; only where there is none, another word
 *   of at least four letters is taken;
 * - the result always differs from the question, and is the same for the same question, subject and source;
 * - applied to its own result it keeps to the same rules (subject and numbers stand however often it is applied),
 *   but it is not idempotent: each time adds typos.
 * @throws SetupError when no word may be touched ("6 x 7?").
 */
export function harmlessTypo(question: string, fact: Pick<Fact, "subject">, rng: Rng): string {
  const open = openWords(question, fact.subject);
  const frame = open.filter(({ text }) => FRAME.has(text.toLowerCase()));
  const chosen = frame.length > 0 ? rng.shuffled(frame).slice(0, 2) : rng.shuffled(open).slice(0, 1);
  if (chosen.length === 0) {
    throw new SetupError("no-typo", `No word of "${question}" may carry a typo.`, {
      hint: "Give the world's phrasing a word of at least four letters outside of the subject.",
    });
  }
  const latestFirst = [...chosen].sort((a, b) => b.start - a.start);
  return latestFirst.reduce(
    (text, word) =>
      text.slice(0, word.start) + misspelt(word.text, rng) + text.slice(word.start + word.text.length),
    question,
  );
}

/** The words of the question that a typo may touch. */
function openWords(question: string, subject: string): readonly Word[] {
  const kept = new Set(wordsOf(subject));
  const quoted = [...question.matchAll(/"[^"]*"/g)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  return [...question.matchAll(/[\p{L}\p{M}\p{N}'’-]+/gu)]
    .map((match) => ({ text: match[0], start: match.index }))
    .filter(
      ({ text, start }, i) =>
        /^[A-Za-z][a-z]{3,}$/.test(text) && (i === 0 || /^[a-z]/.test(text[0] ?? "")) && !inside(start),
    )
    .filter(({ text }) => !kept.has(folded(text)));

  function inside(start: number): boolean {
    return quoted.some(([from, to]) => from < start && start < to);
  }
}

/** One slip inside the word: a swap where two unlike letters meet, else, or by the toss of a coin, a doubled letter. */
function misspelt(word: string, rng: Rng): string {
  const places = Array.from({ length: word.length - 3 }, (_, i) => i + 1);
  const swaps = places
    .map((i) => word.slice(0, i) + (word[i + 1] ?? "") + (word[i] ?? "") + word.slice(i + 2))
    .filter((slip) => slip !== word && !REAL_WORDS.has(slip.toLowerCase()));
  const doubles = [...places, word.length - 2].map((i) => word.slice(0, i) + (word[i] ?? "") + word.slice(i));
  return rng.pick(swaps.length > 0 && rng.uniform() < 0.5 ? swaps : doubles);
}
