// Draws tokens from softmax(logits / temperature), cut to a top-p nucleus, in one cheap pass over the vocabulary.

/** Depth is how far a token's logit / temperature lies below the largest. One bin of depth is 1 / BINS wide. */
const BINS = 64;
/** What lies deeper weighs nothing: even a vocabulary of a million such tokens has less than 5e-12 of the whole. */
const DEEPEST = 40;
/** exp(-depth) at each bin's edge. */
const EDGES = Float64Array.from({ length: BINS * DEEPEST + 1 }, (_, bin) => Math.exp(-bin / BINS));
/** The bin of what weighs nothing. */
const NOWHERE = BINS * DEEPEST + 1;

export type TokenDrawer = {
  /**
   * The token at `uniform` (0 <= uniform < 1) of the cumulative distribution, tokens in the order of their ids. topP keeps the smallest
   * set of most probable tokens whose share reaches it (Holtzman et al. 2020), of equal ones those with the lowest ids; 1 keeps all, 0 the
   * most probable one.
   * @param logits finite, at least one @param temperature above 0
   */
  draw(logits: Float32Array, temperature: number, topP: number, uniform: number): number;
};

/**
 * Weights are exp(-depth) to within 2e-14 of themselves: the edge of the depth's bin by table, times five terms of the series for what
 * is left (below 1 / 64). The bins also find the nucleus: only the one in which the share reaches topP needs to be sorted.
 */
export function tokenDrawer(): TokenDrawer {
  let weights = new Float64Array(0);
  let bins = new Uint16Array(0);
  const sums = new Float64Array(NOWHERE);

  return {
    draw: (logits, temperature, topP, uniform) => {
      const count = logits.length;
      if (weights.length < count) {
        weights = new Float64Array(count);
        bins = new Uint16Array(count);
      }
      const total = weigh(logits, temperature);
      const { last, share } = topP < 1 ? nucleus(logits, topP * total) : { last: NOWHERE - 1, share: total };
      const target = uniform * share;
      let passed = 0;
      let token = 0;
      for (let i = 0; i < count; i++) {
        if (bins[i]! > last) continue;
        passed += weights[i]!;
        token = i;
        if (passed > target) break;
      }
      return token;
    },
  };

  /** Fills `weights`, `bins` and `sums`. @returns the sum of all weights */
  function weigh(logits: Float32Array, temperature: number): number {
    let largest = logits[0]!;
    for (let i = 1; i < logits.length; i++) if (logits[i]! > largest) largest = logits[i]!;
    sums.fill(0);
    let total = 0;
    // Finite, so that the largest itself has depth 0 at any temperature.
    const scale = Math.min(BINS / temperature, Number.MAX_VALUE);
    for (let i = 0; i < logits.length; i++) {
      const depth = (largest - logits[i]!) * scale;
      if (!(depth < BINS * DEEPEST)) {
        bins[i] = NOWHERE;
        continue;
      }
      const bin = depth | 0;
      const x = (bin - depth) * (1 / BINS);
      const weight = EDGES[bin]! * (1 + x * (1 + x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x / 120)))));
      bins[i] = bin;
      weights[i] = weight;
      sums[bin]! += weight;
      total += weight;
    }
    return total;
  }

  /** The nucleus ends in bin `last`; what that bin has beyond it is thrown out. `share`: what is left weighs this much. */
  function nucleus(logits: Float32Array, wanted: number) {
    let last = 0;
    let share = 0;
    while (last < NOWHERE - 1 && share + sums[last]! < wanted) share += sums[last++]!;
    const order: number[] = [];
    for (let i = 0; i < logits.length; i++) if (bins[i] === last) order.push(i);
    order.sort((a, b) => logits[b]! - logits[a]! || a - b);
    let kept = 0;
    while (kept < order.length && (share === 0 || share < wanted)) share += weights[order[kept++]!]!;
    for (const token of order.slice(kept)) bins[token] = NOWHERE;
    return { last, share };
  }
}
