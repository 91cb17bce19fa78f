// Tokens that a folder adds beside its tokenizer.json: those of tokenizer_config.json, and whatever has a role.

import { isObject, own } from "./folder-files.ts";
import { roleText, type FolderFiles } from "./folder-roles.ts";
import type { BpeParts } from "./library-codec.ts";
import { readAdded } from "./read-tokenizer-json.ts";
import { Unsupported } from "./unsupported.ts";

/** The names under which configurations give tokens a role. */
export const roles = [
  "bos_token",
  "eos_token",
  "unk_token",
  "pad_token",
  "sep_token",
  "cls_token",
  "mask_token",
] as const;

/**
 * As transformers does: `added_tokens_decoder` counts like `added_tokens`, and a token of the vocabulary that has a role is a special token.
 * @returns the same parts with these tokens. @throws Unsupported when an id or a text is another token's already
 */
export function withMoreAdded(parts: BpeParts, files: FolderFiles): BpeParts {
  const added = new Map(parts.added.map((t) => [t.content, t]));
  const texts = new Map([...parts.vocabulary].map(([text, id]) => [id, text]));
  for (const token of parts.added) texts.set(token.id, token.content);
  const listed = own(files.tokenizerConfig, "added_tokens_decoder");
  const entries = isObject(listed) ? Object.entries(listed) : [];
  const more = readAdded(
    entries.map(([id, token]) => (isObject(token) ? { ...token, id: Number(id) } : { id, token })),
  );
  for (const token of more) {
    if (added.has(token.content)) continue;
    const known = parts.vocabulary.get(token.content);
    if (
      (known !== undefined && known !== token.id) ||
      (texts.get(token.id) ?? token.content) !== token.content
    )
      throw new Unsupported(
        `its added_tokens_decoder gives id ${token.id} to ${JSON.stringify(token.content.slice(0, 100))}, which another token has or which has another`,
      );
    added.set(token.content, token);
  }
  const others = own(files.tokenizerConfig, "additional_special_tokens");
  const named = [...roles.map((role) => roleText(files, role)), ...(Array.isArray(others) ? others : [])];
  for (const content of named) {
    const id = typeof content === "string" ? parts.vocabulary.get(content) : undefined;
    if (id !== undefined && content !== "" && !added.has(content as string))
      added.set(content as string, { id, content: content as string, special: true });
  }
  return { ...parts, added: [...added.values()] };
}
