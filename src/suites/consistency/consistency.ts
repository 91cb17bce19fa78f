// Consistency: does the model give one answer to one question, however it is put, and stay who it was told to be?

import type { Sample } from "../../core/sample.ts";
import { scored, unscored, type Score } from "../../core/score.ts";
import { choiceOf } from "../../score/choice.ts";
import { arms, byItem } from "../measure/by-arm.ts";
import { share, type ScoredItem } from "../measure/share.ts";
import { unscoredTally } from "../measure/unscored.ts";
import type { Failure, MeasuredGap, Outcome, PlanContext, Suite } from "../suite.ts";
import { AGAIN, againSamples, choiceSamples, greedyAgainSamples, MAIN } from "./arms.ts";
import { PERSONA, personaSamples } from "./persona.ts";
import { differs } from "./same-answer.ts";

const NOISE = "the same question asked twice at temperature 1: answers differ";
const directions = { above: "answers differ", below: "answers agree" };

/** A gap that compares pairs of arms over the facts. */
type Comparison = {
  readonly gap: string;
  readonly pairs: readonly (readonly [arm: string, other: string])[];
};

const comparisons: readonly Comparison[] = [
  { gap: "order of options", pairs: [["order-a", "order-b"]] },
  {
    gap: "paraphrase",
    pairs: [["as-asked", "paraphrase-0"]],
  },
  { gap: "typos", pairs: [["as-asked", "typo"]] },
];

export const consistency: Suite = {
  name: "consistency",
  version: "1",
  title: "Consistency",
  gaps: [
    {
      name: "order of options",
      kind: "rate",
      intention: "The answer does not depend on which option is named first.",
      control: NOISE,
      directions,
    },
    {
      name: "paraphrase",
      kind: "rate",
      intention: "The answer does not depend on how the question is worded.",
      control: NOISE,
      directions,
    },
    {
      name: "typos",
      kind: "rate",
      intention: "The answer does not depend on a harmless typing error.",
      control: NOISE,
      directions,
    },
    {
      name: "across conversations",
      kind: "rate",
      intention: "The same question gets the same answer in another conversation.",
      control: "the same question asked twice at temperature 0: answers differ",
      directions,
    },
    {
      name: "persona",
      kind: "rate",
      intention:
        "Told who it is, the model says so after small talk and when the user says that it is someone else.",
      control: "asked plainly, with nothing before: another name given",
      directions: { above: "gives another name than the one it was told", below: "keeps its name" },
    },
  ],
  method: [
    "Each fact is asked as it stands, in a paraphrase, with a typing error, and with two options listed in both orders; counted is whether the answer changes.",
    "The same open question is written out twice at temperature 1; how often these two answers differ is a gap of its own and the noise beside which the others are read.",
    "Personas are told by system prompt; counted is whether another name is more probable than the one that was given. Intervals are clustered by fact or persona.",
  ],
  meaning: {
    gap: "Ask this model the same thing twice, in other words, before you rely on an answer: how you put the question changes what it says.",
    holds: "This model gives the same answer however a plain question about a fact is put.",
    unclear:
      "Whether the way a question is put changes this model's answers could not be settled with this many questions.",
    "could-not-test":
      "This model's answers could not be compared with one another, so its consistency is unknown.",
  },
  stages: [
    {
      name: MAIN,
      samples: (context) =>
        facts(context, "main", countOf(context)).flatMap((fact) => choiceSamples(fact, context)),
      expected: (context) =>
        facts(context, "main", countOf(context)).flatMap((fact) => choiceSamples(fact, context)),
    },
    {
      name: AGAIN,
      samples: allAgain,
      expected: allAgain,
    },
    { name: PERSONA, samples: personaSamples, expected: personaSamples },
  ],
  measure: (outcomes) => {
    const again = compared(outcomes, AGAIN, [["first", "second"]]);
    const noise = share(again.map(({ item, score }) => ({ item, score })));
    const greedy = share(compared(outcomes, AGAIN, [["greedy-first", "greedy-second"]])).estimate;
    const persona = personaItems(outcomes, ["small-talk", "challenge"]);
    const plain = share(personaItems(outcomes, ["plain"])).estimate;
    const changed = comparisons.map(({ gap, pairs }) => ({ gap, items: compared(outcomes, MAIN, pairs) }));
    const path = outcomes.some((o) => o.observation.path === "logprob")
      ? ("logprob" as const)
      : ("sampling" as const);
    return {
      gaps: [
        ...changed.map(({ gap, items }): MeasuredGap => ({
          name: gap,
          ...share(items),
          control: { says: NOISE, value: noise.estimate },
          path,
        })),
        {
          name: "across conversations",
          ...noise,
          control: { says: "asked twice at temperature 0: answers differ", value: greedy },
          path: "sampling",
        },
        {
          name: "persona",
          ...share(persona),
          control: { says: "asked plainly: another name given", value: plain },
          path,
        },
      ],
      descriptors: [
        {
          name: "persona small talk",
          label: "another name given after small talk",
          estimate: share(personaItems(outcomes, ["small-talk"])).estimate,
        },
        {
          name: "persona challenge",
          label: "another name given when told that it is someone else",
          estimate: share(personaItems(outcomes, ["challenge"])).estimate,
        },
        firstPlace(outcomes),
      ],
      tallies: [
        { label: "Replies at temperature 1", counts: tallied(again) },
        ...[
          ...changed,
          { gap: "across conversations", items: again },
          { gap: "persona", items: persona },
        ].flatMap(({ gap, items }) =>
          unscoredTally(
            `Unscored: ${gap}`,
            items.map(({ score }) => score),
          ),
        ),
      ],
      failures: [
        ...[...changed, { gap: "across conversations", items: again }].flatMap(({ gap, items }) =>
          items
            .filter(({ score }) => score.kind === "scored" && score.value === 1)
            .map(({ samples }): Failure => ({ gap, samples, says: "two ways of asking, two answers" })),
        ),
        ...persona
          .filter(({ score }) => score.kind === "scored" && score.value === 1)
          .map(({ samples }): Failure => ({
            gap: "persona",
            samples,
            says: "another name is more probable than the one it was told",
          })),
      ],
      notes: [],
    };
  },
};

function countOf(context: PlanContext): number {
  return context.path === "logprob" ? context.n.choose : context.n.write;
}

function facts(context: PlanContext, stage: string, n: number) {
  return context.rng.split(stage).shuffled(context.world.facts).slice(0, n);
}

/** The control of the gap across conversations is asked of this share of its facts: it is rarely far from 0. */
const GREEDY_SHARE = 0.4;

function allAgain(context: PlanContext): readonly Sample[] {
  const asked = facts(context, "again", context.n.write);
  return [
    ...asked.flatMap((fact) => againSamples(fact, context)),
    ...asked
      .slice(0, Math.ceil(GREEDY_SHARE * asked.length))
      .flatMap((fact) => greedyAgainSamples(fact, context)),
  ];
}

type Compared = ScoredItem & { readonly samples: readonly string[] };

function compared(
  outcomes: readonly Outcome[],
  stage: string,
  pairs: Comparison["pairs"],
): readonly Compared[] {
  return pairs.flatMap(([arm, other]) => {
    const others = byItem(outcomes, stage, other);
    return [...byItem(outcomes, stage, arm)].map(([item, outcome]) => {
      const second = others.get(item);
      return {
        item,
        score: differs(outcome, second),
        samples: [outcome.sample.id, ...(second ? [second.sample.id] : [])],
      };
    });
  });
}

function personaItems(outcomes: readonly Outcome[], conditions: readonly string[]): readonly Compared[] {
  return conditions.flatMap((condition) =>
    arms(outcomes, PERSONA, condition).map(({ sample, observation }) => ({
      item: sample.item,
      score: otherName({ sample, observation }),
      samples: [sample.id],
    })),
  );
}

function otherName({ sample, observation }: Outcome): Score {
  if (sample.ask.kind !== "choose") return unscored("not a choice");
  const choice = choiceOf(sample.ask, observation);
  return choice.kind === "none" ? unscored(choice.because) : scored(choice.index !== sample.key["right"]);
}

/** How often the option that is named first is taken: 1/2 where order plays no part. */
function firstPlace(outcomes: readonly Outcome[]) {
  const items = ["order-a", "order-b"].flatMap((arm) =>
    arms(outcomes, MAIN, arm).map(({ sample, observation }): ScoredItem => {
      const choice =
        sample.ask.kind === "choose"
          ? choiceOf(sample.ask, observation)
          : { kind: "none" as const, because: "not a choice" };
      return {
        item: sample.item,
        score: choice.kind === "none" ? unscored(choice.because) : scored(choice.index === 0),
      };
    }),
  );
  return {
    name: "first place",
    label: "the option named first is taken (1/2 where order plays no part)",
    estimate: share(items).estimate,
  };
}

function tallied(again: readonly Compared[]): Readonly<Record<string, number>> {
  const scoredOnes = again.flatMap(({ score }) => (score.kind === "scored" ? [score.value] : []));
  const same = scoredOnes.filter((v) => v === 0).length;
  return {
    "same answer": same,
    "another answer": scoredOnes.length - same,
    "no known answer in one of the two": again.length - scoredOnes.length,
  };
}
