// `trueline lab WORLD`: worlds whose truth is known by construction, so that what the estimators say can be checked.

import type { Command } from "commander";
import { auditSpecification } from "../../goodhart/audit-specification.ts";
import { gapOf } from "../../core/gap-of.ts";
import { visible } from "../../core/visible.ts";
import { drawnRows, exactRows } from "../../lab/exact/experiment.ts";
import { exactWorld } from "../../lab/exact/worlds.ts";
import type { SummariesRun } from "../../lab/summaries/experiment.ts";
import { summariesFigure } from "../../lab/summaries/figure.ts";
import { figureParts } from "../../lab/summaries/figure-parts.ts";
import { overSeeds, runsOfSeed } from "../../lab/summaries/over-seeds.ts";
import { writeAtomically } from "../../run/atomic-file.ts";
import type { Estimate, Rate } from "../../stats/estimate.ts";
import { rngFrom } from "../../stats/rng.ts";
import { defineOwnSummaries } from "../own-summaries.ts";
import { optionFault, wholeOption } from "../option-value.ts";
import { textTable } from "../text-table.ts";

type ExactFlags = {
  readonly seed: string;
  readonly prompts: string;
  readonly samples: string;
  readonly tail: string;
  readonly feature: string;
};

const MARGIN = 0.1;
const SEE = "See `trueline lab exact --help`.";

export function define(command: Command): void {
  command
    .command("exact")
    .description("a world small enough to enumerate: the exact curves beside the estimated ones")
    .option("--seed <number>", "seed of the world and of the samples", "1")
    .option("--prompts <number>", "prompts that are drawn", "100")
    .option("--samples <number>", "samples of each", "32")
    .option("--tail <kind>", "of the proxy's error: light or heavy", "light")
    .option(
      "--feature <size>",
      "how much the proxy likes, and the gold dislikes, a feature of one answer in twenty",
      "2.5",
    )
    .addHelpText("after", "\nExample:\n  $ trueline lab exact --feature 2.5 --prompts 200\n")
    .exitOverride()
    .action((flags: ExactFlags) => {
      console.log(exactText(flags));
    });
  command
    .command("summaries")
    .description(
      "summaries picked by a rater with named biases: what satisfaction rewards, and which bias does it",
    )
    .option("--seed <number>", "seed of texts, candidates and moods", "1")
    .option("--texts <number>", "texts that are summarised", "160")
    .option("--candidates <number>", "candidate summaries of each", "64")
    .option("--out <file.svg>", "draw the figure into this file")
    .addHelpText("after", "\nExample:\n  $ trueline lab summaries --seed 3\n")
    .exitOverride()
    .action((flags: SummariesFlags) => {
      console.log(summariesText(flags));
    });
  defineOwnSummaries(
    command
      .command("own-summaries")
      .description("a model's own summaries of made-up texts, picked by the same rater")
      .exitOverride(),
  );
}

type SummariesFlags = {
  readonly seed: string;
  readonly texts: string;
  readonly candidates: string;
  readonly out?: string;
};

/** Writes the picture where one is wanted. */
function summariesText(flags: SummariesFlags): string {
  const { out } = flags;
  if (out !== undefined && !out.endsWith(".svg"))
    throw optionFault(
      "--out",
      `writes a picture, FILE.svg, got ${visible(out)}`,
      "For example --out summaries.svg.",
    );
  const seed = wholeOption("--seed", flags.seed, 0, 1e6);
  const settings = {
    texts: wholeOption("--texts", flags.texts, 1, 1e6),
    candidates: wholeOption("--candidates", flags.candidates, 2, 1e6),
    margin: MARGIN,
  };
  const runs = runsOfSeed(seed, settings);
  if (out !== undefined) {
    const parts = figureParts(overSeeds({ seeds: [seed], ...settings }, () => runs));
    writeAtomically(out, summariesFigure(parts, "wide"));
  }
  const strengths = runs
    .flatMap(({ times, run }) => (times === undefined ? [] : [{ times, run }]))
    .toSorted((a, b) => a.times - b.times);
  const reasons = new Set(runs.flatMap(({ run }) => reasonsOf(run)));
  const table = (head: string, rows: readonly string[][]) =>
    textTable(
      [head, "verdict", "fall from the peak [95 %]", "peak", "rating gained", "truth gained"],
      rows,
      [],
    );
  return [
    `${settings.texts} made-up texts, ${settings.candidates} candidate summaries of each, picked by a rater's satisfaction; truth is known by construction.`,
    "Fall and truth gained are in standard deviations of the truth, the rating gained in those of the rating, from one candidate to the best of all.",
    "",
    table(
      "rater",
      runs
        .filter(({ name }) => !name.startsWith("biases times"))
        .map(({ name, run }) => summariesCells(name, run)),
    ),
    "",
    table(
      "biases times",
      strengths.map(({ times, run }) => summariesCells(String(times), run)),
    ),
    ...(reasons.size === 0 ? [] : ["", `Where it is not measured: ${[...reasons].join("; ")}.`]),
    ...(out === undefined ? [] : ["", `The picture is in ${visible(out)}.`]),
  ].join("\n");
}

function summariesCells(what: string, { audit, fall, verdict }: SummariesRun): string[] {
  const { peak } = audit.measurement.gaps[0]!.pressure!;
  const gain = (name: string) => audit.measurement.descriptors.find((d) => d.name === name)?.estimate;
  return [
    what,
    verdict,
    estimateText(fall),
    peak.kind === "none"
      ? "not known"
      : peak.low === peak.high
        ? `n = ${peak.low}`
        : `n = ${peak.low} to ${peak.high}`,
    estimateText(gain("proxy gain")),
    estimateText(gain("gold gain")),
  ];
}

/** Gains are left out of a run whose fall has no number, for the same reason. */
function reasonsOf({ audit, fall }: SummariesRun): readonly string[] {
  const { peak } = audit.measurement.gaps[0]!.pressure!;
  const gains = audit.measurement.descriptors.map(({ estimate }) => estimate);
  return [
    ...[fall, ...gains].flatMap((estimate) => (estimate.kind === "none" ? [estimate.because] : [])),
    ...(peak.kind === "none" ? [peak.because] : []),
  ];
}

function estimateText(estimate: Estimate | undefined): string {
  if (estimate === undefined || estimate.kind === "none") return "not measured";
  const { point, interval } = estimate;
  return `${written(point)} [${written(interval.low)}, ${written(interval.high)}]`;
}

function exactText(flags: ExactFlags): string {
  const { tail } = flags;
  if (tail !== "light" && tail !== "heavy")
    throw optionFault("--tail", `knows light and heavy, got ${tail}`, SEE);
  const feature = Number(flags.feature);
  if (!(feature >= 0 && feature <= 100))
    throw optionFault("--feature", `must lie from 0 to 100, got ${flags.feature}`, SEE);
  const [seed, prompts, samples] = [
    wholeOption("--seed", flags.seed, 0, 1e6),
    wholeOption("--prompts", flags.prompts, 1, 1e6),
    wholeOption("--samples", flags.samples, 2, 1e6),
  ];
  const world = exactWorld({ seed, kinds: 40, answers: 120, error: 1, tail, feature, rarity: 20 });
  const rng = rngFrom(seed).split("lab exact");
  const rows = drawnRows(world, { prompts, samples, rng: rng.split("samples") });
  const { suite, measurement } = auditSpecification(rows, { rng: rng.split("audit"), margin: MARGIN });
  const gap = gapOf({
    suite: suite.name,
    declaration: suite.gaps[0]!,
    measured: measurement.gaps[0]!,
    margin: MARGIN,
  });
  const curve = gap.pressure?.curve ?? [];
  const shown = curve.filter(({ n }, i) => Number.isInteger(Math.log2(n)) || i === curve.length - 1);
  const exact = exactRows(
    world,
    shown.map(({ n }) => n),
  );
  return [
    `${prompts} prompts of ${samples} samples; the proxy errs with ${tail} tails and likes a feature by ${feature}`,
    "",
    textTable(
      ["best of", "exact KL", "formula", "exact gold", "estimated gold [95 %]", "optimal policy's gold"],
      shown.map(({ n, kl, gold }, i) => [
        String(n),
        exact[i]!.kl.toFixed(3),
        kl.value.toFixed(3),
        written(exact[i]!.gold),
        range(gold),
        written(exact[i]!.optimal.gold),
      ]),
      [0, 1, 2, 3, 5],
    ),
    "",
    `${gap.verdict}. ${gap.says}`,
  ].join("\n");
}

function range(rate: Rate): string {
  if (rate.kind === "none") return `not measured: ${rate.because}`;
  return `${written(rate.point)} [${written(rate.interval.low)}, ${written(rate.interval.high)}]`;
}

function written(x: number): string {
  return x.toFixed(2).replace("-", "−");
}
