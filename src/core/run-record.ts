// The run record's schema, `trueline.run/1`: what run.json holds, checked whenever it is read back.

import { z } from "zod";

const estimate = z.discriminatedUnion("kind", [
  z.object({
    kind: z.enum(["rate", "excess"]),
    point: z.number(),
    low: z.number(),
    high: z.number(),
    level: z.number(),
    n: z.number().int().nonnegative(),
    observations: z.number().int().nonnegative(),
    method: z.string(),
  }),
  z.object({ kind: z.literal("none"), because: z.string(), n: z.number().int().nonnegative() }),
]);

const point = z.object({ point: z.number(), low: z.number(), high: z.number(), n: z.number().int() });

const curve = z.array(
  z.object({
    n: z.number().int(),
    kl: z.object({ value: z.number(), kind: z.enum(["exact", "bound"]) }),
    proxy: point,
    gold: point,
  }),
);

const peak = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("range"), low: z.number().int(), high: z.number().int() }),
  z.object({ kind: z.literal("none"), because: z.string() }),
]);

const path = z.enum(["logprob", "sampling", "both", "none"]);
const verdict = z.enum(["holds", "gap", "unclear", "could-not-test"]);

const gap = z.object({
  of: z.enum(["model", "specification"]),
  suite: z.string(),
  name: z.string(),
  kind: z.enum(["rate", "excess"]),
  intention: z.string(),
  gap: estimate,
  control: z.object({ says: z.string(), value: estimate }),
  margin: z.number(),
  verdict,
  detectable: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("detectable"), value: z.number() }),
    z.object({ kind: z.literal("none"), because: z.string() }),
  ]),
  bounds: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("complete") }),
    z.object({
      kind: z.literal("bounds"),
      low: z.number(),
      high: z.number(),
      unscored: z.number().int(),
      changesVerdict: z.boolean(),
    }),
  ]),
  directions: z.object({ above: z.string(), below: z.string() }),
  says: z.string(),
  path,
  /** Of a specification: proxy and gold under best-of-n, with simultaneous intervals; where the gold has its peak; what 1 of the gap is. */
  curve: curve.optional(),
  peak: peak.optional(),
  unit: z.enum(["share", "sd"]).optional(),
});

const turn = z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() });

/** One sample as the page shows it: the conversation, and what came back in words. */
const shown = z.object({
  sample: z.string(),
  arm: z.string(),
  messages: z.array(turn),
  opening: z.string(),
  reply: z.string(),
});

const suite = z.object({
  name: z.string(),
  version: z.string(),
  title: z.string(),
  method: z.array(z.string()),
  meaning: z.record(verdict, z.string()),
  descriptors: z.array(z.object({ name: z.string(), label: z.string(), value: estimate })),
  tallies: z.array(z.object({ label: z.string(), counts: z.record(z.string(), z.number().int()) })),
  reliability: z.array(z.object({ confidence: z.number(), accuracy: estimate })).optional(),
  /** What a score goes with, attribute by attribute: correlates within prompts, with length held fixed, and with scores shuffled. */
  correlates: z
    .array(
      z.object({
        name: z.string(),
        says: z.string(),
        plain: estimate,
        lengthFixed: estimate,
        shuffled: estimate,
        /** Judged by Benjamini and Hochberg over the attributes. */
        discovered: z.boolean(),
      }),
    )
    .optional(),
  /** What a grader rewards, by counterfactual pairs: differences in its own standard deviations; nulls show its noise. */
  rewards: z
    .array(
      z.object({
        name: z.string(),
        says: z.string(),
        kind: z.enum(["attribute", "null"]),
        difference: estimate,
        discovered: z.boolean(),
      }),
    )
    .optional(),
  /** Goodhart's kind, by named evidence. */
  goodhart: z
    .object({
      kind: z.enum(["regressional", "extremal", "causal", "adversarial", "none seen", "can't tell"]),
      says: z.string(),
      evidence: z.array(z.object({ name: z.string(), says: z.string(), value: estimate })),
      also: z.array(z.string()),
      wouldSettle: z.string().optional(),
    })
    .optional(),
  /** Published forms of over-optimisation against curves that only go one way. */
  forms: z
    .object({
      says: z.string(),
      forms: z.array(
        z.object({
          name: z.string(),
          formula: z.string(),
          heldOutLoss: estimate,
          against: estimate,
          a: estimate,
          b: estimate,
        }),
      ),
    })
    .optional(),
  notes: z.array(z.string()),
});

/** A known failure: which gap, what happened in words, the evidence, and the command that reproduces each part. */
const finding = z.object({
  suite: z.string(),
  gap: z.string(),
  says: z.string(),
  evidence: z.array(shown),
  replay: z.array(z.string()),
});

const stagePlan = z.object({
  suite: z.string(),
  stage: z.string(),
  samples: z.number().int(),
  sha256: z.string(),
});

/** What was audited, as record and plan keep it. */
export const auditedModel = z.object({
  id: z.string(),
  title: z.string(),
  /** `stored`: no model was asked, its samples were given in a file. */
  kind: z.enum(["local", "api", "scripted", "stored"]),
  revision: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("sha256"), value: z.string() }),
    z.object({ kind: z.literal("unpinned"), because: z.string() }),
  ]),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const runRecord = z.object({
  schema: z.literal("trueline.run/1"),
  manifest: z.object({
    trueline: z.string(),
    engine: z.string(),
    model: auditedModel,
    selfCheck: z.string(),
    seed: z.number().int(),
    margin: z.number(),
    /** What only a run that asks a model has. */
    n: z.object({ choose: z.number().int(), write: z.number().int() }).optional(),
    maxTokens: z.number().int().optional(),
    system: z.string().optional(),
    world: z.object({ name: z.string(), version: z.string(), facts: z.number().int() }).optional(),
    /** The command that makes this record again, where it is not an audit of a model. */
    command: z.string().optional(),
    stages: z.array(stagePlan),
  }),
  gaps: z.array(gap),
  suites: z.array(suite),
  findings: z.array(finding),
  /** Samples that failed, with their reasons: none is left out. */
  failed: z.array(z.object({ sample: z.string(), because: z.string() })),
  tokens: z.object({ prefilled: z.number().int(), decoded: z.number().int() }),
  /** Clocks: left out of every comparison between runs. */
  timing: z.object({
    startedAt: z.string(),
    /** Of the last session that asked anything. */
    seconds: z.number(),
    matmulGflops: z.number().optional(),
    /** Samples that earlier sessions had stored, where the run was stopped and went on: `seconds` leaves them out. */
    carriedOver: z.number().int().optional(),
  }),
});

export type RunRecord = z.infer<typeof runRecord>;
export type GapRecord = RunRecord["gaps"][number];
export type EstimateRecord = z.infer<typeof estimate>;
export type FindingRecord = RunRecord["findings"][number];
export type SuiteRecord = RunRecord["suites"][number];
