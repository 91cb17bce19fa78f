// A model that does what its script says: the reference against which every suite is held.

import type { Answer } from "../../core/observation.ts";
import type { Ask } from "../../core/sample.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { Answered, Model } from "../model.ts";
import { askKey, bareAnswer, type AnswerBook } from "./answer-book.ts";
import type { Act, Behaviour, Seen } from "./behaviour.ts";
import { wordsAskedFor } from "./words-asked-for.ts";

const CONCURRENCY = 8;

export type Script = {
  readonly name: string;
  /** Whether it gives log-probabilities of options, or only writes. */
  readonly path: "logprob" | "sampling";
  readonly behaviour: Behaviour;
  readonly book: AnswerBook;
  readonly seed: number;
  /** Of the chosen option; the others share what is left. Above 0 and below 1. */
  readonly probability?: number;
};

/** Answers depend on the ask, the script and the seed alone. @throws RangeError for a probability that is none. */
export function scriptedModel(script: Script): Model {
  const { name, path, probability = 0.97, seed } = script;
  if (!(probability > 0 && probability < 1))
    throw new RangeError(`scriptedModel: probability must lie between 0 and 1, got ${probability}`);
  const answered = (ask: Ask): Answered => {
    const seen = seenOf(ask, script);
    return {
      answer: answerOf(script.behaviour(seen), seen, probability),
      usage: { prefilled: tokensIn(ask.messages.map(({ content }) => content).join(" ")), decoded: 0 },
    };
  };
  const all = async (asks: readonly Ask[]) => asks.map(answered);
  return {
    description: {
      id: `scripted:${name}`,
      title: `Scripted model: ${name}`,
      kind: "scripted",
      revision: { kind: "unpinned", because: "a script has no weights" },
      details: { seed, probability },
    },
    batching: { kind: "each", concurrency: CONCURRENCY },
    choose:
      path === "logprob"
        ? { kind: "present", use: all }
        : { kind: "absent", because: "this scripted model only writes" },
    write: all,
    close: async () => undefined,
  };
}

function seenOf(ask: Ask, { book, name, seed }: Script): Seen {
  const page = book.page(ask);
  const written = ask.kind === "write";
  const draw = written && ask.temperature > 0 ? String(ask.seed) : "greedy";
  return {
    asks: written ? "reply" : "choice",
    messages: ask.messages,
    question: ask.messages.findLast(({ role }) => role === "user")?.content ?? "",
    answers: written ? (page?.kind === "fact" ? page.answers : []) : ask.options.map(bareAnswer),
    page,
    temperature: written ? ask.temperature : 0,
    knowsWord: book.knowsWord,
    rng: rngFrom(seed).split(name).split(askKey(ask)).split(draw),
  };
}

function answerOf(act: Act, seen: Seen, probability: number): Answer {
  if (act.kind === "fail") return { kind: "failed", because: act.because };
  if (act.kind === "answer" && seen.answers[act.place] === undefined)
    return { kind: "failed", because: `the script took answer ${act.place} of ${seen.answers.length}` };
  if (seen.asks === "choice")
    return act.kind === "answer"
      ? chosen(seen.answers, act.place, act.probability ?? probability)
      : { kind: "failed", because: "the script wrote where a choice was asked" };
  const text = act.kind === "reply" ? act.text : spoken(act, seen);
  return { kind: "wrote", text, finish: { unified: "stop", raw: "script" }, tokens: tokensIn(text) };
}

function chosen(answers: readonly string[], place: number, probability: number): Answer {
  const other = Math.log((1 - probability) / (answers.length - 1));
  return {
    kind: "chosen",
    logprobs: answers.map((_, i) => (i === place ? Math.log(probability) : other)),
    tokens: answers.map(tokensIn),
  };
}

function spoken(act: Extract<Act, { kind: "answer" }>, { answers, question }: Seen): string {
  const word = wordsAskedFor(question)[act.word ?? 0];
  return `${answers[act.place]!}.${word === undefined ? "" : ` I am ${word}.`}`;
}

function tokensIn(text: string): number {
  return text.split(/\s+/u).filter((word) => word !== "").length;
}
