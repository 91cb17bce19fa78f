// How many independent units say anything of a mean or of a difference: where hardly any does, no normal theory holds.

/** The fewest units that must differ for t and bootstrap to be trusted; below it a bound that is valid at any n stands in. */
export const leastDiffering = 10;

/** Units that differ from the commonest value. @param room values closer than this are one */
export function differing(values: readonly number[], room: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  let [most, from] = [0, 0];
  for (let to = 0; to < sorted.length; to++) {
    while (sorted[to]! - sorted[from]! > room) from++;
    most = Math.max(most, to - from + 1);
  }
  return sorted.length - most;
}
