// Counts the phrases of a list in a text: all attributes that are word lists are made of this.

import { countWords } from "./words.ts";

/**
 * A counter for phrases, given as pattern sources without case: a space stands for one to three spaces or line ends,
 * an apostrophe for either kind, and each phrase must begin and end at a word's edge. Overlaps count once.
 */
export function countPhrases(sources: readonly string[]): (text: string) => number {
  const spaced = sources.map((source) => source.replaceAll(" ", "\\s{1,3}").replaceAll("'", "['’]"));
  const pattern = new RegExp(`\\b(?:${spaced.join("|")})\\b`, "gi");
  return (text) => {
    pattern.lastIndex = 0;
    let found = 0;
    while (pattern.test(text)) found++;
    return found;
  };
}

/** The same per 100 words of the text; 0 in a text without words, which holds no phrase either. */
export function phrasesPerHundredWords(sources: readonly string[]): (text: string) => number {
  const count = countPhrases(sources);
  return (text) => {
    const found = count(text);
    return found === 0 ? 0 : (100 * found) / Math.max(1, countWords(text));
  };
}
