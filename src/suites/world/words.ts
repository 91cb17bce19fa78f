// How texts are compared in the world: without case, accents and punctuation.

/** Lower case, accents off, outer blanks off: "Bogotá" and "bogota" are the same. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .toLowerCase()
    .trim();
}

/** Accents off, case kept: what somebody types who lacks the key. */
export function withoutAccents(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "");
}

/** The folded words (runs of letters and digits) of a text. */
export function wordsOf(text: string): readonly string[] {
  return folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Whether the words of `phrase` stand in `text` one after the other, as whole words. An empty phrase stands nowhere. */
export function hasPhrase(text: string, phrase: string): boolean {
  const words = wordsOf(phrase);
  return words.length > 0 && ` ${wordsOf(text).join(" ")} `.includes(` ${words.join(" ")} `);
}

/** Whether one of the two texts contains the other, letter by letter after folding. */
export function overlaps(a: string, b: string): boolean {
  return folded(a).includes(folded(b)) || folded(b).includes(folded(a));
}

/** At most one word apart, and the longer at most three letters over the double: else log-probabilities compare lengths. */
export function alikeInSize(a: string, b: string): boolean {
  const apart = Math.abs(wordsOf(a).length - wordsOf(b).length);
  return apart <= 1 && Math.max(a.length, b.length) <= 2 * Math.min(a.length, b.length) + 3;
}
