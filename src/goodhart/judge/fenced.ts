// Texts laid out for a judge so that none of them can end its own part: each stands between lines that hold a code word.

import type { Rng } from "../../stats/rng.ts";

export type Part = { readonly name: string; readonly text: string };

/** No vowel: it is no word, and no response holds it by chance. */
const LETTERS = "bcdfghjkmnpqrstvwxz";
const LENGTH = 8;

export type Fenced = { readonly word: string; readonly text: string };

/**
 * The code word hangs on the rng's path alone, so that all asks of a run begin alike; where a part holds it, whatever its case,
 * the next one is taken, so that knowing the seed is no key either.
 */
export function fenced(parts: readonly Part[], rng: Rng): Fenced {
  const all = parts.map(({ text }) => text.toLowerCase());
  for (let attempt = 0; ; attempt++) {
    const word = wordOf(rng.split(`code word ${attempt}`));
    if (all.some((text) => text.includes(word))) continue;
    const text = parts.map((part) => `${word} ${part.name}\n${part.text}\n${word} end of ${part.name}`);
    return { word, text: text.join("\n\n") };
  }
}

function wordOf(rng: Rng): string {
  return Array.from({ length: LENGTH }, () => LETTERS[rng.int(LETTERS.length)]!).join("");
}
