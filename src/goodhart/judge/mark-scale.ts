// The marks that a judge may give: whole numbers from the worst to the best.

export type MarkScale = { readonly low: number; readonly high: number };

export const defaultScale: MarkScale = { low: 1, high: 10 };

/** Marks on the longest scale, 0 to 100: each is an option that a white-box judge scores. */
export const MOST_STEPS = 100;

/** From the worst to the best, each once. */
export function marksOn({ low, high }: MarkScale): readonly number[] {
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}
