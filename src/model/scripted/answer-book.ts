// What a scripted model knows: the right answer or the right reply to an ask, looked up by what a model sees of it.

import type { Ask } from "../../core/sample.ts";

export type Page =
  /** The answers there are, and the place of the right one among them. */
  | { readonly kind: "fact"; readonly answers: readonly string[]; readonly right: number }
  /** A request, and what a model that does as it should replies. */
  | { readonly kind: "request"; readonly reply: string };

export type AnswerBook = {
  readonly page: (ask: Ask) => Page | undefined;
  readonly knowsWord: (word: string) => boolean;
};

/** Two asks that look alike to a model have one key: what is written is not told apart by seed or length. */
export function askKey(ask: Ask): string {
  return JSON.stringify([
    ask.messages.map(({ role, content }) => [role, content]),
    ask.opening ?? "",
    ask.kind === "choose" ? ask.options : [],
  ]);
}

/** An option as it would be said alone: without its space and closing mark. */
export function bareAnswer(option: string): string {
  return option.trim().replace(/[.!?]+$/u, "");
}
