// What was set differently in two runs: model or file, columns, seed, margin, versions.

import type { RunRecord } from "../../core/run-record.ts";
import type { Differing } from "./run-diff.ts";

export function differingOf(a: RunRecord, b: RunRecord): readonly Differing[] {
  const [before, after] = [settingsOf(a), settingsOf(b)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((what) => {
    const [one, other] = [before.get(what) ?? "–", after.get(what) ?? "–"];
    return one === other ? [] : [{ what, a: one, b: other }];
  });
}

function settingsOf({ manifest, suites }: RunRecord): ReadonlyMap<string, string> {
  const { model, n, world } = manifest;
  const { revision } = model;
  return new Map<string, string>([
    ["trueline", manifest.trueline],
    ["engine", manifest.engine],
    [model.kind === "stored" ? "file" : "model", model.id],
    ["title", model.title],
    ["revision", revision.kind === "sha256" ? `sha256 ${revision.value}` : `unpinned: ${revision.because}`],
    ...Object.entries(model.details).map(([name, value]) => [name, String(value)] as const),
    ...(world === undefined
      ? []
      : [["world", `${world.name} ${world.version}, ${world.facts} facts`] as const]),
    ["run's seed", String(manifest.seed)],
    ["margin", String(manifest.margin)],
    ...(n === undefined ? [] : [["n", `${n.choose} by choice, ${n.write} written`] as const]),
    ...(manifest.maxTokens === undefined
      ? []
      : [["most tokens of a reply", String(manifest.maxTokens)] as const]),
    ...(manifest.system === undefined ? [] : [["system prompt", manifest.system] as const]),
    ...suites.map(({ name, version }) => [`suite ${name}`, `version ${version}`] as const),
  ]);
}
