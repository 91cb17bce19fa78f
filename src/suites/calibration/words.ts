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
