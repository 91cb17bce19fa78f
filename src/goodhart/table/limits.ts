// How much of a file is taken in: refused beyond that, because a heap that runs full ends the process without a word.

export type Limits = {
  /** Of the file, and of what its Parquet pages unpack to. */
  readonly bytes: number;
  /** Of one line or, in a CSV file, of one row. */
  readonly lineBytes: number;
  readonly rows: number;
  readonly cells: number;
};

const MiB = 2 ** 20;

export const defaultLimits: Limits = {
  bytes: 512 * MiB,
  lineBytes: 64 * MiB,
  rows: 2_000_000,
  cells: 20_000_000,
};
