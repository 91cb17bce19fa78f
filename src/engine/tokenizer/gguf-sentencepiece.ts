// SentencePiece as a GGUF file has it (`tokenizer.ggml.model` = "llama"): tokens with scores, bytes for what no token covers.

import { SetupError } from "../../core/errors.ts";
import type { Codec, GgufCodec } from "./codec.ts";
import {
  addedByType,
  BYTE,
  CONTROL,
  NORMAL,
  textList,
  typesOf,
  UNKNOWN,
  USER_DEFINED,
} from "./gguf-lists.ts";
import { pieceBytes } from "./library-codec.ts";
import { sentencepieceMerges } from "./sentencepiece-merges.ts";

/** What SentencePiece writes for a space. */
const SPACE = "\u2581";

/** @throws SetupError when tokens or scores are missing or damaged */
export function ggufSentencepiece(path: string, entry: (name: string) => unknown): GgufCodec {
  const damaged = (what: string) =>
    new SetupError("TOKENIZER", `${path}: ${what}`, {
      hint: "The file is damaged or was converted without its tokenizer.",
    });
  const tokens = textList(entry("tokens"));
  if (!tokens) throw damaged("tokenizer 'llama' is not supported without its list of tokens");
  const scores = entry("scores");
  if (
    !(Array.isArray(scores) || ArrayBuffer.isView(scores)) ||
    (scores as ArrayLike<unknown>).length !== tokens.length
  )
    throw damaged(`its tokenizer's ${tokens.length} tokens have no score each`);
  const scoreOf = scores as ArrayLike<unknown>;
  const types = typesOf(tokens, entry("token_type"));
  const ids = new Map<string, number>();
  const mergeable = new Map<string, number>();
  const bytes = new Map<number, number>();
  for (const [id, token] of tokens.entries()) {
    const type = types[id]!;
    if (type === BYTE) {
      const byte = pieceBytes(token);
      if (byte.length !== 1 || token.length !== 6)
        throw damaged(`its byte token ${id} is ${JSON.stringify(token.slice(0, 100))}`);
      bytes.set(byte[0]!, id);
    } else if ((type === NORMAL || type === 0) && token !== "" && !ids.has(token)) {
      const score = scoreOf[id];
      if (typeof score !== "number" || !Number.isFinite(score))
        throw damaged(`the score of its token ${id} is no number`);
      ids.set(token, id);
      mergeable.set(token, score);
    }
  }
  const unknownId = entry("unknown_token_id");
  const unknown =
    typeof unknownId === "number" && tokens[unknownId] !== undefined
      ? unknownId
      : types.includes(UNKNOWN)
        ? types.indexOf(UNKNOWN)
        : undefined;
  if (unknown === undefined && bytes.size < 256)
    throw damaged("its tokenizer has neither a token for every byte nor one for what is unknown");
  const prefixed = entry("add_space_prefix") !== false;
  const codec: Codec = {
    vocabulary: tokens.length,
    added: addedByType(tokens, types, { special: [CONTROL, UNKNOWN], text: [USER_DEFINED] }),
    // llama.cpp puts the space before every piece that begins the text or follows an added token, and such are all pieces here.
    encodePlain: piecesToIds(sentencepieceMerges(mergeable), { ids, bytes, unknown, prefixed }),
    bytesOf: (id) => {
      const token = tokens[id];
      if (token === undefined) return new Uint8Array(0);
      const type = types[id];
      return type === CONTROL || type === UNKNOWN
        ? new TextEncoder().encode(token)
        : textBytes(token, type === BYTE);
    },
    dropsFirstSpace: prefixed,
  };
  return { codec, tokens, addsBos: true };
}

const textBytes = (token: string, byte: boolean) =>
  byte ? pieceBytes(token) : new TextEncoder().encode(token.replaceAll(SPACE, " "));

function piecesToIds(
  pieces: (text: string) => string[],
  known: {
    readonly ids: ReadonlyMap<string, number>;
    readonly bytes: ReadonlyMap<number, number>;
    readonly unknown: number | undefined;
    readonly prefixed: boolean;
  },
): (text: string) => number[] {
  const { ids, bytes, unknown, prefixed } = known;
  return (text) => {
    const found: number[] = [];
    let inUnknown = false;
    for (const piece of pieces(((prefixed ? " " : "") + text).replaceAll(" ", SPACE))) {
      const id = ids.get(piece);
      const spelt =
        id === undefined ? [...new TextEncoder().encode(piece)].map((byte) => bytes.get(byte)) : [id];
      if (spelt.every((token) => token !== undefined)) found.push(...spelt);
      // Several unknown characters in a row are one unknown token, as SentencePiece has it.
      else if (!inUnknown && unknown !== undefined) found.push(unknown);
      inUnknown = spelt.includes(undefined);
    }
    return found;
  };
}
