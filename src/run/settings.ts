// What the user chooses of a run; frozen with the plan, and compared when a run goes on.

export type RunSettings = {
  readonly seed: number;
  /** Verdicts compare each gap's interval with this. */
  readonly margin: number;
  /** Items per arm, by how the model answers. */
  readonly n: { readonly choose: number; readonly write: number };
  /** New tokens of a written reply, at most. */
  readonly maxTokens: number;
  /** A system prompt that is part of what is audited. */
  readonly system?: string;
};
