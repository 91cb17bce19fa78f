// Which of the answers stand in a text as words of their own, and where.

/** Places among `answers`, in the order in which each is mentioned last. Case is ignored. */
export function standingIn(text: string, answers: readonly string[]): readonly number[] {
  return answers
    .map((answer, place) => ({ place, at: lastAt(text, answer) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ place }) => place);
}

function lastAt(text: string, answer: string): number {
  if (answer === "") return -1;
  const literal = answer.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "giu");
  return [...text.matchAll(pattern)].at(-1)?.index ?? -1;
}
