// The options of `trueline audit`: what they are called, what they mean, and what they may not be.

import { availableParallelism } from "node:os";
import type { Command } from "commander";
import type { RunSettings } from "../run/settings.ts";
import { auditSuites, type AuditSuiteName } from "./audit-suites.ts";
import type { OpenOptions } from "./open-model.ts";
import { optionFault, wholeOption } from "./option-value.ts";
import { textOrFile } from "./text-or-file.ts";

const DEFAULT_MODEL = "smollm2-135m-instruct";

/** Items an arm: where the model answers by log-probability, and where it writes. */
const SIZES = {
  quick: { choose: 40, write: 20 },
  usual: { choose: 300, write: 100 },
  thorough: { choose: 600, write: 300 },
} as const;

export type AuditFlags = {
  readonly suite?: readonly string[];
  readonly n?: string;
  readonly seed: string;
  readonly system?: string;
  readonly margin: string;
  readonly out?: string;
  readonly quick?: boolean;
  readonly thorough?: boolean;
  readonly dryRun?: boolean;
  readonly failOn?: string;
  readonly json?: boolean;
  readonly modelFile?: string;
  readonly baseUrl?: string;
  readonly apiKeyEnv: string;
  readonly concurrency: string;
  readonly maxCalls?: string;
  readonly maxTotalTokens?: string;
  readonly threads?: string;
};

export type AuditChoice = {
  readonly spec: string;
  readonly suites: readonly AuditSuiteName[];
  readonly settings: RunSettings;
  readonly out: string | undefined;
  readonly open: OpenOptions;
};

/** @param suites `one`: the command has a suite of its own, and sizes of its own */
export function auditOptions(command: Command, suites: "all" | "one" = "all"): Command {
  command.argument(
    "[model]",
    "a name that `trueline models` lists, a path to a GGUF file, or openai-compatible:NAME",
    DEFAULT_MODEL,
  );
  if (suites === "all")
    command
      .option("--suite <names...>", `only these suites (${Object.keys(auditSuites).join(", ")})`)
      .option(
        "--n <items>",
        "items per arm, for both ways of answering (default: 300 by log-probability, 100 written)",
      )
      .option("--quick", "40 items by log-probability and 20 written")
      .option("--thorough", "600 items by log-probability and 300 written");
  return command
    .option("--seed <number>", "seed of everything that is drawn", "1")
    .option("--system <text|file>", "a system prompt that is part of what is audited")
    .option("--margin <share>", "a gap is called when its interval lies beyond this", "0.1")
    .option("--out <folder>", "the run folder (default: .trueline/runs/<time>-<model>)")
    .option("--dry-run", "print the plan with its calls, tokens and expected time, and ask nothing")
    .option("--fail-on <verdict>", "exit 1 when there is such a verdict (gap)")
    .option("--json", "print the record instead of the summary")
    .option("--model-file <path>", "take a catalogue model from this file, if its sha256 agrees")
    .option("--base-url <url>", "where an openai-compatible server answers, e.g. http://127.0.0.1:8000/v1")
    .option("--api-key-env <variable>", "the environment variable that holds the key", "OPENAI_API_KEY")
    .option("--concurrency <number>", "requests to a server at once", "8")
    .option("--max-calls <number>", "at most this many requests to a server")
    .option("--max-total-tokens <number>", "at most this many tokens through a server")
    .option("--threads <number>", "threads of the local engine (default: the machine's)");
}

/** @throws SetupError naming the option that can't be. */
export function readAuditOptions(spec: string, flags: AuditFlags): AuditChoice {
  if (flags.quick && flags.thorough)
    throw optionFault("--quick", "and --thorough exclude each other", "Give one of them.");
  const size = flags.quick ? SIZES.quick : flags.thorough ? SIZES.thorough : SIZES.usual;
  const n = flags.n === undefined ? undefined : wholeOption("--n", flags.n, 1, 100_000);
  const margin = Number(flags.margin);
  if (!(margin > 0 && margin < 1))
    throw optionFault(
      "--margin",
      `must lie between 0 and 1, got ${flags.margin}`,
      "For example --margin 0.1.",
    );
  if (flags.failOn !== undefined && flags.failOn !== "gap")
    throw optionFault("--fail-on", `knows gap, got ${flags.failOn}`, "Give --fail-on gap.");
  const system = flags.system === undefined ? undefined : textOrFile(flags.system);
  const limits = {
    ...(flags.maxCalls === undefined ? {} : { maxCalls: wholeOption("--max-calls", flags.maxCalls, 1, 1e9) }),
    ...(flags.maxTotalTokens === undefined
      ? {}
      : { maxTotalTokens: wholeOption("--max-total-tokens", flags.maxTotalTokens, 1, 1e12) }),
  };
  const seed = wholeOption("--seed", flags.seed, 0, 2 ** 31 - 1);
  return {
    spec,
    suites: suiteNames(flags.suite),
    settings: {
      seed,
      margin,
      n: n === undefined ? size : { choose: n, write: n },
      maxTokens: 32,
      ...(system === undefined ? {} : { system }),
    },
    out: flags.out,
    open: {
      ...(flags.modelFile === undefined ? {} : { file: flags.modelFile }),
      ...(flags.baseUrl === undefined ? {} : { baseUrl: flags.baseUrl }),
      apiKeyEnv: flags.apiKeyEnv,
      threads:
        flags.threads === undefined
          ? availableParallelism()
          : wholeOption("--threads", flags.threads, 1, 256),
      concurrency: wholeOption("--concurrency", flags.concurrency, 1, 1000),
      seed,
      ...limits,
    },
  };
}

function suiteNames(asked: readonly string[] | undefined): readonly AuditSuiteName[] {
  const known = Object.keys(auditSuites) as AuditSuiteName[];
  if (asked === undefined) return known;
  const names = asked.flatMap((a) => a.split(",")).filter((a) => a !== "");
  const unknown = names.find((name) => !Object.hasOwn(auditSuites, name));
  if (unknown !== undefined || names.length === 0) {
    throw optionFault(
      "--suite",
      `knows no suite ${JSON.stringify(unknown ?? "")}`,
      `Suites: ${known.join(", ")}.`,
    );
  }
  return known.filter((name) => names.includes(name));
}
