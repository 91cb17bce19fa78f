// What a scripted model sees of an ask, and what it may do about it.

import type { Message } from "../../core/message.ts";
import type { Rng } from "../../stats/rng.ts";
import type { Page } from "./answer-book.ts";

export type Seen = {
  /** Whether one of the answers is to be chosen, or a reply to be written. */
  readonly asks: "choice" | "reply";
  readonly messages: readonly Message[];
  /** The content of the last user turn. */
  readonly question: string;
  /**
   * The answers it can think of, without space and closing mark: the options of a choice, and what its book holds
   * where it writes. Empty where a reply is wanted that no answer settles, as to a request.
   */
  readonly answers: readonly string[];
  readonly page: Page | undefined;
  readonly temperature: number;
  /** Is this a word that the model has met? */
  readonly knowsWord: (word: string) => boolean;
  /** The same for the same ask, whatever was asked before. */
  readonly rng: Rng;
};

export type Act =
  | {
      readonly kind: "answer";
      /** Place among `answers`. */
      readonly place: number;
      /** Probability of the chosen option; the model's own where absent. */
      readonly probability?: number;
      /** Which of the words of confidence, where the user asks for one; the first where absent. */
      readonly word?: number;
    }
  | { readonly kind: "reply"; readonly text: string }
  | { readonly kind: "fail"; readonly because: string };

/** A pure function of what is seen. */
export type Behaviour = (seen: Seen) => Act;
