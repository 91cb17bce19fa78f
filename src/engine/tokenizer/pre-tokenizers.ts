// How text is cut before byte-pair merging, by the name that a GGUF gives it (`tokenizer.ggml.pre`).

/** A step in the form of a Hugging Face tokenizer.json: every match of the pattern becomes a piece of its own. */
const split = (pattern: string) =>
  ({ type: "Split", pattern: { Regex: pattern }, behavior: "Isolated", invert: false }) as const;

/**
 * GPT-2's own cutting. Spelt out, because the reference tokenizer's \s is Unicode's White_Space, but JavaScript's \s counts
 * U+FEFF in and U+0085 out.
 */
export const gpt2Split = split(
  String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+`,
);

/** Llama 3's, from its tokenizer.json: contractions in either case, numerals in threes, line ends kept with what stands before. */
const llama3Split = split(
  String.raw`'(?:[sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\p{White_Space}\p{L}\p{N}]+[\r\n]*|\p{White_Space}*[\r\n]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+`,
);

const UPPER = String.raw`[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`;
const LOWER = String.raw`[\p{Ll}\p{Lm}\p{Lo}\p{M}]`;

/** Mistral's Tekken, from its tokenizer.json: words are also cut where lower case turns to upper. */
const tekkenSplit = split(
  String.raw`[^\r\n\p{L}\p{N}]?${UPPER}*${LOWER}+|[^\r\n\p{L}\p{N}]?${UPPER}+${LOWER}*|\p{N}| ?[^\p{White_Space}\p{L}\p{N}]+[\r\n/]*|\p{White_Space}*[\r\n]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+`,
);

/** Each piece as the characters that stand for its bytes in the vocabulary. */
export const bytesStep = {
  type: "ByteLevel",
  add_prefix_space: false,
  trim_offsets: true,
  use_regex: false,
} as const;

const sequence = (...pretokenizers: readonly unknown[]) => ({ type: "Sequence", pretokenizers });

export type PreTokenizer = {
  /** As a tokenizer.json has it. */
  readonly steps: unknown;
  /** A piece that is a token as it stands is not merged, even if merging would not reach it. */
  readonly ignoreMerges?: true;
  /** The model's own tokenizer puts the beginning-of-text token before raw text, where the file does not say. */
  readonly addsBos?: true;
};

const llama3: PreTokenizer = { steps: sequence(llama3Split, bytesStep), ignoreMerges: true, addsBos: true };

/** One entry here is all that a new pre-tokenizer needs. The two settings are llama.cpp's for the same names. */
export const preTokenizers: Readonly<Record<string, PreTokenizer>> = {
  "gpt-2": { steps: sequence(gpt2Split, bytesStep) },
  /** SmolLM and SmolLM2: every numeral of any script alone (the library's own `Digits` knows only 0-9), then GPT-2's cutting. */
  smollm: { steps: sequence(split(String.raw`\p{N}`), gpt2Split, bytesStep) },
  "llama-bpe": llama3,
  llama3,
  tekken: { steps: sequence(tekkenSplit, bytesStep), ignoreMerges: true, addsBos: true },
  /** What llama.cpp does where a converter did not know the model. */
  default: {
    steps: sequence(
      split(String.raw`[\p{P}$+<=>^~|]+`),
      split(
        String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})`,
      ),
      split(String.raw`\p{N}+`),
      split("[0-9][0-9][0-9]"),
      bytesStep,
    ),
  },
};
