// A tokenizer in the form of a Hugging Face tokenizer.json, run by the maintained library: cutting and merging are the library's.

import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { alphabetBytes } from "./byte-alphabet.ts";
import type { AddedToken, Codec } from "./codec.ts";
import { splitAdded } from "./split-added.ts";

/** The parts of a tokenizer.json that are used here. Whoever reads them from a file has checked them. */
export type BpeParts = {
  readonly normalizer: unknown;
  readonly preTokenizer: unknown;
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly merges: readonly (readonly [left: string, right: string])[];
  readonly ignoreMerges: boolean;
  /** What stands for characters that no token covers; without it they are left out, as the reference does. */
  readonly unknown: string | undefined;
  readonly fuseUnknown: boolean;
  readonly byteFallback: boolean;
  readonly added: readonly (AddedToken & { readonly normalized?: boolean })[];
  /** How tokens are written: in GPT-2's alphabet of bytes, or as text with U+2581 for a space and <0x41> for a byte. */
  readonly written: "byte alphabet" | "sentencepiece";
  readonly dropsFirstSpace: boolean;
};

/** The stages of the library's tokenizer: functions all three, though its types say objects. */
type Stages = {
  readonly normalizer: ((text: string) => string) | null;
  readonly pre_tokenizer: ((text: string, options: { readonly section_index: number }) => string[]) | null;
  readonly model: (pieces: readonly string[]) => string[];
  token_to_id(token: string): number | undefined;
};

/** @throws Error when the library refuses a part, or a pattern is no regular expression */
export function libraryCodec(parts: BpeParts): Codec {
  const { added } = parts;
  const specials = new Set(
    added.flatMap((t) => (t.special && Array.from(t.content).length > 1 ? [t.content] : [])),
  );
  // Without the merges that make them and the entries that name them, no text can become special tokens.
  const vocabulary = new Map(
    [...parts.vocabulary].filter(([token]) => !specials.has(token) || token === parts.unknown),
  );
  const stages = new HuggingFaceTokenizer(
    {
      version: "1.0",
      truncation: null,
      padding: null,
      added_tokens: [],
      normalizer: parts.normalizer,
      pre_tokenizer: parts.preTokenizer,
      post_processor: null,
      decoder: null,
      model: {
        type: "BPE",
        vocab: Object.fromEntries(vocabulary),
        merges: parts.merges.filter(([left, right]) => !specials.has(left + right)),
        unk_token: parts.unknown ?? null,
        fuse_unk: parts.fuseUnknown,
        byte_fallback: parts.byteFallback,
        ignore_merges: parts.ignoreMerges,
      },
    } as never,
    {} as never,
  ) as unknown as Stages;
  // Non-special tokens that are looked for in the normalised text only; special ones are found before, wherever they say.
  const later = stages.normalizer === null ? [] : added.filter((t) => t.normalized === true && !t.special);
  const splitLater = splitAdded(
    later.map((t) => ({ ...t, content: stages.normalizer!(t.content) })).filter((t) => t.content !== ""),
  );
  const unknown = parts.unknown === undefined ? undefined : parts.vocabulary.get(parts.unknown);
  const bytes = bytesById(parts);
  const none = new Uint8Array(0);
  return {
    vocabulary: bytes.length,
    added: added.filter((t) => !later.includes(t)),
    encodePlain: (text, first) => {
      const normal = stages.normalizer === null ? text : stages.normalizer(text);
      return splitLater(normal).flatMap((part) => {
        if ("token" in part) return [part.token.id];
        const pieces = stages.pre_tokenizer
          ? stages.pre_tokenizer(part.text, { section_index: first ? 0 : 1 })
          : [part.text];
        return stages.model(pieces).flatMap((token) => stages.token_to_id(token) ?? unknown ?? []);
      });
    },
    bytesOf: (id) => bytes[id] ?? none,
    dropsFirstSpace: parts.dropsFirstSpace,
  };
}

function bytesById({ vocabulary, added, written }: BpeParts): readonly (Uint8Array | undefined)[] {
  let count = 0;
  for (const id of vocabulary.values()) count = Math.max(count, id + 1);
  for (const { id } of added) count = Math.max(count, id + 1);
  const bytes: (Uint8Array | undefined)[] = Array.from({ length: count }, () => undefined);
  const textOf = written === "byte alphabet" ? alphabetBytes : pieceBytes;
  for (const [token, id] of vocabulary) bytes[id] = textOf(token);
  for (const { content, id } of added) bytes[id] = new TextEncoder().encode(content);
  return bytes;
}

/** The bytes of a token of SentencePiece's kind. */
export function pieceBytes(token: string): Uint8Array {
  const byte = /^<0x([0-9A-Fa-f]{2})>$/u.exec(token);
  return byte
    ? Uint8Array.of(Number.parseInt(byte[1]!, 16))
    : new TextEncoder().encode(token.replaceAll("\u2581", " "));
}
