// What a run of `trueline gap` is: its samples or where they come from, its graders, and what is measured of them.

import type { Labels } from "../../goodhart/labels.ts";
import type { Pairs } from "../../goodhart/pairs-of.ts";
import type { SpecificationRow } from "../../goodhart/specification-row.ts";
import type { Clock, Processes } from "../../run/clock.ts";
import type { RunEvent } from "../../run/event.ts";
import type { Draw, DrawPrompt } from "../../run/specification-draw.ts";
import type { Frozen } from "../../run/specification-plan.ts";
import type { TimeLeft } from "../../run/time-left.ts";
import type { CalledGrader } from "./called-grader.ts";

/** `cluster`: prompts that belong together; the prompt itself where absent. */
export type GapPrompt = DrawPrompt & { readonly cluster?: string; readonly stratum?: string };

export type GapSource =
  | {
      readonly kind: "rows";
      readonly rows: readonly SpecificationRow[];
      /** What is to be known of them before anything else. */
      readonly notes?: readonly string[];
    }
  | {
      readonly kind: "drawn";
      readonly prompts: readonly GapPrompt[];
      /** Prompts that stood there again, and are asked once. */
      readonly merged: number;
      readonly draw: Omit<Draw, "prompts" | "seed" | "margin" | "versions"> & { readonly engine: string };
      readonly selfCheck: string;
    }
  | { readonly kind: "preferences"; readonly pairs: Pairs };

export type GapJob = {
  readonly source: GapSource;
  /** What it came in, with the sha256 of what was read. */
  readonly file: { readonly name: string; readonly sha256: string };
  /** Which column holds what, as far as columns were named. */
  readonly columns: Readonly<Record<string, string>>;
  /** Absent where the rows hold the scores. */
  readonly proxy?: CalledGrader;
  readonly gold?: CalledGrader;
  readonly labels: Labels;
  readonly maxN?: number;
  readonly margin: number;
  readonly seed: number;
  readonly trueline: string;
  readonly title: string;
  /** The command that makes this again, for the report. */
  readonly command: string;
  /** Absent: nothing is stored, and nothing written. */
  readonly folder?: string;
  /** Asks again what an earlier session left unscored. */
  readonly again: boolean;
};

export type GapEvent =
  | RunEvent
  /** Scores of called graders: `done` of `wanted`; `stored` had been given before this session. */
  | {
      readonly kind: "graded";
      readonly done: number;
      readonly wanted: number;
      readonly stored: number;
      readonly left: TimeLeft;
    };

export type GapMachine = {
  readonly clock: Clock;
  readonly processes: Processes;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: GapEvent) => void;
};

/** Everything that must be the same when the run goes on, in words. */
export function frozenOf(job: GapJob): Frozen {
  const { source, file, columns, proxy, gold, labels, maxN, margin, seed, trueline } = job;
  const named = (of: string, called: CalledGrader | undefined): Frozen =>
    Object.fromEntries(Object.entries(called?.pins ?? {}).map(([what, value]) => [`${of}${what}`, value]));
  return {
    "the version of trueline": trueline,
    "what was brought": { rows: "samples", drawn: "prompts", preferences: "preferences" }[source.kind],
    "the file's sha256": file.sha256,
    ...Object.fromEntries(Object.entries(columns).map(([name, column]) => [`the column --${name}`, column])),
    ...named("the proxy", proxy),
    ...named("the gold", gold),
    ...(source.kind === "drawn" ? drawFacts(source.draw) : {}),
    "how labels were chosen": labels,
    ...(maxN === undefined ? {} : { "the largest n": maxN }),
    "the margin": margin,
    "the seed": seed,
  };
}

function drawFacts({
  model,
  engine,
  draws,
  temperature,
  topP,
  maxTokens,
  system,
}: DrawnSource["draw"]): Frozen {
  const { id, revision } = model.description;
  return {
    "the model": id,
    "the model's revision": revision.kind === "sha256" ? revision.value : "not pinned",
    "the engine": engine,
    "the number of draws": draws,
    "the temperature": temperature,
    "top-p": topP,
    "the most tokens of a reply": maxTokens,
    ...(system === undefined ? {} : { "the system prompt": system }),
  };
}

export type DrawnSource = Extract<GapSource, { readonly kind: "drawn" }>;
