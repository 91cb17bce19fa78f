// The unit of a gap: shares for a gold of 0 and 1, else the spread of gold over the samples.

/** A sample with a gold: how many samples its prompt has, and the probability with which it was to be labelled. */
export type WeighedGold = { readonly gold: number; readonly size: number; readonly inclusion: number };

export type GoldScale = {
  readonly unit: "share" | "sd";
  /** The unit, in that of the gold. */
  readonly size: number;
  /** From the least to the largest gold, in the unit. */
  readonly spread: number;
};

/**
 * Shares where gold is 0 or 1 throughout; else the standard deviation of gold at n = 1, each prompt weighing the same. Where only some are
 * labelled a label stands for 1 / inclusion samples (Hajek's ratio).
 * @param rows at least one
 */
export function goldScale(rows: readonly WeighedGold[]): GoldScale {
  const golds = rows.map(({ gold }) => gold);
  const spread = golds.reduce((a, b) => Math.max(a, b)) - golds.reduce((a, b) => Math.min(a, b));
  if (golds.every((gold) => gold === 0 || gold === 1)) return { unit: "share", size: 1, spread: 1 };
  const total = rows.reduce((sum, { size, inclusion }) => sum + 1 / (size * inclusion), 0);
  const meanOf = (of: (gold: number) => number) =>
    rows.reduce((sum, { gold, size, inclusion }) => sum + of(gold) / (size * inclusion) / total, 0);
  const mean = meanOf((gold) => gold);
  const size = Math.sqrt(meanOf((gold) => (gold - mean) ** 2));
  return { unit: "sd", size, spread: spread / size };
}
