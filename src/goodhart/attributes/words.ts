// Counts the words of a text in one pass over its code units, since a pattern for "any number of letters" may run out of stack.

/**
 * A word is a run of letters, digits and inner apostrophes. Only words with more than `longerThan` letters are
 * counted; without it all are, numbers too. Letters outside the basic plane part words and are none.
 */
export function countWords(text: string, { longerThan }: { longerThan?: number } = {}): number {
  const counts = (letters: number) => longerThan === undefined || letters > longerThan;
  let found = 0;
  let inside = false;
  let letters = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const letter = isLetter(code);
    if (letter || isDigit(code)) {
      inside = true;
      if (letter) letters++;
    } else if (inside && !isApostrophe(code)) {
      if (counts(letters)) found++;
      inside = false;
      letters = 0;
    }
  }
  return inside && counts(letters) ? found + 1 : found;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isApostrophe(code: number): boolean {
  return code === 0x27 || code === 0x2019;
}

function isLetter(code: number): boolean {
  if (code < 0xc0) return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
  return !signs.some(([first, last]) => code >= first && code <= last);
}

/** Blocks above U+00BF that hold marks, spaces and signs and no letters; all else there is taken as a letter. */
const signs: readonly (readonly [first: number, last: number])[] = [
  [0xd7, 0xd7],
  [0xf7, 0xf7],
  [0x1680, 0x1680],
  [0x2000, 0x206f],
  [0x20a0, 0x20ff],
  [0x2190, 0x2bff],
  [0x3000, 0x303f],
  [0xd800, 0xf8ff],
  [0xfe00, 0xfe6f],
  [0xfeff, 0xff0f],
  [0xfff0, 0xffff],
];
