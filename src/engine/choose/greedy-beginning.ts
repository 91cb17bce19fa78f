// What a greedy reply begins with, as far as a pass over the options shows it.

/**
 * The most probable tokens, as long as one of the options goes on with them, and the one after.
 * @param best the most probable token after a beginning of an option, or after a whole one
 */
export function greedyBeginning(
  options: readonly (readonly number[])[],
  best: (beginning: readonly number[]) => number,
): readonly number[] {
  const path: number[] = [];
  const goesOn = () =>
    options.some((option) => option.length >= path.length && path.every((token, t) => option[t] === token));
  while (goesOn()) path.push(best(path));
  return path;
}
