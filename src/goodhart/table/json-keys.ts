// The keys of a JSON object in the order they are written, twice where they are twice: JSON.parse keeps the last one silently.

const backslash = 92;

/** @param text one JSON object, known to be valid. */
export function jsonKeys(text: string): readonly string[] {
  const keys: string[] = [];
  let depth = 0;
  let string: readonly [number, number] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      const end = stringEnd(text, at);
      string = [at, end + 1];
      at = end;
    } else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") depth--;
    else if (char === ":" && depth === 1) keys.push(JSON.parse(text.slice(...string)) as string);
  }
  return keys;
}

/** Where the string that begins at `start` has its closing quote: the first with an even number of backslashes before it. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before--;
    if ((end - before) % 2 === 1) return end;
  }
}
