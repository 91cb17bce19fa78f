// The options of `trueline gap`: what they are called, what they mean, and what they may not be.

import type { Command } from "commander";
import type { Labels } from "../goodhart/audit-specification.ts";
import type { PairColumns } from "../goodhart/pairs-of.ts";
import type { Columns } from "../goodhart/rows-of.ts";
import { optionFault, wholeOption } from "./option-value.ts";

export type GapFlags = {
  readonly samples?: string;
  readonly preferences?: string;
  readonly prompt?: string;
  readonly proxy?: string;
  readonly proxyModule?: string;
  readonly proxyCommand?: string;
  readonly gold?: string;
  readonly chosen: string;
  readonly rejected: string;
  readonly response?: string;
  readonly cluster?: string;
  readonly stratum?: string;
  readonly labels: string;
  readonly maxN?: string;
  readonly margin: string;
  readonly seed: string;
  readonly out?: string;
  readonly failOn?: string;
  readonly json?: boolean;
};

/** What is brought: scores of samples with their truth, or a file of preferences. */
export type Brought =
  | {
      readonly kind: "scores";
      readonly file: string;
      readonly columns: Columns;
      /** Where the proxy is not a column but is called. */
      readonly grader?: GraderChoice;
    }
  | { readonly kind: "preferences"; readonly file: string; readonly columns: PairColumns };

export type GraderChoice = { readonly kind: "module" | "command"; readonly what: string };

export type GapChoice = {
  readonly brought: Brought;
  readonly labels: Labels;
  readonly maxN: number | undefined;
  readonly margin: number;
  readonly seed: number;
  readonly out: string | undefined;
};

export function gapOptions(command: Command): Command {
  return command
    .option("--samples <file>", "stored scores: .jsonl, .csv, .tsv or .parquet, one sample a row")
    .option("--preferences <file>", "instead: a preference file, one pair a row; its raters are audited")
    .option("--prompt <column>", "which column names the prompt; its samples compete with each other")
    .option("--proxy <column>", "the score that is optimised or trusted")
    .option(
      "--proxy-module <file>",
      "instead: a TypeScript or JavaScript file whose default export scores a sample",
    )
    .option(
      "--proxy-command <command>",
      "instead: a command that reads and writes JSON lines (examples/length_grader.py)",
    )
    .option("--gold <column>", "what was intended: the costly truth, 0/1 or any number, higher is better")
    .option("--chosen <column>", "of a preference file: the preferred reply", "chosen")
    .option("--rejected <column>", "of a preference file: the other reply", "rejected")
    .option("--response <column>", "the sample's text, for rulers beside the score")
    .option("--cluster <column>", "prompts that belong together (default: each prompt by itself)")
    .option("--stratum <column>", "a group of prompts that gets curves of its own")
    .option(
      "--labels <how>",
      "how the samples with gold were chosen: random, or unknown (no verdict where some lack it)",
      "unknown",
    )
    .option("--max-n <number>", "press no harder than best of this many")
    .option(
      "--margin <size>",
      "a gap is called beyond this: a share, or standard deviations of the gold",
      "0.1",
    )
    .option("--seed <number>", "seed of everything that is drawn", "1")
    .option("--out <folder>", "the run folder (default: .trueline/runs/<time>-<file>)")
    .option("--fail-on <verdict>", "exit 1 when there is such a verdict (gap)")
    .option("--json", "print the record instead of the summary");
}

/** @throws SetupError naming the option that can't be. */
export function readGapOptions(flags: GapFlags): GapChoice {
  const margin = Number(flags.margin);
  if (!(margin > 0 && margin < 10))
    throw optionFault(
      "--margin",
      `must lie above 0 and below 10, got ${flags.margin}`,
      "For example --margin 0.1.",
    );
  if (flags.failOn !== undefined && flags.failOn !== "gap")
    throw optionFault("--fail-on", `knows gap, got ${flags.failOn}`, "Give --fail-on gap.");
  if (flags.labels !== "random" && flags.labels !== "unknown")
    throw optionFault(
      "--labels",
      `knows random and unknown, got ${JSON.stringify(flags.labels)}`,
      "Say random only where every sample had the same chance to be labelled.",
    );
  return {
    brought: broughtBy(flags),
    labels: flags.labels,
    maxN: flags.maxN === undefined ? undefined : wholeOption("--max-n", flags.maxN, 2, 1_000_000),
    margin,
    seed: wholeOption("--seed", flags.seed, 0, 2 ** 31 - 1),
    out: flags.out,
  };
}

function broughtBy(flags: GapFlags): Brought {
  const { samples, preferences, prompt, proxy, gold, response, cluster, stratum } = flags;
  if ((samples === undefined) === (preferences === undefined))
    throw optionFault(
      "--samples",
      `or --preferences must be given, and not both`,
      "For example --samples scores.jsonl --prompt prompt --proxy rating --gold truth.",
    );
  if (preferences !== undefined) {
    const { chosen, rejected } = flags;
    return {
      kind: "preferences",
      file: preferences,
      columns: {
        chosen,
        rejected,
        ...(prompt === undefined ? {} : { prompt }),
        ...(cluster === undefined ? {} : { cluster }),
      },
    };
  }
  const grader = graderOf(flags);
  const needed = {
    "--prompt": prompt,
    "--gold": gold,
    ...(grader === undefined ? { "--proxy": proxy } : { "--response": response }),
  };
  const missing = Object.entries(needed).find(([, column]) => column === undefined);
  if (missing !== undefined || samples === undefined || prompt === undefined || gold === undefined)
    throw optionFault(
      missing?.[0] ?? "--prompt",
      "must name a column",
      grader === undefined
        ? "The column names stand in the file's first line."
        : "A grader is called on the texts of the samples, so their column must be named.",
    );
  return {
    kind: "scores",
    file: samples,
    ...(grader === undefined ? {} : { grader }),
    columns: {
      prompt,
      ...(proxy === undefined ? {} : { proxy }),
      gold,
      ...(response === undefined ? {} : { response }),
      ...(cluster === undefined ? {} : { cluster }),
      ...(stratum === undefined ? {} : { stratum }),
    },
  };
}

/** @throws SetupError where more than one proxy is given. */
function graderOf({ proxy, proxyModule, proxyCommand }: GapFlags): GraderChoice | undefined {
  const given = [proxy, proxyModule, proxyCommand].filter((one) => one !== undefined);
  if (given.length > 1)
    throw optionFault("--proxy", "and --proxy-module, --proxy-command exclude each other", "Give one proxy.");
  if (proxyModule !== undefined) return { kind: "module", what: proxyModule };
  return proxyCommand === undefined ? undefined : { kind: "command", what: proxyCommand };
}
