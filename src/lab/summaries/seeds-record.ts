// What is kept of the experiment over seeds: each rater's curves, falls and verdicts, seed by seed and over all texts together.

import { z } from "zod";

const fall = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("measured"),
    point: z.number(),
    low: z.number(),
    high: z.number(),
    /** Independent texts. */
    n: z.number().int(),
    method: z.string(),
  }),
  z.object({ kind: z.literal("none"), because: z.string(), n: z.number().int() }),
]);

const peak = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("range"), low: z.number().int(), high: z.number().int() }),
  z.object({ kind: z.literal("none"), because: z.string() }),
]);

const verdict = z.enum(["holds", "gap", "unclear", "could-not-test"]);
const ends = z.object({ point: z.number(), low: z.number(), high: z.number() });

/** Gains over one candidate, [grid]: the first is 0 by definition. */
const gains = z.array(z.number());

const outcome = z.object({ fall, verdict, peak });

const rater = z.object({
  name: z.string(),
  /** What all biases were multiplied by; absent where only some were changed. */
  times: z.number().optional(),
  /** The values of n at which curves are kept, from 1 on. */
  grid: z.array(z.number().int()),
  seeds: z.array(outcome.extend({ seed: z.number().int(), rating: gains, truth: gains })),
  /** All texts of all seeds as one sample; simultaneous intervals at each n of the grid above 1. */
  together: outcome.extend({
    texts: z.number().int(),
    curve: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("band"), rating: z.array(ends), truth: z.array(ends) }),
      z.object({ kind: z.literal("none"), because: z.string() }),
    ]),
  }),
});

/**
 * Rating gained in standard deviations of the rating, truth gained and falls in those of the truth, each over the seed's candidates. A
 * fall of 0 to 0 is one whose peak lies at the largest n in every fold.
 */
export const seedsRecord = z.object({
  settings: z.object({
    seeds: z.array(z.number().int()),
    texts: z.number().int(),
    candidates: z.number().int(),
    margin: z.number(),
  }),
  raters: z.array(rater),
});

export type SeedsRecord = z.infer<typeof seedsRecord>;
export type RaterRecord = SeedsRecord["raters"][number];
export type FallRecord = z.infer<typeof fall>;
export type Ends = z.infer<typeof ends>;
