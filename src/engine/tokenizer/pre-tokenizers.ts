// How text is cut before byte-pair merging, by the name that a GGUF gives it (`tokenizer.ggml.pre`).

const byteLevel = {
  type: "ByteLevel",
  add_prefix_space: false,
  trim_offsets: true,
  use_regex: true,
} as const;

/** In the form of a Hugging Face tokenizer.json. One entry here is all that a new pre-tokenizer needs. */
export const preTokenizers: Readonly<Record<string, unknown>> = {
  /** GPT-2's own cutting. */
  "gpt-2": byteLevel,
  /** SmolLM and SmolLM2: every digit alone, then GPT-2's cutting. */
  smollm: { type: "Sequence", pretokenizers: [{ type: "Digits", individual_digits: true }, byteLevel] },
};
