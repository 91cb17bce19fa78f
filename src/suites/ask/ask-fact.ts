// The asks that suites make of facts: one place for how a fact becomes messages, options and aliases.

import type { Message } from "../../core/message.ts";
import type { ChooseAsk, WriteAsk } from "../../core/sample.ts";
import type { Fact, Phrasing } from "../../core/world.ts";
import type { Rng } from "../../stats/rng.ts";

/** A user's turn after the user's own system prompt, if there is one. */
export function userTurn(content: string, system: string | undefined): readonly Message[] {
  const user: Message = { role: "user", content };
  return system === undefined ? [user] : [{ role: "system", content: system }, user];
}

/** A choose ask with the place of the right option, and of the wrong ones in the order in which they were given. */
export type AnswerChoice = {
  readonly ask: ChooseAsk;
  readonly right: number;
  readonly wrong: readonly number[];
};

/**
 * Which of these answers does the model hold to be right? The options stand in a seeded order, or in the order given by
 * `order` (indices into [answer, ...wrong]).
 */
export function chooseAnswer(
  fact: Fact,
  wrong: readonly string[],
  opening: string,
  messages: readonly Message[],
  order: Rng | readonly number[],
): AnswerChoice {
  const answers = [fact.answer, ...wrong];
  const places = answers.map((_, i) => i);
  const shown = "path" in order ? order.shuffled(places) : order;
  return {
    ask: {
      kind: "choose",
      messages,
      opening,
      options: asOptions(shown.map((i) => answers[i]!)),
      aliases: shown.map((i) => (i === 0 ? fact.aliases : [])),
    },
    right: shown.indexOf(0),
    wrong: wrong.map((_, i) => shown.indexOf(i + 1)),
  };
}

/**
 * Answers as continuations of an opening. Where one begins another ("1" and "16", "Guinea" and "Guinea-Bissau") all are closed by a
 * full stop: else the shorter would be credited with the longer.
 */
export function asOptions(answers: readonly string[]): readonly string[] {
  const nested = answers.some((a, i) => answers.some((b, j) => i !== j && b.startsWith(a)));
  return answers.map((answer) => ` ${answer}${nested ? "." : ""}`);
}

/** The same question with nothing to choose from: the model goes on, greedily, from the words that an answer begins with. */
export function writeAnswer(phrasing: Phrasing, maxTokens: number, system: string | undefined): WriteAsk {
  return {
    kind: "write",
    messages: userTurn(phrasing.question, system),
    opening: phrasing.opening,
    maxTokens,
    temperature: 0,
    topP: 1,
    seed: 0,
  };
}
