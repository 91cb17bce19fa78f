// Draws samples for a specification: so many replies of a model to each prompt, planned, frozen and stored like those of an audit.

import { createHash } from "node:crypto";
import { sampleId, type Sample } from "../core/sample.ts";
import type { Observation } from "../core/observation.ts";
import type { RunRecord } from "../core/run-record.ts";
import { SetupError, TruelineError } from "../core/errors.ts";
import type { Suite } from "../core/suite.ts";
import type { World } from "../core/world.ts";
import type { Model } from "../model/model.ts";
import { rngFrom } from "../stats/rng.ts";
import { askStage } from "./ask-stage.ts";
import type { Clock } from "./clock.ts";
import type { RunEvent } from "./event.ts";
import { planStage, type Planning } from "./plan-stage.ts";
import { progressOf } from "./progress-of.ts";
import type { RunFolder } from "./run-folder.ts";
import { runRowOf, type Versions } from "./run-row.ts";
import { refuseOtherSamples } from "./same-plan.ts";
import type { RunRow, StoredSample } from "./stored-rows.ts";
import { roughTokens } from "./token-estimate.ts";

/** `place` is where it stands, "line 3"; unique. */
export type DrawPrompt = { readonly text: string; readonly place: string };

export type Draw = {
  readonly model: Model;
  readonly versions: Versions;
  readonly prompts: readonly DrawPrompt[];
  /** Replies to each prompt, at least 2. */
  readonly draws: number;
  /** Above 0: else all replies to a prompt are one. */
  readonly temperature: number;
  readonly topP: number;
  readonly maxTokens: number;
  readonly seed: number;
  readonly margin: number;
  readonly system?: string;
};

/** One reply, with the sample that asked for it; `prompt` is an index into the prompts. */
export type DrawnReply = {
  readonly prompt: number;
  readonly sample: Sample;
  readonly observation: Observation;
};

export type Drawn = {
  /** In the order of the prompts, those of a prompt together. */
  readonly replies: readonly DrawnReply[];
  readonly stage: RunRecord["manifest"]["stages"][number];
};

export type DrawOptions = {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
};

const SUITE = "specification";
const STAGE = "draw";

/** Prompts come from the user: no world is asked about. */
const noWorld: World = {
  name: "none: the prompts were given",
  version: "1",
  facts: [],
  screening: noFact,
  main: noFact,
  paraphrases: noFact,
};

/** What the plan of these samples is for, and what must be the same when it goes on. */
export function drawRow(draw: Draw): RunRow {
  return runRowOf({ ...planningOf(draw), suites: [suiteOf(draw)], versions: draw.versions });
}

/**
 * Before anything is stored or asked.
 * @throws SetupError that names the prompt that does not fit the model, where the model knows it beforehand.
 */
export function refuseUnfit(draw: Draw): void {
  const { batching } = draw.model;
  if (batching.kind !== "frozen") return;
  for (const prompt of draw.prompts) {
    const [sample] = samplesOf(prompt, { ...draw, draws: 1 });
    try {
      batching.plan([sample!.ask]);
    } catch (error) {
      if (!(error instanceof TruelineError) || error.code !== "TOO_LONG") throw error;
      throw new SetupError(
        "PROMPT_TOO_LONG",
        `${prompt.place}: it does not fit the model: ${error.message}`,
        {
          hint: "Leave this prompt out, or give a smaller --max-tokens or a model with a longer context.",
          cause: error,
        },
      );
    }
  }
}

/**
 * Asks what is not stored yet.
 * @returns "stopped" once the signal is aborted; what was answered before is stored.
 * @throws SetupError where the folder holds other samples.
 */
export async function drawSamples(
  draw: Draw,
  folder: RunFolder,
  { clock, signal, onEvent }: DrawOptions,
): Promise<Drawn | "stopped"> {
  const planning = planningOf(draw);
  const suite = suiteOf(draw);
  const stage = suite.stages[0]!;
  onEvent?.({ kind: "run-started", folder: folder.path, stored: folder.stored.size });
  const plan = planStage(planning, suite, stage, []);
  const row = folder.freeze(plan.row);
  refuseOtherSamples(plan.samples, folder.stored, folder.path);
  const watched = { ...planning, suites: [suite], clock, ...(onEvent === undefined ? {} : { onEvent }) };
  const onStored = progressOf(watched, roughTokens, folder.stored).begin(plan);
  const asking = { model: draw.model, folder, maxTokens: draw.maxTokens, signal, onStored };
  if ((await askStage(asking, row, plan.samples)) === "stopped") return "stopped";
  onEvent?.({ kind: "stage-done", suite: SUITE, stage: STAGE, samples: plan.samples.length });
  return {
    replies: plan.samples.map((sample, i) => ({
      prompt: Math.floor(i / draw.draws),
      sample,
      observation: (folder.stored.get(sample.id) as StoredSample).observation,
    })),
    stage: { suite: SUITE, stage: STAGE, samples: row.samples, sha256: row.sha256 },
  };
}

function planningOf({ model, seed, margin, draws, maxTokens, system }: Draw): Planning {
  return {
    model,
    world: noWorld,
    settings: {
      seed,
      margin,
      n: { choose: draws, write: draws },
      maxTokens,
      ...(system === undefined ? {} : { system }),
    },
  };
}

function suiteOf(draw: Draw): Suite {
  const samples = draw.prompts.flatMap((prompt) => samplesOf(prompt, draw));
  return {
    name: SUITE,
    version: "1",
    title: "Replies drawn for a specification",
    gaps: [],
    method: [
      "Each prompt is answered so many times.",
      "Each reply has a seed of its own.",
      "All are stored.",
    ],
    meaning: { gap: "", holds: "", unclear: "", "could-not-test": "" },
    stages: [{ name: STAGE, samples: () => samples, expected: () => samples }],
    measure: () => {
      throw new TruelineError("BAD_MEASUREMENT", "drawn replies are measured as a specification's samples");
    },
  };
}

/** A seed hangs on the prompt's text and the number of the draw alone: other prompts beside it change nothing. */
function samplesOf({ text, place }: DrawPrompt, draw: Draw): readonly Sample[] {
  const rng = rngFrom(draw.seed).split(STAGE).split(createHash("sha256").update(text).digest("hex"));
  const item = place.replaceAll(" ", "-");
  return Array.from({ length: draw.draws }, (_, i) => ({
    id: sampleId(SUITE, STAGE, "drawn", item, String(i + 1)),
    suite: SUITE,
    stage: STAGE,
    arm: "drawn",
    item,
    ask: {
      kind: "write",
      messages: [
        ...(draw.system === undefined ? [] : [{ role: "system" as const, content: draw.system }]),
        { role: "user", content: text },
      ],
      maxTokens: draw.maxTokens,
      temperature: draw.temperature,
      topP: draw.topP,
      seed: rng.split(String(i + 1)).int(2 ** 31 - 1),
    },
    key: { draw: i + 1 },
  }));
}

function noFact(): never {
  throw new TruelineError("NO_WORLD", "samples of a specification ask about no world");
}
