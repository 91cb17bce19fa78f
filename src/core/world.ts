// A world: a source of facts and of ways to speak about them. A suite is a procedure over a world, so another can bring its own.

export type Fact = {
  /** Unique in the world: "capitals/france". */
  readonly id: string;
  readonly field: string;
  /** What the question is about: "France". */
  readonly subject: string;
  /** The right answer as it would be said: "Paris". */
  readonly answer: string;
  /** Other forms that count as the right answer in written text. */
  readonly aliases: readonly string[];
  /** At least three wrong answers of the same kind, none of them true under any reading. */
  readonly wrong: readonly string[];
};

/** One way to put a fact's question, with the words that an answer begins with. */
export type Phrasing = {
  readonly question: string;
  /** The first words of a full-sentence answer, without a trailing space: "The capital of France is". */
  readonly opening: string;
};

export type World = {
  readonly name: string;
  readonly version: string;
  readonly facts: readonly Fact[];
  /** Three phrasings that are used for screening what a model knows, and for nothing else. */
  readonly screening: (fact: Fact) => readonly [Phrasing, Phrasing, Phrasing];
  /** The phrasing that the main arms use. */
  readonly main: (fact: Fact) => Phrasing;
  /** At least three further phrasings that mean the same as `main`. */
  readonly paraphrases: (fact: Fact) => readonly Phrasing[];
};
