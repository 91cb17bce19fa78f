// A tokenizer out of its parts: codec, chat template and the tokens with a role.

import type { Message } from "../../core/message.ts";
import type { ChatTemplate } from "./chat-template.ts";
import type { AddedToken, Codec } from "./codec.ts";
import { markedPositions, plainConversation } from "./plain-conversation.ts";
import { splitAdded } from "./split-added.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** Special tokens that end a turn or a text in some family, whatever the files say. */
const ENDINGS = new Set(["<|endoftext|>", "<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|end_of_text|>"]);

export type TokenizerParts = {
  readonly codec: Codec;
  readonly template: ChatTemplate;
  /** Those that the files name; known endings among the added tokens come to them. */
  readonly stops: readonly number[];
  readonly padding: number;
  readonly affixes: Tokenizer["affixes"];
};

export function makeTokenizer({ codec, template, stops, padding, affixes }: TokenizerParts): Tokenizer {
  const split = splitAdded(codec.added);
  const special = new Set(codec.added.flatMap((t) => (t.special ? [t.id] : [])));
  const none: ReadonlySet<number> = new Set();

  // Found when first wanted: the template runs for it.
  let guarded: ReadonlySet<AddedToken> | undefined;
  const guardedTokens = () => (guarded ??= controlTokens(codec.added, template, split));

  /** @param plain positions that no guarded token may cover, or "all" */
  const encodeAround = (text: string, plain: ReadonlySet<number> | "all"): number[] => {
    const guards = plain === "all" || plain.size > 0 ? guardedTokens() : undefined;
    const allowed = (token: AddedToken, from: number, to: number) => {
      if (!guards?.has(token)) return true;
      if (plain === "all") return false;
      for (let at = from; at < to; at++) if (plain.has(at)) return false;
      return true;
    };
    return split(text, allowed).flatMap((part, i) =>
      "token" in part ? [part.token.id] : codec.encodePlain(part.text, i === 0),
    );
  };
  const encode: Tokenizer["encode"] = (text, options) =>
    encodeAround(text, options?.specialTokens === "text" ? "all" : none);

  const startConversation: Tokenizer["startConversation"] = (messages, options) => {
    if (options?.specialTokensInText === "control") {
      const text = template.render(messages);
      return (opening) => encodeAround(text + opening, none);
    }
    const specials = Array.from(guardedTokens(), (t) => t.content);
    const { text, plain } = plainConversation(messages, { specials, ...template });
    return (opening) => {
      const own = markedPositions(opening, specials);
      if (own.size === 0) return encodeAround(text + opening, plain);
      const both = new Set(plain);
      for (const at of own) both.add(text.length + at);
      return encodeAround(text + opening, both);
    };
  };

  return {
    vocabulary: codec.vocabulary,
    stops: new Set([...stops, ...codec.added.filter((t) => ENDINGS.has(t.content)).map((t) => t.id)]),
    padding,
    chat: template.chat,
    special,
    affixes,
    dropsFirstSpace: codec.dropsFirstSpace,
    encode,
    encodeText: (text, options) => [...affixes.before, ...encode(text, options), ...affixes.after],
    startConversation,
    encodeConversation: (messages, options) => startConversation(messages, options)(options?.opening ?? ""),
    tokenBytes: (id) => codec.bytesOf(id).slice(),
    decode: (ids) => {
      const bytes = Buffer.concat(ids.flatMap((id) => (special.has(id) ? [] : [codec.bytesOf(id)])));
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
      return codec.dropsFirstSpace && text.startsWith(" ") ? text.slice(1) : text;
    },
    render: (messages) => template.render(messages),
  };
}

const probes: readonly (readonly Message[])[] = [
  [
    { role: "system", content: "A" },
    { role: "user", content: "B" },
    { role: "assistant", content: "C" },
    { role: "user", content: "D" },
  ],
  [
    { role: "user", content: "B" },
    { role: "assistant", content: "C" },
    { role: "user", content: "D" },
  ],
];

/**
 * The tokens that a message's author must not be able to write: the special ones, and those that are not called special but
 * that the template itself sets (some models mark their turns with such).
 */
function controlTokens(
  added: readonly AddedToken[],
  template: ChatTemplate,
  split: ReturnType<typeof splitAdded>,
): ReadonlySet<AddedToken> {
  const others = added.filter((t) => !t.special && /\S/u.test(t.content));
  const written = new Set<AddedToken>();
  for (const probe of others.length > 0 && template.chat.kind === "present" ? probes : []) {
    try {
      for (const part of split(template.render(probe))) if ("token" in part) written.add(part.token);
      break;
    } catch {
      // This template takes no system message, or no conversation of this form.
    }
  }
  return new Set(added.filter((t) => t.special || written.has(t)));
}
