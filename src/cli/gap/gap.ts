// The library's call: what `trueline gap` does, with samples, graders and models as values. It prints nothing.

import { createHash } from "node:crypto";
import { SetupError } from "../../core/errors.ts";
import type { RunRecord } from "../../core/run-record.ts";
import type { Labels } from "../../goodhart/labels.ts";
import { moduleGrader } from "../../goodhart/proxy/module-grader.ts";
import type { Grader, GraderSample } from "../../goodhart/proxy/grader.ts";
import type { Score, SpecificationRow } from "../../goodhart/specification-row.ts";
import type { Model } from "../../model/model.ts";
import { canonicalJson } from "../../run/canonical-json.ts";
import type { Frozen } from "../../run/specification-plan.ts";
import { version } from "../version.ts";
import { smallBatches, type CalledGrader } from "./called-grader.ts";
import type { GapEvent, GapJob, GapSource } from "./gap-job.ts";
import { processes, ticks, timestamp } from "./machine.ts";
import { runGap } from "./run-gap.ts";

/** A score that is not there is null or left out: it is no low score. */
export type GapSample = {
  readonly prompt: string;
  /** Needed by whatever is called. */
  readonly response?: string;
  readonly proxy?: number | null;
  readonly gold?: number | null;
  /** The independent unit; the prompt itself where absent. */
  readonly cluster?: string;
  readonly stratum?: string;
  /** The probability with which it was to be labelled, for `labels: "weights"`. */
  readonly inclusion?: number;
};

/** `model` stays the caller's to close. */
export type GapDraw = {
  readonly prompts: readonly string[];
  readonly model: Model;
  /** Replies to each prompt: 16 unless given. */
  readonly draws?: number;
  /** Above 0; 1 unless given. */
  readonly temperature?: number;
  /** 1 unless given. */
  readonly topP?: number;
  /** 200 unless given. */
  readonly maxTokens?: number;
  readonly system?: string;
};

/** A number, or null for a refusal; or a promise of one. What it throws leaves that sample unscored. */
export type GapGrader = Grader | ((sample: GraderSample) => number | null | Promise<number | null>);

export type GapCall = {
  readonly samples: readonly GapSample[] | GapDraw;
  /** Called on each response; absent where the samples hold the score. */
  readonly proxy?: GapGrader;
  readonly gold?: GapGrader;
  /** How the samples that have a gold were chosen; "unknown" unless given. */
  readonly labels?: Labels;
  readonly maxN?: number;
  /** A share, or standard deviations of the gold; 0.1 unless given. */
  readonly margin?: number;
  /** 1 unless given. */
  readonly seed?: number;
  /**
   * Where replies and scores are stored as they come, and the record, page and card written; the same call goes on there. A function
   * is known there by its name and text alone.
   */
  readonly folder?: string;
  readonly title?: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: GapEvent) => void;
};

/**
 * The same call gives the same gaps.
 * @throws SetupError for what the caller can mend, and the signal's reason once it is aborted.
 */
export async function gap(call: GapCall): Promise<RunRecord> {
  const { samples, labels = "unknown", maxN, margin = 0.1, seed = 1, folder, signal, onEvent } = call;
  signal?.throwIfAborted();
  if (!(margin > 0 && margin < 10)) throw fault(`margin must lie above 0 and below 10, got ${margin}`);
  if (!Number.isSafeInteger(seed)) throw fault(`seed must be a whole number, got ${seed}`);
  if (maxN !== undefined && !(Number.isSafeInteger(maxN) && maxN >= 2))
    throw fault(`maxN must be a whole number of at least 2, got ${maxN}`);
  const [proxy, gold] = [await calledOf("proxy", call.proxy), await calledOf("gold", call.gold)];
  if (!isRows(samples) && (proxy === undefined || gold === undefined))
    throw fault("drawn replies have no scores: both proxy and gold must be called");
  const source = isRows(samples) ? rowSource(samples, { proxy, gold }) : drawSource(samples);
  const job: GapJob = {
    source,
    file: { name: isRows(samples) ? "samples" : "prompts", sha256: hashOf(samples) },
    columns: {},
    ...(proxy === undefined ? {} : { proxy }),
    ...(gold === undefined ? {} : { gold }),
    labels,
    ...(maxN === undefined ? {} : { maxN }),
    margin,
    seed,
    trueline: version,
    title: call.title ?? `${proxy?.says ?? "proxy"} as a stand-in for ${gold?.says ?? "gold"}`,
    command: "a call of gap() from a program",
    ...(folder === undefined ? {} : { folder }),
    again: false,
  };
  const end = await runGap(job, {
    clock: { timestamp, ticks },
    processes,
    ...(signal === undefined ? {} : { signal }),
    ...(onEvent === undefined ? {} : { onEvent }),
  });
  if (end.kind === "finished") return end.record;
  throw signal?.reason;
}

function isRows(samples: GapCall["samples"]): samples is readonly GapSample[] {
  return Array.isArray(samples);
}

async function calledOf(of: string, given: GapGrader | undefined): Promise<CalledGrader | undefined> {
  if (given === undefined) return undefined;
  const [grader, says, pins]: [Grader, string, Frozen] =
    typeof given === "function"
      ? [
          await moduleGrader(given.name || of, { load: async () => ({ default: given }) }),
          given.name || of,
          { "": `function ${given.name || of}`, "'s sha256": sha256(String(given)) },
        ]
      : [given, given.name, { "": `grader ${given.name}` }];
  return { grader, says, pins, batch: smallBatches };
}

function rowSource(
  samples: readonly GapSample[],
  called: { readonly proxy: CalledGrader | undefined; readonly gold: CalledGrader | undefined },
): GapSource {
  if (samples.length === 0) throw fault("there is no sample");
  const clusters = new Map<string, string>();
  return {
    kind: "rows",
    rows: samples.map(
      ({ prompt, response, cluster = prompt, stratum, proxy, gold, inclusion }, i): SpecificationRow => {
        const place = `sample ${i + 1}`;
        if (typeof prompt !== "string" || prompt === "") throw fault(`${place} has no prompt`);
        const before = clusters.get(prompt) ?? cluster;
        if (before !== cluster) throw fault(`the prompt of ${place} stood in another cluster before`);
        clusters.set(prompt, cluster);
        if (inclusion !== undefined && !(inclusion > 0 && inclusion <= 1))
          throw fault(`inclusion of ${place} must be a probability above 0 and at most 1, got ${inclusion}`);
        return {
          place,
          prompt,
          cluster,
          ...(stratum === undefined ? {} : { stratum }),
          ...(response === undefined ? {} : { response }),
          ...(inclusion === undefined ? {} : { inclusion }),
          proxy: called.proxy === undefined ? scoreOf(proxy, `proxy of ${place}`) : NOT_ASKED,
          gold: called.gold === undefined ? scoreOf(gold, `gold of ${place}`) : NOT_ASKED,
        };
      },
    ),
  };
}

const NOT_ASKED: Score = { kind: "unscored", because: "no grader was called" };

function scoreOf(given: number | null | undefined, what: string): Score {
  if (given === undefined || given === null) return { kind: "unscored", because: "the sample lacks it" };
  if (typeof given === "number" && Math.abs(given) <= 1e100) return { kind: "scored", value: given };
  throw fault(`${what} must be a finite number of at most 1e100 either way, got ${given}`);
}

function drawSource({ prompts, model, ...draw }: GapDraw): GapSource {
  const { draws = 16, temperature = 1, topP = 1, maxTokens = 200, system } = draw;
  if (!(Number.isSafeInteger(draws) && draws >= 2))
    throw fault(`draws must be a whole number of at least 2, got ${draws}`);
  if (!(temperature > 0))
    throw fault(`temperature must lie above 0, got ${temperature}: at 0 all replies are one`);
  if (!(topP > 0 && topP <= 1)) throw fault(`topP must lie above 0 and at most at 1, got ${topP}`);
  if (!(Number.isSafeInteger(maxTokens) && maxTokens >= 1))
    throw fault(`maxTokens must be a whole number of at least 1, got ${maxTokens}`);
  const distinct = [...new Set(prompts)];
  const empty = prompts.findIndex((text) => typeof text !== "string" || text === "");
  if (empty >= 0) throw fault(`prompt ${empty + 1} is empty`);
  if (distinct.length === 0) throw fault("there is no prompt");
  return {
    kind: "drawn",
    prompts: distinct.map((text, i) => ({ text, place: `prompt ${i + 1}` })),
    merged: prompts.length - distinct.length,
    selfCheck: "the model was given by the calling program",
    draw: {
      model,
      engine: "given by the calling program",
      draws,
      temperature,
      topP,
      maxTokens,
      ...(system === undefined ? {} : { system }),
    },
  };
}

function hashOf(samples: GapCall["samples"]): string {
  const hash = createHash("sha256");
  for (const one of isRows(samples) ? samples : samples.prompts) hash.update(`${canonicalJson(one)}\n`);
  return hash.digest("hex");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function fault(what: string): SetupError {
  return new SetupError("GAP", `gap: ${what}`, { hint: "See the types of its call." });
}
