// Floating-point operations that a model needs, however an engine does them: what a share of the matmul rate is a share of.

export type Sizes = {
  readonly nLayers: number;
  readonly dModel: number;
  readonly dHead: number;
  readonly dMlp: number;
  readonly nHeads: number;
  readonly nKeyValueHeads: number;
  readonly dVocab: number;
};

/**
 * Of one text of `tokens` tokens after `past` others, `places` of them with logits, in a model with a gated MLP: two for each weight
 * of the trunk and token, two for each weight of the unembedding and place, four for each head, head dimension and pair of a token
 * with one that it may look at. Norms, rotation and softmax count nothing.
 */
export function countOperations(sizes: Sizes, past: number, tokens: number, places: number): number {
  const { nLayers, dModel, dHead, dMlp, nHeads, nKeyValueHeads, dVocab } = sizes;
  const trunk = nLayers * (dModel * dHead * (2 * nHeads + 2 * nKeyValueHeads) + 3 * dModel * dMlp);
  const pairs = tokens * past + (tokens * (tokens + 1)) / 2;
  return 2 * tokens * trunk + 2 * places * dVocab * dModel + 4 * pairs * nLayers * nHeads * dHead;
}
