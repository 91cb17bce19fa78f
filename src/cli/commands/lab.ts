// `trueline lab WORLD`: worlds whose truth is known by construction, so that what the estimators say can be checked.

import type { Command } from "commander";
import { auditSpecification } from "../../goodhart/audit-specification.ts";
import { gapOf } from "../../core/gap-of.ts";
import { SetupError } from "../../core/errors.ts";
import { drawnRows, exactRows } from "../../lab/exact/experiment.ts";
import { exactWorld } from "../../lab/exact/worlds.ts";
import type { Rate } from "../../stats/estimate.ts";
import { rngFrom } from "../../stats/rng.ts";
import { textTable } from "../text-table.ts";

type ExactFlags = {
  readonly seed: string;
  readonly prompts: string;
  readonly samples: string;
  readonly tail: string;
  readonly feature: string;
};

const MARGIN = 0.1;

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
}

function exactText(flags: ExactFlags): string {
  const { tail } = flags;
  if (tail !== "light" && tail !== "heavy") throw option("--tail", `knows light and heavy, got ${tail}`);
  const feature = Number(flags.feature);
  if (!(feature >= 0 && feature <= 100))
    throw option("--feature", `must lie from 0 to 100, got ${flags.feature}`);
  const [seed, prompts, samples] = [
    whole("--seed", flags.seed, 0),
    whole("--prompts", flags.prompts, 1),
    whole("--samples", flags.samples, 2),
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

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!/^\d+$/u.test(text) || value < least || value > 1e6)
    throw option(name, `must be a whole number from ${least} to a million, got ${JSON.stringify(text)}`);
  return value;
}

function option(name: string, what: string): SetupError {
  return new SetupError("OPTION", `${name} ${what}`, { hint: "See `trueline lab exact --help`." });
}
