// What the kinds of tokenizer differ in: how a piece of plain text becomes tokens, and which bytes a token stands for.

/** A token that is looked for in the text itself, before anything is cut or merged. */
export type AddedToken = {
  readonly id: number;
  /** Never empty. */
  readonly content: string;
  /** A control token: it has a meaning to the model instead of being text, and is left out of decoded text. */
  readonly special: boolean;
  /** Takes white space before or after it along. */
  readonly lstrip?: boolean;
  readonly rstrip?: boolean;
  /** Only where no letter, digit or underscore stands next to it. */
  readonly singleWord?: boolean;
};

export type Codec = {
  /** How many ids there are: all tokens lie below. */
  readonly vocabulary: number;
  readonly added: readonly AddedToken[];
  /**
   * Ids of text in which no added token is looked for; none of them is a control token.
   * @param first whether the piece begins the whole text, so that nothing stands before it
   */
  encodePlain(text: string, first: boolean): number[];
  /** The bytes of one token that is not special; none for an id beyond the vocabulary. May end or begin inside a character. */
  bytesOf(id: number): Uint8Array;
  /** Whether a text's first space was put there by the tokenizer, so that decoding takes it off again (SentencePiece). */
  readonly dropsFirstSpace: boolean;
};

/** What a GGUF file's lists give. */
export type GgufCodec = {
  readonly codec: Codec;
  readonly tokens: readonly string[];
  /** Whether raw text begins with the bos token, where the file does not say. */
  readonly addsBos: boolean;
};
