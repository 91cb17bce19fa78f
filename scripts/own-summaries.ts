// The default model's own summaries under the rater: from finished run folders and readings to the kept results.
//
//   node bin/trueline.js lab own-summaries --texts 50 --candidates 64 --seed 1 --out RUN1     (and --seed 2 --out RUN2, ...)
//   node scripts/own-summaries.ts RUN1 RUN2 ...      readings: docs/results/own-readings.json

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { auditSpecification } from "../src/goodhart/audit-specification.ts";
import { poolsOf } from "../src/goodhart/pools.ts";
import { verdictOf } from "../src/core/verdict.ts";
import { runRecord } from "../src/core/run-record.ts";
import { knockedOut } from "../src/lab/summaries/knocked-out.ts";
import { ownRows } from "../src/lab/summaries/own-rows.ts";
import { OWN_TEXTS_SEED } from "../src/lab/summaries/own-texts.ts";
import { overSeeds, type NamedRun } from "../src/lab/summaries/over-seeds.ts";
import { biasNames, defaultRater, type Rater } from "../src/lab/summaries/rater.ts";
import { compareReadings, type Reading, type ReadSummary } from "../src/lab/summaries/reading.ts";
import { seedsRecord, type RaterRecord } from "../src/lab/summaries/seeds-record.ts";
import { makeTexts } from "../src/lab/summaries/texts.ts";
import { readJsonLines } from "../src/run/json-lines.ts";
import { sampleRowsOf } from "../src/run/stored-rows.ts";
import { bestOfN } from "../src/stats/best-of-n.ts";
import { correctedGains, type CorrectedUnit } from "../src/stats/corrected-gains.ts";
import type { Difference, Rate } from "../src/stats/estimate.ts";
import { rngFrom } from "../src/stats/rng.ts";
import { raterOf } from "./summaries-figure.ts";

const root = path.resolve(import.meta.dirname, "..");
export const stored = path.join(root, "docs/results/own-summaries.json");
export const readingsFile = path.join(root, "docs/results/own-readings.json");
const MARGIN = 0.1;
/** Doubled and halved together, beside 0 and 1. */
const STRENGTHS = [0.5, 2];

const mark = z.enum(["R", "Rh", "W", "Wh", "-"]);
export const readings = z.object({
  how: z.string(),
  /** The run whose samples were read. */
  seed: z.number().int(),
  summaries: z.array(
    z.object({
      sample: z.string(),
      text: z.string(),
      english: z.string(),
      /** By two readers apart, and what was settled where they differed. */
      first: z.array(mark),
      second: z.array(mark),
      marks: z.array(mark),
    }),
  ),
});

const ends = z.union([
  z.object({ point: z.number(), low: z.number(), high: z.number(), n: z.number().int() }),
  z.object({ because: z.string() }),
]);

export const ownRecord = z.object({
  model: z.string(),
  runs: z.array(z.object({ seed: z.number().int(), samples: z.number().int(), cutOff: z.number().int() })),
  results: seedsRecord,
  /** Program against reading, over the summaries that were read (`compareReadings`). */
  reading: z.object({
    summaries: z.number().int(),
    facts: z.number().int(),
    told: ends,
    doubt: ends,
    counts: z.record(z.enum(["R", "W", "-"]), z.record(z.enum(["R", "W", "-"]), z.number().int())),
  }),
  correction: z.object({
    read: z.number().int(),
    slope: ends,
    bias: ends,
    /** In standard deviations of the truth as read by program at n = 1; at n of the grid. */
    grid: z.array(z.number().int()),
    gains: z.array(z.object({ rater: z.string(), raw: z.array(z.number()), corrected: z.array(ends) })),
  }),
});

export function keptReading({ summaries, facts, told, doubt, counts }: Reading) {
  return { summaries, facts, told: endsOf(told), doubt: endsOf(doubt), counts };
}

const [BEGIN, END] = ["<!-- own summaries -->", "<!-- end of own summaries -->"];

/** The README's part on them. */
export function shownOwn({ model, results, correction }: z.infer<typeof ownRecord>): string {
  const of = (name: string) => raterOf(results, name);
  const [full, averse, twice] = ["full rater", "without doubtAversion", "biases times 2"].map(of) as [
    RaterRecord,
    RaterRecord,
    RaterRecord,
  ];
  const corrected = (name: string) => correction.gains.find(({ rater }) => rater === name)!.corrected.at(-1)!;
  const { texts, candidates, seeds } = results.settings;
  const times = seeds.length > 1 ? `, drawn ${seeds.length} times over` : "";
  return [
    BEGIN,
    `The same reader on **${model.split(",")[0]!}'s own summaries** of ${texts} such texts (${candidates} of each${times}, at temperature 0.6, their truth read by a program): the`,
    `rating gains ${gain(full, "rating")} standard deviations, the truth ${gain(full, "truth")}. Without the reader's aversion to doubt the truth would gain`,
    `${gain(averse, "truth")}; with all biases twice as strong it falls by ${fallOf(twice)}. The program was checked on ${correction.read} summaries that were read: corrected`,
    `by them the truth gains ${endsText(corrected("full rater"))} under the full reader, ${endsText(corrected("without doubtAversion"))} without the aversion (n = ${correction.grid.at(-1)!}; ${texts} texts are the units).`,
    END,
  ].join("\n");
}

function gain({ together: { curve } }: RaterRecord, of: "rating" | "truth"): string {
  if (curve.kind === "none") throw new Error(curve.because);
  return endsText({ ...curve[of].at(-1)!, n: 0 });
}

function fallOf({ together: { fall } }: RaterRecord): string {
  if (fall.kind === "none") throw new Error(fall.because);
  return endsText(fall, false);
}

function endsText(of: z.infer<typeof ends>, signed = true): string {
  if ("because" in of) throw new Error(of.because);
  const write = (x: number) =>
    `${Math.abs(x) < 0.005 ? "" : x < 0 ? "\u2212" : signed ? "+" : ""}${Math.abs(x).toFixed(2)}`;
  return `${write(of.point)} [${write(of.low)}, ${write(of.high)}]`;
}

if (import.meta.main) {
  const folders = process.argv.slice(2);
  if (folders.length === 0) throw new Error("name the run folders of `trueline lab own-summaries`");
  const runs = folders.map(runOf);
  const first = runs[0]!;
  const texts = makeTexts(first.texts, rngFrom(OWN_TEXTS_SEED));
  const textOf = new Map(texts.map((text) => [text.id, text] as const));
  const rowsBy = (run: (typeof runs)[number], rater: Rater) =>
    ownRows(run.outcomes, { textOf, rater, rng: rngFrom(run.seed).split("own summaries").split("ratings") });
  const runsOf = (seed: number): readonly NamedRun[] => {
    const run = runs.find((one) => one.seed === seed)!;
    return raters().map(({ name, times, rater }) => {
      const rows = rowsBy(run, rater);
      const audit = auditSpecification(rows, {
        rng: rngFrom(seed).split("own audit").split(name),
        margin: MARGIN,
      });
      const fall = audit.measurement.gaps[0]!.estimate;
      return {
        name,
        ...(times === undefined ? {} : { times }),
        run: { rows, audit, fall, verdict: verdictOf("excess", fall, MARGIN) },
      };
    });
  };
  const settings = {
    seeds: runs.map(({ seed }) => seed),
    texts: first.texts,
    candidates: first.candidates,
    margin: MARGIN,
  };
  const results = seedsRecord.parse(overSeeds(settings, runsOf, { sameTexts: true }));
  const read = readings.parse(JSON.parse(readFileSync(readingsFile, "utf8")));
  const record = ownRecord.parse({
    model: first.model,
    runs: runs.map(({ seed, outcomes, cutOff }) => ({ seed, samples: outcomes.length, cutOff })),
    results,
    reading: keptReading(compareReadings(read.summaries, texts)),
    correction: correctionOf(
      read.summaries,
      runs.find(({ seed }) => seed === read.seed)!,
    ),
  });
  writeFileSync(stored, `${JSON.stringify(record)}\n`);
  console.log(JSON.stringify(record.reading));
  console.log(JSON.stringify(record.correction, undefined, 1));
  console.log(shownOwn(record));
  for (const rater of results.raters)
    console.log(rater.name, JSON.stringify(rater.together.fall), rater.together.verdict);

  /** The gain of the truth at powers of two, corrected by what was read of the same run. */
  function correctionOf(summaries: readonly ReadSummary[], run: (typeof runs)[number]) {
    const { truths } = compareReadings(summaries, texts);
    const grid = Array.from({ length: Math.floor(Math.log2(first.candidates)) + 1 }, (_, i) => 2 ** i);
    const gains = raters()
      .filter(({ times }) => times === undefined || times === 1)
      .map(({ name, rater }) => {
        const rows = rowsBy(run, rater);
        const scoreOf = new Map(rows.map((row) => [row.place, row] as const));
        const { pools } = poolsOf(rows, "left out", grid.at(-1));
        const sd = spreadOf(pools.flatMap(({ samples }) => samples.map(({ gold }) => gold)));
        const units = pools.map(({ prompt, samples }): CorrectedUnit => {
          const curves = bestOfN(samples, grid);
          return {
            measured: curves.gold,
            score: curves.proxy,
            read: summaries.flatMap(({ sample, text }, i) => {
              const row = scoreOf.get(sample);
              return text === prompt && row?.proxy.kind === "scored" && row.gold.kind === "scored"
                ? [{ measured: row.gold.value, score: row.proxy.value, truth: truths[i]!.reader }]
                : [];
            }),
          };
        });
        const {
          slope,
          bias,
          gains: found,
        } = correctedGains(units, { rng: rngFrom("own correction").split(name) });
        const raw = grid.map((_, p) => rounded(meanGain(units, p) / sd));
        return { rater: name, slope, bias, raw, corrected: found.map((gain) => endsOf(gain, 1 / sd)) };
      });
    const [full] = gains;
    return {
      read: summaries.length,
      slope: endsOf(full!.slope),
      bias: endsOf(full!.bias),
      grid,
      gains: gains.map(({ rater, raw, corrected }) => ({ rater, raw, corrected })),
    };
  }
}

function raters(): readonly { readonly name: string; readonly times?: number; readonly rater: Rater }[] {
  const times = (factor: number): Rater => ({
    ...defaultRater,
    biases: Object.fromEntries(
      biasNames.map((name) => [name, factor * defaultRater.biases[name]]),
    ) as Rater["biases"],
  });
  return [
    { name: "full rater", times: 1, rater: defaultRater },
    ...knockedOut(defaultRater).map(({ name, rater }) =>
      name === "without any bias" ? { name, times: 0, rater } : { name, rater },
    ),
    { name: "without noise", rater: { ...defaultRater, noise: 0 } },
    ...STRENGTHS.map((factor) => ({ name: `biases times ${factor}`, times: factor, rater: times(factor) })),
  ];
}

function runOf(folder: string) {
  const file = path.join(folder, "samples.jsonl");
  const record = runRecord.parse(JSON.parse(readFileSync(path.join(folder, "run.json"), "utf8")));
  const outcomes = [...new Map(sampleRowsOf(readJsonLines(file), file)).values()].map(
    ({ sample, observation }) => ({ sample, observation }),
  );
  const texts = new Set(outcomes.map(({ sample }) => sample.item)).size;
  const cutOff = outcomes.filter(
    ({ observation: { answer } }) => answer.kind === "wrote" && answer.finish.unified === "length",
  ).length;
  return {
    seed: record.manifest.seed,
    model: record.manifest.model.title,
    outcomes: outcomes.toSorted((a, b) => (a.sample.id < b.sample.id ? -1 : 1)),
    texts,
    candidates: outcomes.length / texts,
    cutOff,
  };
}

function meanGain(units: readonly CorrectedUnit[], p: number): number {
  return units.reduce((sum, { measured }) => sum + measured[p]! - measured[0]!, 0) / units.length;
}

function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
}

function endsOf(estimate: Difference | Rate, unit = 1): z.infer<typeof ends> {
  if (estimate.kind === "none") return { because: estimate.because };
  const { point, interval, n } = estimate;
  return {
    point: rounded(point * unit),
    low: rounded(interval.low * unit),
    high: rounded(interval.high * unit),
    n,
  };
}

function rounded(x: number): number {
  return Math.round(x * 1e4) / 1e4 + 0;
}
