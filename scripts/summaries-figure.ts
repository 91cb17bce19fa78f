// The summaries figure: runs the experiment over seeds, keeps its results, draws them, and prints the README's part made of them.
//
//   node scripts/summaries-figure.ts [--draw]     under three minutes; --draw only draws the kept results again

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { summariesFigure } from "../src/lab/summaries/figure.ts";
import { figureParts, type OwnResults } from "../src/lab/summaries/figure-parts.ts";
import { overSeeds, type SeedsSettings } from "../src/lab/summaries/over-seeds.ts";
import {
  seedsRecord,
  type Ends,
  type RaterRecord,
  type SeedsRecord,
} from "../src/lab/summaries/seeds-record.ts";

const root = path.resolve(import.meta.dirname, "..");
export const stored = path.join(root, "docs/results/summaries.json");
const layouts = ["wide", "narrow"] as const;
export const pictureOf = (layout: (typeof layouts)[number]) =>
  path.join(root, `docs/pictures/summaries-${layout}.svg`);

export const settings: SeedsSettings = {
  seeds: Array.from({ length: 20 }, (_, i) => i + 1),
  texts: 160,
  candidates: 64,
  margin: 0.1,
};

/** A line for each seed of each rater, so that a change of one shows as one. */
export function written({ settings: of, raters }: SeedsRecord): string {
  const line = (value: unknown) => JSON.stringify(value);
  const rater = ({ seeds, together, ...head }: RaterRecord) =>
    `${line(head).slice(0, -1)},"seeds":[\n${seeds.map(line).join(",\n")}],\n"together":${line(together)}}`;
  return `{"settings":${line(of)},\n"raters":[\n${raters.map(rater).join(",\n")}]}\n`;
}

const [BEGIN, END] = ["<!-- summaries -->", "<!-- end of summaries -->"];

/** The README's part: the picture, and what the kept results show. */
export function shown(result: SeedsRecord): string {
  const { seeds, texts, candidates } = result.settings;
  const of = (name: string) => raterOf(result, name);
  const [full, averse, none, random] = [
    "full rater",
    "without doubtAversion",
    "without any bias",
    "chosen at random",
  ].map(of) as [RaterRecord, RaterRecord, RaterRecord, RaterRecord];
  const best = highest(full);
  return [
    BEGIN,
    "<picture>",
    '<source media="(max-width: 640px)" srcset="docs/pictures/summaries-narrow.svg">',
    '<img src="docs/pictures/summaries-wide.svg" alt="Two pairs of curves: picked by the full rater the rating rises and the truth falls; without its aversion to doubt both rise. Below, the fall for each rater and for each strength of the biases.">',
    "</picture>",
    "",
    `A made-up reader rates ${candidates} made-up summaries of each of ${texts} made-up texts, some of whose facts are in doubt. The reader sees part of`,
    "the truth, and likes confidence, flattery, length, and hearing of no doubts; how much was set so that there is a gap to find. What a summary is",
    `worth in truth (facts right, doubts kept) is known by construction. The best rated of ${full.grid.at(-1)!} gains ${ends(last(full, "rating"))} standard deviations`,
    `in rating and ${ends(last(full, "truth"))} in truth: *gap* on ${count(full, "gap")} of ${seeds.length} seeds (in brackets 95 %, for a curve the whole of it at once; n = ${full.together.texts.toLocaleString("en-US")} texts).`,
    "",
    `- **Where they part.** The truth falls by ${fallText(full)} from its peak at ${peakText(full)}. With the same summaries chosen at random it is ${fallText(random)};`,
    `  ${texts} texts alone are too few to see that (${tallyText(random)} of ${seeds.length}).`,
    `- **Which bias does it.** Without the aversion to doubt the truth gains ${ends(last(averse, "truth"))}: ${tallyText(averse)}. Without confidence, flattery or`,
    `  length alone the fall is larger: ${["confidence", "flattery", "length"].map((bias) => fallText(of(`without ${bias}`))).join(", ")}.`,
    `- **Where nothing happens.** With no bias: ${tallyText(none)}; with all four at a quarter of their strength: ${tallyText(of("biases times 0.25"))}; at half:`,
    `  ${tallyText(of("biases times 0.5"))}; at twice: ${tallyText(of("biases times 2"))}, the fall ${fallText(of("biases times 2"))}.`,
    `- **What did not appear.** A marked rise before the fall: the truth gains at most ${ends(best.ends, true, 3)}, at n = ${best.n}.`,
    END,
  ].join("\n");
}

export function raterOf({ raters }: SeedsRecord, name: string): RaterRecord {
  const found = raters.find((rater) => rater.name === name);
  if (found === undefined) throw new Error(`the kept results hold no ${name}`);
  return found;
}

function tallyText(rater: RaterRecord): string {
  return (["gap", "unclear", "holds"] as const)
    .flatMap((verdict) => (count(rater, verdict) === 0 ? [] : [`*${verdict}* on ${count(rater, verdict)}`]))
    .join(", ");
}

function count({ seeds }: RaterRecord, verdict: RaterRecord["together"]["verdict"]): number {
  return seeds.filter((seed) => seed.verdict === verdict).length;
}

/** The highest point of the truth's curve after n = 1. */
function highest({ grid, together: { curve } }: RaterRecord) {
  if (curve.kind === "none") throw new Error(`no curve: ${curve.because}`);
  const p = curve.truth.reduce((best, at, i) => (at.point > curve.truth[best]!.point ? i : best), 0);
  return { n: grid[p + 1]!, ends: curve.truth[p]! };
}

function last({ together: { curve } }: RaterRecord, of: "rating" | "truth"): Ends {
  if (curve.kind === "none") throw new Error(`no curve: ${curve.because}`);
  return curve[of].at(-1)!;
}

function peakText({ together: { peak } }: RaterRecord): string {
  if (peak.kind === "none") throw new Error(`no peak: ${peak.because}`);
  return peak.low === peak.high ? `n = ${peak.low}` : `n = ${peak.low} to ${peak.high}`;
}

function fallText({ together: { fall } }: RaterRecord): string {
  if (fall.kind === "none") throw new Error(`no fall: ${fall.because}`);
  return ends(fall, false);
}

function ends({ point, low, high }: Ends, signed = true, decimals = 2): string {
  const write = (x: number) => {
    const text = Math.abs(x).toFixed(decimals);
    return `${Number(text) === 0 ? "" : x < 0 ? "\u2212" : signed ? "+" : ""}${text}`;
  };
  return `${write(point)} [${write(low)}, ${write(high)}]`;
}

/** The same experiment on a model's own summaries (scripts/own-summaries.ts). */
export function keptOwn(): OwnResults {
  const file = path.join(root, "docs/results/own-summaries.json");
  return own.parse(JSON.parse(readFileSync(file, "utf8")));
}

const own = z
  .object({ model: z.string(), results: seedsRecord })
  .transform(({ model, results }) => ({ model: model.split(",")[0]!, results }));

if (import.meta.main) {
  if (!process.argv.includes("--draw"))
    writeFileSync(stored, written(seedsRecord.parse(overSeeds(settings))));
  const result = seedsRecord.parse(JSON.parse(readFileSync(stored, "utf8")));
  for (const layout of layouts)
    writeFileSync(pictureOf(layout), summariesFigure(figureParts(result, keptOwn()), layout));
  console.log(shown(result));
}
