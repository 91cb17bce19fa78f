// A tokenizer.json, checked part by part: what is not known is refused, because it would cut text in another way without a word.

import { shown } from "../weights/shown.ts";
import { isObject, own, type JsonObject } from "./folder-files.ts";
import type { BpeParts } from "./library-codec.ts";
import { readNormalizer, readPreTokenizer } from "./read-steps.ts";
import { Unsupported } from "./unsupported.ts";

/** Beyond any vocabulary by far: ids become places in a list. */
const LARGEST_ID = 2 ** 22;

/** @throws Unsupported */
export function readTokenizerJson(json: JsonObject): BpeParts {
  const model = own(json, "model");
  // Files of old name no type where they have merges.
  const type = own(model, "type") ?? (own(model, "merges") ? "BPE" : undefined);
  if (!isObject(model) || type !== "BPE")
    throw new Unsupported(`its model ${shown(type)} is not supported (supported: BPE)`);
  for (const name of ["continuing_subword_prefix", "end_of_word_suffix", "dropout"])
    if (own(model, name)) throw new Unsupported(`its model's ${name} is not supported`);
  const vocabulary = readVocabulary(own(model, "vocab"));
  const added = readAdded(own(json, "added_tokens") ?? []);
  const unknown = own(model, "unk_token") ?? undefined;
  if (unknown !== undefined && (typeof unknown !== "string" || !vocabulary.has(unknown)))
    throw new Unsupported(`its unk_token ${shown(unknown)} is no token of the vocabulary`);
  return {
    normalizer: readNormalizer(own(json, "normalizer") ?? null),
    preTokenizer: readPreTokenizer(own(json, "pre_tokenizer") ?? null),
    vocabulary,
    merges: readMerges(own(model, "merges"), vocabulary),
    ignoreMerges: own(model, "ignore_merges") === true,
    unknown,
    fuseUnknown: own(model, "fuse_unk") === true,
    byteFallback: own(model, "byte_fallback") === true,
    added,
    ...readDecoder(own(json, "decoder") ?? null),
  };
}

export function readVocabulary(value: unknown): ReadonlyMap<string, number> {
  if (!isObject(value)) throw new Unsupported("its vocabulary is no object of tokens and ids");
  const vocabulary = new Map<string, number>();
  for (const [token, id] of Object.entries(value)) {
    if (!isId(id))
      throw new Unsupported(`the id of its token ${JSON.stringify(token.slice(0, 100))} is ${shown(id)}`);
    vocabulary.set(token, id);
  }
  if (vocabulary.size === 0) throw new Unsupported("its vocabulary is empty");
  if (new Set(vocabulary.values()).size < vocabulary.size)
    throw new Unsupported("two tokens of its vocabulary have one id");
  return vocabulary;
}

/** @param value "a b" or ["a", "b"], in order of rank */
export function readMerges(
  value: unknown,
  vocabulary: ReadonlyMap<string, number>,
): readonly (readonly [string, string])[] {
  if (!Array.isArray(value)) throw new Unsupported("its merges are no list");
  return value.map((merge: unknown) => {
    const pair: unknown = typeof merge === "string" ? merge.split(" ") : merge;
    if (
      Array.isArray(pair) &&
      pair.length === 2 &&
      pair.every((part) => typeof part === "string" && part !== "")
    ) {
      const [left, right] = pair as [string, string];
      if (vocabulary.has(left + right)) return [left, right] as const;
    }
    throw new Unsupported(`its merge ${shown(merge)} makes no token of the vocabulary`);
  });
}

/** @param value as `added_tokens` lists them */
export function readAdded(value: unknown): BpeParts["added"] {
  if (!Array.isArray(value)) throw new Unsupported("its added_tokens are no list");
  return value.flatMap((token: unknown) => {
    const id = own(token, "id");
    const content = own(token, "content");
    if (!isId(id) || typeof content !== "string")
      throw new Unsupported(`its added token ${shown(token)} has no id or no text`);
    const is = (name: string) => own(token, name) === true;
    return content === ""
      ? []
      : [
          {
            id,
            content,
            special: is("special"),
            lstrip: is("lstrip"),
            rstrip: is("rstrip"),
            singleWord: is("single_word"),
            normalized: is("normalized"),
          },
        ];
  });
}

function isId(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < LARGEST_ID;
}

/** Only what the two ways of writing tokens need: the bytes of each token say the rest. */
function readDecoder(decoder: unknown): Pick<BpeParts, "written" | "dropsFirstSpace"> {
  const type = own(decoder, "type");
  if (type === "ByteLevel") return { written: "byte alphabet", dropsFirstSpace: false };
  if (type === "Metaspace")
    return { written: "sentencepiece", dropsFirstSpace: own(decoder, "prepend_scheme") !== "never" };
  const steps = own(decoder, "decoders");
  if (type === "Sequence" && Array.isArray(steps)) {
    const kinds = steps.map((step: unknown) => own(step, "type"));
    if (kinds.length === 1) return readDecoder(steps[0]);
    const space: unknown = steps[kinds.indexOf("Replace")];
    const strip: unknown = steps[kinds.indexOf("Strip")];
    const known =
      kinds.every((kind) => ["Replace", "ByteFallback", "Fuse", "Strip"].includes(String(kind))) &&
      own(own(space, "pattern"), "String") === "\u2581" &&
      own(space, "content") === " " &&
      (strip === undefined ||
        (own(strip, "content") === " " && own(strip, "start") === 1 && !own(strip, "stop")));
    if (known) return { written: "sentencepiece", dropsFirstSpace: strip !== undefined };
  }
  throw new Unsupported(`its decoder ${shown(decoder)} is not supported`);
}
