// The words of a text, folded to lower case.

export function wordsIn(text: string): readonly string[] {
  return (text.match(/[\p{L}\p{N}'’-]+/gu) ?? []).map((word) => word.toLowerCase());
}
