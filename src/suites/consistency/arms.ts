// The arms of consistency: one fact asked in several ways that mean the same.

import { sampleId, type Sample } from "../../core/sample.ts";
import type { Fact, Phrasing } from "../../core/world.ts";
import { chooseAnswer, userTurn } from "../ask/ask-fact.ts";
import type { PlanContext } from "../suite.ts";
import { harmlessTypo } from "../world/harmless-typo.ts";

export const MAIN = "main";
export const AGAIN = "again";

/** Wrong answers offered beside the right one where no options are listed in the question. */
const WRONG = 3;
const PARAPHRASES = 1;

/** The arms that a fact is asked in by choice. `as-asked` is what paraphrases and typos are compared with. */
export function choiceSamples(fact: Fact, context: PlanContext): readonly Sample[] {
  const rng = context.rng.split(fact.id);
  const main = context.world.main(fact);
  const wrong = rng.split("wrong").shuffled(fact.wrong).slice(0, WRONG);
  const ways: readonly (readonly [arm: string, phrasing: Phrasing])[] = [
    ["as-asked", main],
    ...context.world
      .paraphrases(fact)
      .slice(0, PARAPHRASES)
      .map((p, i) => [`paraphrase-${i}`, p] as const),
    ["typo", { ...main, question: harmlessTypo(main.question, fact, rng.split("typo")) }],
  ];
  const open = ways.map(([arm, phrasing]) =>
    sampleOf(
      arm,
      fact,
      chooseAnswer(
        fact,
        wrong,
        phrasing.opening,
        userTurn(phrasing.question, context.system),
        rng.split("order"),
      ),
    ),
  );
  const listed = (
    [
      ["order-a", [0, 1]],
      ["order-b", [1, 0]],
    ] as const
  ).map(([arm, order]) => {
    const [first, second] = order.map((i) => [fact.answer, wrong[0]!][i]!);
    const question = `${main.question} Is it ${first} or ${second}?`;
    return sampleOf(
      arm,
      fact,
      chooseAnswer(fact, [wrong[0]!], main.opening, userTurn(question, context.system), order),
    );
  });
  return [...open, ...listed];
}

/**
 * The same open question in two new conversations at temperature 1, each with a seed of its own. Where an opening can be given, the
 * reply is what the model puts after it, so that every reply is an answer; a model that starts freely may ramble.
 */
export function againSamples(fact: Fact, context: PlanContext): readonly Sample[] {
  return ["first", "second"].map((arm) =>
    againSample(
      arm,
      1,
      context.rng
        .split(fact.id)
        .split(arm)
        .int(2 ** 31 - 1),
      fact,
      context,
    ),
  );
}

/** The control: the same twice without chance. A local model differs in none; behind an interface, where batches are not frozen, some do. */
export function greedyAgainSamples(fact: Fact, context: PlanContext): readonly Sample[] {
  return ["greedy-first", "greedy-second"].map((arm) => againSample(arm, 0, 0, fact, context));
}

function againSample(
  arm: string,
  temperature: 0 | 1,
  seed: number,
  fact: Fact,
  context: PlanContext,
): Sample {
  const { question, opening } = context.world.main(fact);
  const forced = context.path === "logprob";
  return {
    id: sampleId("consistency", AGAIN, arm, fact.id),
    suite: "consistency",
    stage: AGAIN,
    arm,
    item: fact.id,
    ask: {
      kind: "write",
      messages: userTurn(question, context.system),
      ...(forced ? { opening } : {}),
      maxTokens: Math.min(forced ? 10 : 24, context.maxTokens),
      temperature,
      topP: 1,
      seed,
    },
    key: { right: [fact.answer, ...fact.aliases], wrong: fact.wrong },
  };
}

function sampleOf(arm: string, fact: Fact, choice: ReturnType<typeof chooseAnswer>): Sample {
  return {
    id: sampleId("consistency", MAIN, arm, fact.id),
    suite: "consistency",
    stage: MAIN,
    arm,
    item: fact.id,
    ask: choice.ask,
    key: { right: choice.right },
  };
}
