// What an attribute is: a number that is read off a text by a fixed rule, without any model.

export type Attribute = {
  /** The key under which `index.ts` lists it. */
  readonly name: string;
  /** One plain line: what is counted. */
  readonly says: string;
  /**
   * Finite, at least 0, the same for the same texts, in time linear in their length whatever they hold: patterns
   * repeat nothing without a bound.
   */
  readonly measure: (response: string, prompt: string) => number;
};
