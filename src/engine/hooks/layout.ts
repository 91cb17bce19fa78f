// Where each token of a pass belongs: prompt, place in its text; and the same for each slot that it may look at.

export type Layout = {
  readonly rows: number;
  readonly width: number;
  /** Slots of past and pass together. */
  readonly all: number;
  /** For each row its prompt's number in the run; -1 where a row only keeps another company. */
  readonly prompts: readonly number[];
  /** [rows, width]: each token's place in its text; -1 for padding. */
  readonly positions: Int32Array;
  /** [rows, all]: the place of the token in each slot; -1 where there is none. */
  readonly keys: Int32Array;
  /** Lengths of the prompts, by number: what "generated" begins at. */
  readonly promptLengths: readonly number[];
};
