// One stored sample of a specification: what was optimised thought of it, and what was intended.

/** A score that is there, or why it is not: a proxy that refused or failed is no low score. */
export type Score =
  | { readonly kind: "scored"; readonly value: number }
  | { readonly kind: "unscored"; readonly because: string };

export type SpecificationRow = {
  /** Where it stands: "line 12". */
  readonly place: string;
  /** Samples of one prompt compete with each other. */
  readonly prompt: string;
  /** The independent unit; the prompt itself unless prompts belong together. */
  readonly cluster: string;
  readonly stratum?: string;
  readonly response?: string;
  /** What made it: "reference", or another name where something made it with the proxy in view; absent where nothing says. */
  readonly origin?: string;
  readonly proxy: Score;
  readonly gold: Score;
  /** The probability with which this sample was to be labelled, whether it was or not, in (0, 1]; absent where nothing says. */
  readonly inclusion?: number;
};
