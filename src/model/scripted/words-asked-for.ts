// The words of confidence that a question asks for, in the order in which it lists them.

const ASKED = /how sure you are: (?<words>[^.?!]+)/iu;

/** Empty where the question asks for none. */
export function wordsAskedFor(question: string): readonly string[] {
  const words = ASKED.exec(question)?.groups?.["words"];
  return words === undefined ? [] : words.split(",").map((word) => word.trim());
}
