// Scripted judges for tests: they read what they are shown as a model would, and answer by a rule.

import type { Answer } from "../../core/observation.ts";
import type { Ask, ChooseAsk } from "../../core/sample.ts";
import type { Model } from "../../model/model.ts";

/** What a judge sees of an ask. `a` alone where one response is to be marked. */
export type Shown = { readonly task: string; readonly a: string; readonly b: string | undefined };

/** A number is a mark, or the probability of A; a text is a reply as it stands; an answer is given as it is. */
type Rule = (shown: Shown) => number | string | Answer;

export type FakeJudge = Model & { readonly asked: Ask[] };

export function fakeJudge(
  rule: Rule,
  {
    path,
    id = "scripted:judge",
    batching = { kind: "each", concurrency: 4 },
  }: {
    readonly path: "logprob" | "sampling";
    readonly id?: string;
    readonly batching?: Model["batching"];
  },
): FakeJudge {
  const asked: Ask[] = [];
  const all = async (asks: readonly Ask[]) =>
    asks.map((ask) => {
      asked.push(ask);
      const said = rule(shownIn(ask));
      const answer =
        typeof said === "object" ? said : typeof said === "string" ? wrote(said) : answered(ask, said);
      return { answer, usage: { prefilled: 0, decoded: 0 } };
    });
  return {
    asked,
    description: {
      id,
      title: id,
      kind: "scripted",
      revision: { kind: "unpinned", because: "a script has no weights" },
      details: {},
    },
    batching,
    choose:
      path === "logprob" ? { kind: "present", use: all } : { kind: "absent", because: "it only writes" },
    write: all,
    close: async () => undefined,
  };
}

export function wrote(text: string, unified: "stop" | "length" | "filter" = "stop"): Answer {
  return { kind: "wrote", text, finish: { unified, raw: unified }, tokens: 1 };
}

/** The parts by the code word of the prompt; a response that only looks like an end is not taken for one. */
export function shownIn(ask: Ask): Shown {
  const text = ask.messages.map(({ content }) => content).join("\n");
  const word = / begin with ([a-z]{8})\./u.exec(text)![1]!;
  const part = (name: string) =>
    new RegExp(`\n${word} ${name}\n([^]*?)\n${word} end of ${name}(?:\n|$)`, "u").exec(text)?.[1];
  return { task: part("task")!, a: part("response") ?? part("response A")!, b: part("response B") };
}

function answered(ask: Ask, value: number): Answer {
  if (ask.kind === "write")
    return wrote(pairwise(ask) ? (value > 0.5 ? "A" : "B") : String(Math.round(value)));
  return { kind: "chosen", logprobs: logprobsOf(ask, value), tokens: ask.options.map(() => 1) };
}

/** Marks: all but a thousandth on the two whole numbers beside the value, so that their mean is near it. */
function logprobsOf({ options }: ChooseAsk, value: number): readonly number[] {
  if (options.length === 2) return [Math.log(value), Math.log(1 - value)];
  const share = options.map((option) => Math.max(0, 1 - Math.abs(Number.parseInt(option, 10) - value)));
  return share.map((one) => Math.log(one + 1e-6));
}

function pairwise(ask: Ask): boolean {
  return shownIn(ask).b !== undefined;
}
