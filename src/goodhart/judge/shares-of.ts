// The options' shares of probability among themselves, from the total log-probability of each.

/** Softmax over the options. Undefined where there is not one finite number for each of them. */
export function sharesOf(logprobs: readonly number[], options: number): readonly number[] | undefined {
  if (logprobs.length !== options || !logprobs.every(Number.isFinite)) return undefined;
  const top = logprobs.reduce((a, b) => Math.max(a, b));
  const weights = logprobs.map((x) => Math.exp(x - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
