// Whether a run that goes on is the run that was begun: what differs is named, one line each.

import { SetupError } from "../core/errors.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Sample } from "../core/sample.ts";
import type { RunRow, StageRow, StoredSample } from "./stored-rows.ts";

const HINT = "Give the same command as before, or choose another folder with --out.";

/** @throws SetupError that names each difference. */
export function refuseOtherRun(before: RunRow, now: RunRow, folder: string): void {
  const differences = differencesOf(before, now);
  if (differences.length === 0) return;
  throw new SetupError("OTHER_RUN", `the folder ${folder} holds another run: ${differences.join("; ")}`, {
    hint: HINT,
  });
}

/** In words; none where the run that was begun is the one that is wanted now. */
export function differencesOf(before: RunRow, now: RunRow): readonly string[] {
  return differing([
    ["the version of trueline", before.trueline, now.trueline],
    ["the engine", before.engine, now.engine],
    ["the model", before.model.id, now.model.id],
    ["the model's title", before.model.title, now.model.title],
    ["the model's revision", before.model.revision, now.model.revision],
    ["the model's details", before.model.details, now.model.details],
    ["how the model answers a choice", before.path, now.path],
    ["the world", before.world, now.world],
    ["the seed", before.settings.seed, now.settings.seed],
    ["the margin", before.settings.margin, now.settings.margin],
    ["n", before.settings.n, now.settings.n],
    ["the most tokens of a reply", before.settings.maxTokens, now.settings.maxTokens],
    ["the system prompt", before.settings.system ?? "none", now.settings.system ?? "none"],
    ["the suites", before.suites.map(nameAndVersion), now.suites.map(nameAndVersion)],
  ]);
}

/** @throws SetupError when the stage would now ask something else than what was frozen. Its frozen batches are kept. */
export function refuseOtherStage(before: StageRow, now: StageRow, folder: string): void {
  const differences = differing([
    ["its suite's version", before.version, now.version],
    ["how asks are batched", before.batching, now.batching],
    ["the number of samples", before.samples, now.samples],
    ["the samples' sha256", before.sha256, now.sha256],
    ["which samples its batches hold", membersOf(before), membersOf(now)],
  ]);
  if (differences.length === 0) return;
  throw new SetupError(
    "OTHER_PLAN",
    `stage ${now.stage} of suite ${now.suite} is not the one frozen in ${folder}: ${differences.join("; ")}`,
    { hint: HINT },
  );
}

/** @throws SetupError when a stored sample is not the one that the plan asks. */
export function refuseOtherSamples(
  samples: readonly Sample[],
  stored: ReadonlyMap<string, StoredSample>,
  folder: string,
): void {
  const other = samples.find((sample) => {
    const held = stored.get(sample.id);
    return held !== undefined && canonicalJson(held.sample) !== canonicalJson(sample);
  });
  if (other === undefined) return;
  throw new SetupError("OTHER_SAMPLE", `sample ${other.id} stored in ${folder} is not the one of the plan`, {
    hint: HINT,
  });
}

function differing(pairs: readonly (readonly [what: string, before: unknown, now: unknown])[]): string[] {
  return pairs.flatMap(([what, before, now]) => {
    const [a, b] = [canonicalJson(before), canonicalJson(now)];
    return a === b ? [] : [`${what} was ${short(a)} and is now ${short(b)}`];
  });
}

function membersOf(row: StageRow): readonly string[] {
  return row.batches.flatMap((batch) => batch.members).toSorted();
}

function nameAndVersion(suite: { readonly name: string; readonly version: string }): string {
  return `${suite.name} ${suite.version}`;
}

function short(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 117)}...`;
}
