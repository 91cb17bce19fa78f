// The plan of one stage: its samples, their hash, and the batches in which they are asked, ready to be frozen.

import { createHash } from "node:crypto";
import { TruelineError } from "../core/errors.ts";
import type { Sample } from "../core/sample.ts";
import type { Outcome, PlanContext, Stage, Suite } from "../core/suite.ts";
import type { World } from "../core/world.ts";
import type { Model } from "../model/model.ts";
import { rngFrom } from "../stats/rng.ts";
import { asWritten } from "./as-written.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { RunSettings } from "./settings.ts";
import type { StageRow } from "./stored-rows.ts";

/** What planning needs; the model only for how it answers and how it batches. */
export type Planning = { readonly model: Model; readonly world: World; readonly settings: RunSettings };

export type StagePlan = { readonly samples: readonly Sample[]; readonly row: StageRow };

export function pathOf(model: Model): "logprob" | "sampling" {
  return model.choose.kind === "present" ? "logprob" : "sampling";
}

/** The random source depends on seed and suite alone: a later stage can make an earlier stage's choices again (see PlanContext.rng). */
export function contextOf({ model, world, settings }: Planning, suite: Suite): PlanContext {
  const { n, maxTokens, seed, system } = settings;
  const rng = rngFrom(seed).split(suite.name);
  return { world, n, maxTokens, rng, path: pathOf(model), ...(system === undefined ? {} : { system }) };
}

/** @throws TruelineError when the suite or the model plans what can't be: an id twice, a sample in no batch or in two. */
export function planStage(
  planning: Planning,
  suite: Suite,
  stage: Stage,
  earlier: readonly Outcome[],
): StagePlan {
  const { model, settings } = planning;
  const samples = stage.samples(contextOf(planning, suite), earlier);
  refuseOddSamples(samples, suite, stage);
  return {
    samples,
    row: {
      kind: "stage",
      suite: suite.name,
      stage: stage.name,
      version: suite.version,
      sha256: hashOf(samples),
      samples: samples.length,
      n: settings.n,
      margin: settings.margin,
      seed: settings.seed,
      batching: model.batching.kind,
      batches: batchesOf(model, samples, settings.maxTokens),
    },
  };
}

function batchesOf(model: Model, samples: readonly Sample[], maxTokens: number): StageRow["batches"] {
  if (samples.length === 0) return [];
  if (model.batching.kind === "each") return [{ members: samples.map((sample) => sample.id), layout: {} }];
  const asks =
    model.choose.kind === "present"
      ? samples.map((sample) => sample.ask)
      : samples.map((sample) => asWritten(sample.ask, maxTokens));
  const batches = model.batching.plan(asks);
  const places = batches.flatMap((batch) => batch.members).toSorted((a, b) => a - b);
  if (places.length !== samples.length || places.some((place, i) => place !== i)) {
    throw new TruelineError(
      "BAD_BATCHES",
      `planStage: the model's batches hold ${places.length} places for ${samples.length} asks, each must stand in one`,
    );
  }
  return batches.map(({ members, layout }) => {
    const held = members.map((place) => samples[place] as Sample);
    if (new Set(members.map((place) => asks[place]?.kind)).size !== 1) {
      throw new TruelineError("BAD_BATCHES", "planStage: a batch must hold asks of one kind");
    }
    return { members: held.map((sample) => sample.id), layout: mutable(layout) };
  });
}

function mutable(
  layout: Readonly<Record<string, number | string | readonly number[]>>,
): Record<string, number | string | number[]> {
  return Object.fromEntries(
    Object.entries(layout).map(([key, value]) => [key, typeof value === "object" ? [...value] : value]),
  );
}

function refuseOddSamples(samples: readonly Sample[], suite: Suite, stage: Stage): void {
  const seen = new Set<string>();
  for (const sample of samples) {
    if (sample.suite !== suite.name || sample.stage !== stage.name) {
      throw new TruelineError(
        "BAD_SAMPLE",
        `planStage: sample ${sample.id} says it belongs to ${sample.suite}/${sample.stage}, not ${suite.name}/${stage.name}`,
      );
    }
    if (seen.has(sample.id))
      throw new TruelineError(
        "BAD_SAMPLE",
        `planStage: two samples of ${suite.name}/${stage.name} are called ${sample.id}`,
      );
    seen.add(sample.id);
  }
}

function hashOf(samples: readonly Sample[]): string {
  const hash = createHash("sha256");
  for (const sample of samples) hash.update(`${canonicalJson(sample)}\n`);
  return hash.digest("hex");
}
