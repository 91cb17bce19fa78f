// One suite put to one scripted model without a run folder: every stage planned, asked, measured, and judged.

import type { Gap } from "../../src/core/gap.ts";
import { gapOf } from "../../src/core/gap-of.ts";
import type { ChooseAsk } from "../../src/core/sample.ts";
import type { Measurement, Outcome, Suite } from "../../src/core/suite.ts";
import type { Behaviour } from "../../src/model/scripted/behaviour.ts";
import type { Model } from "../../src/model/model.ts";
import { scriptedModel } from "../../src/model/scripted/scripted-model.ts";
import { asWritten } from "../../src/run/as-written.ts";
import { pathOf, planStage } from "../../src/run/plan-stage.ts";
import type { RunSettings } from "../../src/run/settings.ts";
import { soundAnswer } from "../../src/run/sound-answer.ts";
import { rngFrom } from "../../src/stats/rng.ts";
import { defaultWorld } from "../../src/suites/world/index.ts";
import { bookOfSamples, type GrowingBook } from "./book-of-samples.ts";

export const settings: RunSettings = { seed: 1, margin: 0.1, n: { choose: 200, write: 100 }, maxTokens: 32 };

/** Names and seeds of a scripted model that learns what the suite plans. */
export type Scripted = {
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly path: "logprob" | "sampling";
  readonly probability?: number;
};

export type Walk = {
  readonly outcomes: readonly Outcome[];
  readonly hashes: readonly string[];
  readonly measurement: Measurement;
  readonly gaps: readonly Gap[];
  readonly book: GrowingBook;
  readonly model: Model;
};

/**
 * @param change settings other than those of the contract
 * @param book where the model learns; to be given where one model is put through several suites
 */
export async function walkSuite(
  suite: Suite,
  scripted: Scripted,
  change: Partial<RunSettings> = {},
  book: GrowingBook = bookOfSamples(),
): Promise<Walk> {
  const model = scriptedModel({ ...scripted, book, seed: 1 });
  const planning = { model, world: defaultWorld, settings: { ...settings, ...change } };
  const { seed, margin, maxTokens } = planning.settings;
  const outcomes: Outcome[] = [];
  const hashes: string[] = [];
  for (const stage of suite.stages) {
    const { samples, row } = planStage(planning, suite, stage, [...outcomes]);
    hashes.push(row.sha256);
    book.learn(samples);
    for (const sample of samples) {
      const chooses = model.choose.kind === "present" && sample.ask.kind === "choose";
      const asked = chooses ? sample.ask : asWritten(sample.ask, maxTokens);
      const answers =
        model.choose.kind === "present" && chooses
          ? await model.choose.use([sample.ask as ChooseAsk])
          : await model.write([asWritten(sample.ask, maxTokens)]);
      const { answer, usage } = soundAnswer(asked, answers[0]!);
      outcomes.push({
        sample,
        observation: { sample: sample.id, path: chooses ? "logprob" : "sampling", answer, usage },
      });
    }
  }
  const measurement = suite.measure(outcomes, {
    rng: rngFrom(seed).split(suite.name).split("measure"),
    path: pathOf(model),
    margin,
  });
  const gaps = suite.gaps.map((declaration) =>
    gapOf({
      suite: suite.name,
      declaration,
      measured: measurement.gaps.find(({ name }) => name === declaration.name)!,
      margin,
    }),
  );
  return { outcomes, hashes, measurement, gaps, book, model };
}
