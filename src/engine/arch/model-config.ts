// What a model is, apart from its weights: sizes, and which of a few known parts it is put together from.

/** Rotary positions (Su et al. 2021). `divisors` [dHead / 2] slow single frequencies down: scaled Llama 3, say. */
export type Rotary = {
  readonly kind: "rotary";
  readonly base: number;
  /** Which dimensions of a head turn together: i and i + d/2 (`halves`, where absent), or 2i and 2i + 1. */
  readonly pairing?: "halves" | "neighbours";
  readonly divisors?: readonly number[];
};

export type Positions = Rotary | { readonly kind: "learned" };

/** `gelu_new` is the tanh form that GPT-2 was trained with, `gelu` the exact one: they differ by up to 5e-4. */
export type Activation = "silu" | "gelu_new" | "gelu";

export type ModelConfig = {
  /** The family that declares it: a key of `families`. */
  readonly family: string;
  readonly nLayers: number;
  readonly dModel: number;
  readonly nHeads: number;
  readonly nKeyValueHeads: number;
  readonly dHead: number;
  readonly dMlp: number;
  readonly dVocab: number;
  /** The longest text that is computed rightly: the model's context, or its attention window where that is shorter. */
  readonly nCtx: number;
  /** Added to the mean square, or variance, inside the root of every norm. */
  readonly eps: number;
  readonly norm: "rms" | "layer";
  readonly positions: Positions;
  readonly activation: Activation;
  /** A gated MLP multiplies act(gate(x)) into its other input, up(x). */
  readonly gated: boolean;
  /** Whether the config says that the unembedding is the embedding; undefined where it says nothing: then the file decides. */
  readonly tied?: boolean;
  readonly biases: { readonly qkv: boolean; readonly attnOut: boolean; readonly mlp: boolean };
};
