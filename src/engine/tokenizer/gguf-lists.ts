// The lists of a GGUF file's tokenizer, checked, and the tokens that its types set apart.

import type { AddedToken } from "./codec.ts";

/** ggml's token types. */
export const NORMAL = 1;
export const UNKNOWN = 2;
export const CONTROL = 3;
export const USER_DEFINED = 4;
export const BYTE = 6;

export function textList(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((x) => typeof x === "string")
    ? (value as readonly string[])
    : undefined;
}

/** The type of each token; 0 where the file does not say. */
export function typesOf(tokens: readonly string[], types: unknown): readonly number[] {
  const list = Array.isArray(types) || ArrayBuffer.isView(types) ? (types as ArrayLike<unknown>) : [];
  return tokens.map((_, id) => {
    const type = list[id];
    return typeof type === "number" ? type : 0;
  });
}

/** The tokens that are found in the text itself. */
export function addedByType(
  tokens: readonly string[],
  types: unknown,
  which: { readonly special: readonly number[]; readonly text: readonly number[] },
): readonly AddedToken[] {
  return typesOf(tokens, types).flatMap((type, id) => {
    const special = which.special.includes(type);
    const content = tokens[id]!;
    return content !== "" && (special || which.text.includes(type)) ? [{ id, content, special }] : [];
  });
}
