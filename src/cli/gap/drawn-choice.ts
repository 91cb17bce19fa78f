// How replies are drawn, as the options say it: from which model, how many, and how.

import { availableParallelism } from "node:os";
import type { OpenOptions } from "../open-model.ts";
import { optionFault, wholeOption } from "../option-value.ts";
import { textOrFile } from "../text-or-file.ts";

export type DrawFlags = {
  readonly model?: string;
  readonly draws?: string;
  readonly temperature?: string;
  readonly topP?: string;
  readonly maxTokens?: string;
  readonly system?: string;
};

export type OpenFlags = {
  readonly modelFile?: string;
  readonly baseUrl?: string;
  readonly apiKeyEnv: string;
  readonly concurrency: string;
  readonly maxCalls?: string;
  readonly maxTotalTokens?: string;
  readonly threads?: string;
};

export type DrawChoice = {
  readonly draws: number;
  readonly temperature: number;
  readonly topP: number;
  readonly maxTokens: number;
  readonly system?: string;
};

/** @throws SetupError naming the option that can't be. */
export function drawChoice({ draws = "16", temperature, topP, maxTokens, system }: DrawFlags): DrawChoice {
  return {
    draws: wholeOption("--draws", draws, 2, 100_000),
    temperature: numberOption(
      "--temperature",
      temperature ?? "1",
      2,
      " (at 0 all replies to a prompt are one)",
    ),
    topP: numberOption("--top-p", topP ?? "1", 1, ""),
    maxTokens: wholeOption("--max-tokens", maxTokens ?? "200", 1, 1_000_000),
    ...(system === undefined ? {} : { system: textOrFile(system) }),
  };
}

/** @throws SetupError where an option of drawing is given and nothing is drawn. */
export function refuseDrawFlags({ model, draws, temperature, topP, maxTokens, system }: DrawFlags): void {
  const given = Object.entries({
    "--model": model,
    "--draws": draws,
    "--temperature": temperature,
    "--top-p": topP,
    "--max-tokens": maxTokens,
    "--system": system,
  }).find(([, value]) => value !== undefined);
  if (given !== undefined)
    throw optionFault(
      given[0],
      "says how replies are drawn, and none are: there is no --prompts",
      "Give the prompts with --prompts FILE in place of --samples, or leave it out.",
    );
}

export function openChoice(flags: OpenFlags, seed: number): OpenOptions {
  const { modelFile, baseUrl, apiKeyEnv, concurrency, maxCalls, maxTotalTokens, threads } = flags;
  return {
    ...(modelFile === undefined ? {} : { file: modelFile }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    apiKeyEnv,
    threads: threads === undefined ? availableParallelism() : wholeOption("--threads", threads, 1, 256),
    concurrency: wholeOption("--concurrency", concurrency, 1, 1000),
    seed,
    ...(maxCalls === undefined ? {} : { maxCalls: wholeOption("--max-calls", maxCalls, 1, 1e9) }),
    ...(maxTotalTokens === undefined
      ? {}
      : { maxTotalTokens: wholeOption("--max-total-tokens", maxTotalTokens, 1, 1e12) }),
  };
}

function numberOption(name: string, text: string, most: number, why: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= most) return value;
  throw optionFault(
    name,
    `must lie above 0 and at most at ${most}${why}, got ${JSON.stringify(text)}`,
    `For example ${name} 1.`,
  );
}
