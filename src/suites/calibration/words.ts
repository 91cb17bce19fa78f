// Words of confidence and what each is taken to mean: fixed here, before anything is measured.

/** Most confident first. The probabilities are a convention, printed with the result. */
export const confidenceWords = [
  { word: "certain", probability: 0.97 },
  { word: "likely", probability: 0.8 },
  { word: "unsure", probability: 0.5 },
  { word: "guessing", probability: 0.25 },
] as const;

export type Stated =
  | { readonly kind: "stated"; readonly word: string; readonly probability: number }
  | { readonly kind: "none"; readonly because: string };

/** Words that a statement of confidence may be wrapped in, and that answer nothing. */
const WRAPPING = new Set(
  "i am i'm im is it its it's my answer very quite fairly pretty not so and a the this that".split(" "),
);

/** Whether the reply says how sure it is and nothing else: no answer to the question, right or wrong. */
export function holdsNoAnswer(reply: string): boolean {
  const confident = new Set<string>(confidenceWords.map(({ word }) => word));
  const words =
    reply
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/[\p{L}\p{N}'-]+/gu) ?? [];
  return words.every((word) => WRAPPING.has(word) || confident.has(word));
}

/** The first of the words that stands in the reply; a denied one ("not certain") is no statement of that word. */
export function statedConfidence(reply: string): Stated {
  const found = confidenceWords.flatMap(({ word, probability }) => {
    const at = reply.search(new RegExp(`(?<!\\bnot\\s)(?<![\\p{L}])${word}(?![\\p{L}])`, "iu"));
    return at < 0 ? [] : [{ word, probability, at }];
  });
  if (found.length === 0)
    return {
      kind: "none",
      because: reply.trim() === "" ? "the reply is empty" : "the reply holds none of the four words",
    };
  const first = found.reduce((a, b) => (b.at < a.at ? b : a));
  return { kind: "stated", word: first.word, probability: first.probability };
}
