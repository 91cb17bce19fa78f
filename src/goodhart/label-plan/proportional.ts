// Probabilities in proportion to sizes, for a draw of a fixed number.

/**
 * Probabilities that add up to `budget`, in proportion to the sizes as far as none exceeds 1.
 * @param sizes above 0
 * @param budget at most as many as there are sizes
 */
export function proportional(sizes: readonly number[], budget: number): readonly number[] {
  // Those that would exceed 1 are certain; what is left is shared among the others, until none does.
  const certain = new Set<number>();
  for (;;) {
    const rest = sizes.reduce((sum, size, i) => (certain.has(i) ? sum : sum + size), 0);
    const scale = (budget - certain.size) / rest;
    const over = sizes.flatMap((size, i) => (!certain.has(i) && size * scale >= 1 ? [i] : []));
    if (over.length === 0) return sizes.map((size, i) => (certain.has(i) ? 1 : size * scale));
    for (const i of over) certain.add(i);
  }
}
