// How text is cut before byte-pair merging, by the name that a GGUF gives it (`tokenizer.ggml.pre`).

/** A step in the form of a Hugging Face tokenizer.json: every match of the pattern becomes a piece of its own. */
const split = (pattern: string) =>
  ({ type: "Split", pattern: { Regex: pattern }, behavior: "Isolated", invert: false }) as const;

/**
 * GPT-2's own cutting. Spelt out, because the reference tokenizer's \s is Unicode's White_Space, but JavaScript's \s counts
 * U+FEFF in and U+0085 out.
 */
const gpt2 = split(
  String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+`,
);

/** Each piece as the characters that stand for its bytes in the vocabulary. */
const bytes = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false } as const;

const sequence = (...pretokenizers: readonly unknown[]) => ({ type: "Sequence", pretokenizers });

/** One entry here is all that a new pre-tokenizer needs. */
export const preTokenizers: Readonly<Record<string, unknown>> = {
  "gpt-2": sequence(gpt2, bytes),
  /** SmolLM and SmolLM2: every numeral of any script alone (the library's own `Digits` knows only 0-9), then GPT-2's cutting. */
  smollm: sequence(split(String.raw`\p{N}`), gpt2, bytes),
};
