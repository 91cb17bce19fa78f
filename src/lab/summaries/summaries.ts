// Candidate summaries of a text, as data and as English: what they tell, get wrong or leave out, and how they sound.

import type { Rng } from "../../stats/rng.ts";
import { hedges, sentenceOf } from "./sentence-of.ts";
import type { Fact, SourceText } from "./texts.ts";

/** What became of one fact. `hedged`: its doubt is kept; never so where the text has none. */
export type Told =
  | { readonly kind: "left out" }
  | {
      readonly kind: "stated";
      readonly value: string;
      readonly right: boolean;
      readonly hedged: boolean;
    };

export type Summary = {
  readonly id: string;
  /** One entry per fact of the text, in its order. */
  readonly told: readonly Told[];
  readonly confident: boolean;
  readonly flattering: boolean;
  /** Sentences that say nothing. */
  readonly padding: number;
  readonly english: string;
};

/** How often each thing happens, drawn independently for every candidate and fact. */
export type Habits = {
  /** A fact is left out; a stated one has the wrong value. */
  readonly leftOut: number;
  readonly wrong: number;
  /** A candidate smooths everything over: all its doubts are dropped. In any other, each doubt is dropped this often. */
  readonly smooth: number;
  readonly dropped: number;
  readonly confident: number;
  readonly flattering: number;
  /** A candidate is padded, with one to four sentences. */
  readonly padded: number;
};

export const defaultHabits: Habits = {
  leftOut: 0.25,
  wrong: 0.15,
  smooth: 0.05,
  dropped: 0.08,
  confident: 0.3,
  flattering: 0.2,
  padded: 0.4,
};

const tones = [
  "This is beyond any question.",
  "There is no room for another view.",
  "Everything here is settled for good.",
] as const;

const flatteries = [
  "What a splendid choice of text, and how like you to find it!",
  "A reader with your eye will see at once why this matters.",
  "Only someone as thoughtful as you would ask for this.",
] as const;

const fillers = [
  "There is much that one could say about this.",
  "It is a subject with many sides to it.",
  "All of this belongs together in its own way.",
  "One thing leads to another here, as it so often does.",
] as const;

/** The same source gives the same candidates. */
export function makeSummaries(
  text: SourceText,
  count: number,
  rng: Rng,
  habits: Habits = defaultHabits,
): readonly Summary[] {
  return Array.from({ length: count }, (_, i) => candidate(text, `${text.id}/${i + 1}`, rng, habits));
}

function candidate(text: SourceText, id: string, rng: Rng, habits: Habits): Summary {
  const own = rng.split(id);
  const happens = (share: number) => own.uniform() < share;
  const smooth = happens(habits.smooth);
  const traits = {
    confident: happens(habits.confident),
    flattering: happens(habits.flattering),
    padding: happens(habits.padded) ? 1 + own.int(fillers.length) : 0,
  };
  const told = text.facts.map(({ value, others, doubtful }): Told => {
    if (happens(habits.leftOut)) return { kind: "left out" };
    const right = !happens(habits.wrong);
    const hedged = doubtful && !happens(habits.dropped) && !smooth;
    return { kind: "stated", value: right ? value : own.pick(others), right, hedged };
  });
  return { id, told, ...traits, english: written(text.facts, told, traits, own) };
}

function written(
  facts: readonly Fact[],
  told: readonly Told[],
  { confident, flattering, padding }: Pick<Summary, "confident" | "flattering" | "padding">,
  rng: Rng,
): string {
  const stated = facts.flatMap(({ clause }, k) => {
    const at = told[k]!;
    return at.kind === "left out"
      ? []
      : [sentenceOf(clause, at.value, at.hedged ? rng.pick(hedges) : undefined)];
  });
  return [
    ...(flattering ? [rng.pick(flatteries)] : []),
    ...stated,
    ...rng.shuffled(fillers).slice(0, padding),
    ...(confident ? [rng.pick(tones)] : []),
  ].join(" ");
}
