// `trueline gap plan-labels`: which samples to label, drawn with recorded chances into a file to fill in, and what so many labels buy.

import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { SetupError } from "../../core/errors.ts";
import { shellWord } from "../../core/shell-word.ts";
import { visible } from "../../core/visible.ts";
import type { LabelTarget } from "../../goodhart/label-plan/inclusions-for.ts";
import { labelsNeeded, type LabelStep, type LabelsNeeded } from "../../goodhart/label-plan/labels-needed.ts";
import { drawnInPlan } from "../../goodhart/label-plan/refuse-unfilled.ts";
import { planFile, type PlanFile } from "../../goodhart/label-plan/plan-file.ts";
import { rowsOf, type SampleColumns } from "../../goodhart/rows-of.ts";
import { readTable } from "../../goodhart/table/read-table.ts";
import { rngFrom } from "../../stats/rng.ts";
import { optionFault, wholeOption } from "../option-value.ts";
import { textTable } from "../text-table.ts";
import { textLabels, type TextFlags } from "./text-labels.ts";
import { textNotes } from "./text-notes.ts";
import { textLabelOptions } from "./text-label-options.ts";

type PlanFlags = TextFlags & {
  readonly samples: string;
  readonly prompt: string;
  readonly proxy: string;
  readonly gold?: string;
  readonly response?: string;
  readonly cluster?: string;
  readonly stratum?: string;
  readonly budget: string;
  readonly for: string;
  readonly out: string;
  readonly seed: string;
  readonly maxN?: string;
};

/** Labels of which the table tells, beside the budget itself. */
const STEPS = [25, 50, 100, 200, 400, 800, 1600];

export function definePlanLabels(command: Command): void {
  command
    .description("draw the samples to label for a budget, into a file to fill in, and say what they buy")
    .requiredOption("--samples <file>", "stored samples: .jsonl, .csv, .tsv or .parquet, one a row")
    .requiredOption("--prompt <column>", "which column names the prompt")
    .requiredOption("--proxy <column>", "the score that is optimised or trusted")
    .option("--gold <column>", "labels that there are already, drawn at random: a pilot for the forecast");
  textLabelOptions(command)
    .option("--response <column>", "the sample's text, for who labels it")
    .option("--cluster <column>", "prompts that belong together (default: each prompt by itself)")
    .option("--stratum <column>", "a group of prompts that gets curves of its own")
    .requiredOption("--budget <number>", "how many labels can be paid for")
    .option("--for <what>", "what they are to settle: the curve, or one rate over all samples", "curve")
    .option("--max-n <number>", "press no harder than best of this many")
    .option("--seed <number>", "seed of the draw", "1")
    .requiredOption("--out <file>", "the plan, a .csv or .jsonl that does not exist yet")
    .addHelpText(
      "after",
      "\nExample:\n  $ trueline gap plan-labels --samples scores.jsonl --prompt prompt --proxy rating --budget 200 --out labels.csv\n",
    )
    .action(async (flags: PlanFlags) => {
      const { text, notes } = await planned(flags);
      for (const note of notes) console.error(visible(note));
      console.log(text);
    });
}

async function planned(
  flags: PlanFlags,
): Promise<{ readonly text: string; readonly notes: readonly string[] }> {
  const { samples, out } = flags;
  const format = formatOf(out);
  if (existsSync(out)) throw existing(out);
  const target = targetOf(flags.for);
  const budget = wholeOption("--budget", flags.budget, 1, 1e7);
  const seed = wholeOption("--seed", flags.seed, 0, 2 ** 31 - 1);
  const size = flags.maxN === undefined ? {} : { maxN: wholeOption("--max-n", flags.maxN, 2, 1_000_000) };
  const columns = columnsOf(flags);
  const texts = textLabels(flags, columns);
  const table = await readTable(samples);
  // A plan that was filled in is a pilot whose labels had chances of their own.
  const pilot = columns.gold !== undefined && drawnInPlan(table) !== undefined;
  const rows = rowsOf(table, pilot ? { ...columns, weights: "inclusion" } : columns, texts);
  const rng = rngFrom(seed).split("labels");
  const common = { for: target, ...size };
  const plan = planFile(table, { columns, texts, budget, rng: rng.split("plan"), format, ...common });
  const budgets = [...new Set([...STEPS, budget])].toSorted((a, b) => a - b);
  const bought = labelsNeeded({ rows, rng: rng.split("needed"), budgets, ...common });
  writeNew(out, plan.text);
  const filled = plan.filled;
  return {
    notes: [
      ...textNotes(table, columns, texts),
      ...(columns.response === undefined
        ? ["note: no --response was named, so the plan holds no texts to label; place says where each stood"]
        : []),
    ],
    text: [
      `${plan.drawn} of ${rows.length} samples are drawn to be labelled, ${target === "curve" ? "most where the curve hangs on them" : "each with the same chance"} (seed ${seed}): ${visible(out)}`,
      ...(filled === 0 ? [] : [`${filled} of them have their gold already.`]),
      "",
      `What labels buy: half the width of a ${target === "curve" ? "band that holds the whole curve" : "95 % interval"}, as a forecast.`,
      `Worked out from ${bought.basis}.`,
      boughtTable(bought, target),
      "",
      filled === plan.drawn
        ? "Next:"
        : "Next: fill in the column gold where label says yes (these rows come first); leave the other rows in the file. Then:",
      `  ${nextCommand(out, plan, flags)}`,
    ].join("\n"),
  };
}

function columnsOf({ prompt, proxy, gold, response, cluster, stratum }: PlanFlags): SampleColumns {
  return {
    prompt,
    proxy,
    ...(gold === undefined ? {} : { gold }),
    ...(response === undefined ? {} : { response }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(stratum === undefined ? {} : { stratum }),
  };
}

function formatOf(out: string): "csv" | "jsonl" {
  const ending = path.extname(out).toLowerCase();
  if (ending === ".csv") return "csv";
  if (ending === ".jsonl") return "jsonl";
  throw optionFault(
    "--out",
    `must end in .csv or .jsonl, got ${visible(out)}`,
    "For example --out labels.csv.",
  );
}

function targetOf(text: string): LabelTarget {
  if (text === "curve" || text === "rate") return text;
  throw optionFault(
    "--for",
    `knows curve and rate, got ${JSON.stringify(text)}`,
    "Say curve for the verdict of trueline gap, and rate for the share of all samples alone.",
  );
}

/** Labels may stand in an older plan: it is never written over. */
function existing(out: string): SetupError {
  return new SetupError("FILE", `${visible(out)} exists, and may hold labels`, {
    hint: "Name another file with --out.",
  });
}

function writeNew(out: string, text: string): void {
  try {
    writeFileSync(out, text, { flag: "wx" });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "EEXIST") throw existing(out);
    throw new SetupError(
      "FILE",
      `${visible(out)} can't be written (${code === "ENOENT" ? "its folder does not exist" : code})`,
      { hint: "Name another file with --out.", cause: error },
    );
  }
}

function boughtTable({ steps, unit }: LabelsNeeded, target: LabelTarget): string {
  const size = (x: number) => (unit === "share" ? `±${(100 * x).toFixed(1)} points` : `±${x.toFixed(2)} SD`);
  const row = (step: LabelStep) =>
    step.kind === "none"
      ? [String(step.labels), ...(target === "rate" ? [] : ["-", "-"]), `none: ${step.because}`]
      : target === "rate"
        ? [String(step.labels), size(step.value)]
        : [String(step.labels), size(step.atOne), String(step.n), size(step.value)];
  const head = target === "rate" ? ["labels", "the rate"] : ["labels", "at n = 1", "up to best of", "there"];
  return textTable(head, steps.map(row), [0]);
}

function nextCommand(out: string, { columns }: PlanFile, { maxN }: PlanFlags): string {
  const { weights, ...named } = columns;
  return [
    `trueline gap --samples ${shellWord(out)}`,
    ...Object.entries(named).map(([name, column]) => `--${name} ${shellWord(column)}`),
    `--labels ${shellWord(`weights:${weights}`)}`,
    ...(maxN === undefined ? [] : [`--max-n ${maxN}`]),
  ].join(" ");
}
