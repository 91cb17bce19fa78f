// Fakes for tests of the runner: a tiny world, a tiny suite with a stage that hangs on earlier answers, and models that count.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { noEstimate, type Difference } from "../stats/estimate.ts";
import { intervalOf } from "../stats/interval.ts";
import { wilson } from "../stats/wilson.ts";
import type { Answer } from "../core/observation.ts";
import { sampleId, type Ask, type Sample } from "../core/sample.ts";
import type { Outcome, PlanContext, Suite } from "../core/suite.ts";
import type { World } from "../core/world.ts";
import type { Answered, AskOptions, Batching, Model } from "../model/model.ts";
import type { Audit } from "./run-audit.ts";

export const world: World = {
  name: "tiny",
  version: "1",
  facts: Array.from({ length: 12 }, (_, i) => ({
    id: `f/${i}`,
    field: "f",
    subject: `s${i}`,
    answer: `a${i}`,
    aliases: [],
    wrong: ["x", "y", "z"],
  })),
  screening: (fact) =>
    [0, 1, 2].map((i) => ({ question: `${i} ${fact.subject}?`, opening: "It is" })) as never,
  main: (fact) => ({ question: `${fact.subject}?`, opening: "It is" }),
  paraphrases: () => [],
};

/** Asks n items plainly, then those that were answered "right" again under two arms and once in writing. */
export function tinySuite(name = "tiny", version = "1"): Suite {
  const sample = (stage: string, arm: string, item: string, ask: Ask): Sample => ({
    id: sampleId(name, stage, arm, item),
    suite: name,
    stage,
    arm,
    item,
    ask,
    key: { right: 0 },
  });
  const choice = (content: string): Ask => ({
    kind: "choose",
    messages: [{ role: "user", content }],
    opening: "It is",
    options: [" right", " wrong"],
  });
  const items = (context: PlanContext) =>
    context.rng.split("items").shuffled(Array.from({ length: context.n.choose }, (_, i) => `i${i}`));
  const main = (context: PlanContext, known: readonly string[]): Sample[] =>
    known.flatMap((item) => [
      sample("main", "opinion", item, choice(`${item}? I say wrong.`)),
      sample("main", "mention", item, choice(`${item}? Wrong, says one.`)),
      sample("main", "open", item, {
        kind: "write",
        messages: [{ role: "user", content: `${item}?` }],
        maxTokens: context.maxTokens,
        temperature: 0,
        topP: 1,
        seed: 0,
      }),
    ]);
  return {
    name,
    version,
    title: "Tiny",
    gaps: [
      {
        name: "bend",
        kind: "excess",
        intention: "It does not bend.",
        control: "a mention",
        directions: { above: "bends", below: "resists" },
      },
      {
        name: "slip",
        kind: "rate",
        intention: "It does not slip.",
        control: "asked plainly",
        directions: { above: "slips", below: "keeps" },
      },
    ],
    method: ["Asks.", "Asks again.", "Compares."],
    meaning: { gap: "g", holds: "h", unclear: "u", "could-not-test": "c" },
    stages: [
      {
        name: "screen",
        samples: (context) =>
          items(context).map((item) => sample("screen", "plain", item, choice(`${item}?`))),
        expected: (context) =>
          items(context).map((item) => sample("screen", "plain", item, choice(`${item}?`))),
      },
      {
        name: "main",
        samples: (context, earlier) =>
          main(
            context,
            earlier.filter(isRight).map(({ sample: { item } }) => item),
          ),
        expected: (context) => main(context, items(context)),
      },
    ],
    measure: (outcomes, context) => {
      const of = (arm: string) => outcomes.filter(({ sample: { arm: a } }) => a === arm);
      const bent =
        of("opinion").length === 0
          ? noEstimate("nothing is known", 0)
          : difference(of("opinion"), of("mention"));
      const wrong = of("plain").filter((outcome) => !isRight(outcome));
      return {
        gaps: [
          {
            name: "slip",
            estimate: wilson(wrong.length, of("plain").length),
            control: { says: "plainly", value: wilson(0, 10) },
            path: context.path,
          },
          {
            name: "bend",
            estimate: bent,
            control: { says: "mention", value: noEstimate("none here", 0) },
            path: context.path,
          },
        ],
        // The order of the outcomes and each of their bits shows here.
        descriptors: [
          { name: "order", label: outcomes.map(signature).join(" "), estimate: noEstimate("a list", 0) },
        ],
        tallies: [{ label: "asked", counts: { plain: of("plain").length, opinion: of("opinion").length } }],
        failures: wrong.map(({ sample: { id } }) => ({ gap: "slip", says: "slipped", samples: [id] })),
        notes: [],
      };
    },
  };
}

function isRight({ observation: { answer } }: Outcome): boolean {
  return answer.kind === "chosen"
    ? (answer.logprobs[0] ?? 0) >= (answer.logprobs[1] ?? 0)
    : answer.kind === "wrote" && answer.text.includes("right");
}

function signature({ sample, observation: { answer } }: Outcome): string {
  return `${sample.id}:${answer.kind === "chosen" ? answer.logprobs.join(",") : answer.kind}`;
}

/** The mean of differences of first log-probabilities: every bit of the answers goes into it. */
function difference(treated: readonly Outcome[], control: readonly Outcome[]): Difference {
  const first = ({ observation: { answer } }: Outcome) =>
    answer.kind === "chosen" ? (answer.logprobs[0] ?? 0) : 0;
  const point =
    treated.reduce((sum, outcome, i) => sum + (first(outcome) - first(control[i] as Outcome)) / 10, 0) /
    treated.length;
  return {
    kind: "difference",
    point,
    interval: intervalOf(point - 0.05, point + 0.05, 0.95),
    n: treated.length,
    observations: treated.length,
    method: "mean",
  };
}

export type Asked = { readonly asks: readonly Ask[]; readonly layout: AskOptions["layout"] };

export type CountingModel = Model & { readonly asked: Asked[] };

/** What a fake does around each call; the default answers at once. */
export type Around = (
  asks: readonly Ask[],
  answer: () => readonly Answered[],
  options?: AskOptions,
) => Promise<readonly Answered[]>;

/** Batches of four in an order of its own; each number hangs on the ask, its place, its neighbours and the layout. */
export function frozenModel(around?: Around): CountingModel {
  return modelWith({ kind: "frozen", plan: planInFours }, "present", around);
}

/** One ask at a time; each number hangs on the ask alone. */
export function eachModel(concurrency = 4, around?: Around): CountingModel {
  return modelWith({ kind: "each", concurrency }, "absent", around);
}

function planInFours(asks: readonly Ask[]): { members: number[]; layout: Record<string, number> }[] {
  const order = asks
    .map((_, i) => i)
    .toSorted((a, b) => hash(JSON.stringify(asks[a])) - hash(JSON.stringify(asks[b])) || a - b);
  const kinds = [
    order.filter((i) => asks[i]?.kind === "choose"),
    order.filter((i) => asks[i]?.kind === "write"),
  ];
  return kinds.flatMap((places) =>
    Array.from({ length: Math.ceil(places.length / 4) }, (_, b) => {
      const members = places.slice(4 * b, 4 * b + 4);
      return { members, layout: { width: Math.max(...members.map((i) => JSON.stringify(asks[i]).length)) } };
    }),
  );
}

function modelWith(
  batching: Batching,
  choose: "present" | "absent",
  around: Around = async (_, answer) => answer(),
): CountingModel {
  const asked: Asked[] = [];
  const use = (asks: readonly Ask[], options?: AskOptions) => {
    asked.push({ asks, layout: options?.layout });
    const neighbours = batching.kind === "frozen" ? JSON.stringify([asks, options?.layout]) : "";
    return around(
      asks,
      () =>
        asks.map((ask, place) => ({
          answer: answerTo(
            ask,
            hash(`${neighbours}|${batching.kind === "frozen" ? place : ""}|${JSON.stringify(ask)}`),
          ),
          usage: { prefilled: 7, decoded: 2 },
        })),
      options,
    );
  };
  return {
    asked,
    description: {
      id: "fake",
      title: "Fake",
      kind: "scripted",
      revision: { kind: "unpinned", because: "it is a fake" },
      details: { batching: batching.kind },
    },
    batching,
    choose: choose === "present" ? { kind: "present", use } : { kind: "absent", because: "it only writes" },
    write: use,
    close: async () => undefined,
  };
}

function answerTo(ask: Ask, seed: number): Answer {
  const share = seed / 0x1_0000_0000;
  if (ask.kind === "choose")
    return {
      kind: "chosen",
      logprobs: ask.options.map((_, i) => (i === 0 ? Math.log(share + 1e-9) : Math.log(1.3 - share))),
      tokens: ask.options.map(() => 1),
    };
  return {
    kind: "wrote",
    text: share > 0.3 ? "it is right" : "it is wrong",
    finish: { unified: "stop", raw: "eos" },
    tokens: 3,
  };
}

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h ^ (h >>> 15)) >>> 0;
}

export function newFolder(): string {
  return path.join(mkdtempSync(path.join(tmpdir(), "trueline-run-")), "run");
}

/** A whole audit around a model; the clock ticks a millisecond at each look, and no other process is alive. */
export function auditOf(model: Model, folder: string, change: Partial<Audit> = {}): Audit {
  let ticks = 0;
  return {
    model,
    suites: [tinySuite()],
    world,
    settings: { seed: 7, margin: 0.1, n: { choose: 30, write: 10 }, maxTokens: 8 },
    folder,
    versions: { trueline: "0.0.0", engine: "fake" },
    selfCheck: "a fake needs none",
    clock: { timestamp: () => "2026-01-01T00:00:00.000Z", ticks: () => ticks++ },
    processes: { pid: 1000, isRunning: () => false },
    ...change,
  };
}
