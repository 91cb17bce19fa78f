// The options of `trueline gap`: what they are called, what they mean, and what they may not be.

import type { Command } from "commander";
import type { Labels } from "../goodhart/labels.ts";
import type { GraderFlags } from "./gap/chosen-graders.ts";
import { openChoice, type DrawFlags, type OpenFlags } from "./gap/drawn-choice.ts";
import { broughtBy, type Brought } from "./gap/brought.ts";
import type { TextFlags } from "./gap/text-labels.ts";
import type { OpenOptions } from "./open-model.ts";
import { optionFault, wholeOption } from "./option-value.ts";
import { textLabelOptions } from "./gap/text-label-options.ts";

export type GapFlags = GraderFlags &
  TextFlags &
  DrawFlags &
  OpenFlags & {
    readonly samples?: string;
    readonly prompts?: string;
    readonly preferences?: string;
    readonly prompt?: string;
    readonly chosen: string;
    readonly rejected: string;
    readonly response?: string;
    readonly cluster?: string;
    readonly stratum?: string;
    readonly origin?: string;
    readonly judgeBaseUrl?: string;
    readonly judgeApiKeyEnv?: string;
    readonly labels: string;
    readonly maxN?: string;
    readonly margin: string;
    readonly seed: string;
    readonly out?: string;
    readonly retryUnscored?: boolean;
    readonly failOn?: string;
    readonly json?: boolean;
  };

export type GapChoice = {
  readonly brought: Brought;
  /** How a judge's model is opened. */
  readonly openJudge: OpenOptions;
  readonly labels: Labels;
  readonly maxN: number | undefined;
  readonly margin: number;
  readonly seed: number;
  readonly out: string | undefined;
  readonly again: boolean;
};

export function gapOptions(command: Command): Command {
  command
    .option("--samples <file>", "stored samples: .jsonl, .csv, .tsv or .parquet, one a row")
    .option(
      "--prompts <file>",
      "instead: prompts that --model answers now; a table, or a .txt with one a line",
    )
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
    .option("--proxy-judge <model>", "instead: a model that marks each sample by --rubric")
    .option("--rubric <file>", "what the proxy's judge marks by, as text")
    .option("--gold <column>", "what was intended: the costly truth, 0/1 or any number, higher is better");
  return textLabelOptions(command)
    .option("--gold-module <file>", "instead: as --proxy-module")
    .option("--gold-command <command>", "instead: as --proxy-command")
    .option("--gold-judge <model>", "instead: a model that marks each sample by --gold-rubric")
    .option("--gold-rubric <file>", "what the gold's judge marks by, as text")
    .option("--model <model>", "of --prompts: who answers, as in `trueline audit`")
    .option("--draws <number>", "of --prompts: replies to each (default: 16)")
    .option("--temperature <number>", "of --prompts: above 0 (default: 1)")
    .option("--top-p <share>", "of --prompts: nucleus sampling (default: 1)")
    .option("--max-tokens <number>", "of --prompts: the longest reply (default: 200)")
    .option("--system <text|file>", "of --prompts: a system prompt")
    .option("--chosen <column>", "of a preference file: the preferred reply", "chosen")
    .option("--rejected <column>", "of a preference file: the other reply", "rejected")
    .option("--response <column>", "the sample's text, for rulers beside the score")
    .option("--cluster <column>", "prompts that belong together (default: each prompt by itself)")
    .option("--stratum <column>", "a group of prompts that gets curves of its own")
    .option(
      "--origin <column>",
      'what made the sample: "reference", or a name where it was made for the proxy',
    )
    .option(
      "--labels <how>",
      "how the samples with gold were chosen: random, weights:COLUMN (each one's probability), or unknown",
      "unknown",
    )
    .option("--max-n <number>", "press no harder than best of this many")
    .option(
      "--margin <size>",
      "a gap is called beyond this: a share, or standard deviations of the gold",
      "0.1",
    )
    .option("--seed <number>", "seed of everything that is drawn", "1")
    .option("--out <folder>", "the run folder (default: .trueline/runs/<time>-<file>); a begun one goes on")
    .option("--retry-unscored", "ask again what a grader left without a score in this folder")
    .option("--fail-on <verdict>", "exit 1 when there is such a verdict (gap)")
    .option("--json", "print the record instead of the summary")
    .option("--model-file <path>", "take a catalogue model from this file, if its sha256 agrees")
    .option("--base-url <url>", "where an openai-compatible server answers, e.g. http://127.0.0.1:8000/v1")
    .option("--api-key-env <variable>", "the environment variable that holds the key", "OPENAI_API_KEY")
    .option("--judge-base-url <url>", "where the judges answer, if elsewhere")
    .option("--judge-api-key-env <variable>", "their key, if another")
    .option("--concurrency <number>", "requests to a server at once", "8")
    .option("--max-calls <number>", "at most this many requests to a server")
    .option("--max-total-tokens <number>", "at most this many tokens through a server")
    .option("--threads <number>", "threads of the local engine (default: the machine's)");
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
  const seed = wholeOption("--seed", flags.seed, 0, 2 ** 31 - 1);
  const { kind: labels, column: weights } = labelsOf(flags.labels);
  const brought = broughtBy(flags, seed, weights);
  if (weights !== undefined && brought.kind !== "scores")
    throw optionFault("--labels", "weights:COLUMN is for labelled --samples", "Leave it out.");
  if (labels !== "unknown" && brought.kind !== "preferences" && brought.gold !== undefined)
    throw optionFault(
      "--labels",
      "says how the samples that have a gold were chosen, and here the gold is called on every sample",
      "Leave it out.",
    );
  const open = openChoice(flags, seed);
  const { judgeBaseUrl = open.baseUrl, judgeApiKeyEnv = open.apiKeyEnv } = flags;
  return {
    brought,
    openJudge: {
      ...open,
      ...(judgeBaseUrl === undefined ? {} : { baseUrl: judgeBaseUrl }),
      apiKeyEnv: judgeApiKeyEnv,
    },
    labels,
    maxN: flags.maxN === undefined ? undefined : wholeOption("--max-n", flags.maxN, 2, 1_000_000),
    margin,
    seed,
    out: flags.out,
    again: flags.retryUnscored ?? false,
  };
}

function labelsOf(text: string): { readonly kind: Labels; readonly column?: string } {
  const column = /^weights:(.+)$/su.exec(text)?.[1];
  if (column !== undefined) return { kind: "weights", column };
  if (text === "random" || text === "unknown") return { kind: text };
  throw optionFault(
    "--labels",
    `knows random, weights:COLUMN and unknown, got ${JSON.stringify(text)}`,
    "Say random only where every sample had the same chance to be labelled, and weights:COLUMN where a column holds each one's chance.",
  );
}
