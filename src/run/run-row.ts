// The first row of a plan: what must be the same when a run goes on.

import { existsSync } from "node:fs";
import path from "node:path";
import type { Suite } from "../core/suite.ts";
import { readJsonLines } from "./json-lines.ts";
import { pathOf, type Planning } from "./plan-stage.ts";
import { differencesOf } from "./same-plan.ts";
import { planRowsOf, type RunRow } from "./stored-rows.ts";

/** What made the numbers. */
export type Versions = { readonly trueline: string; readonly engine: string };

export type RunParts = Planning & { readonly suites: readonly Suite[]; readonly versions: Versions };

export function runRowOf({ model, suites, world, settings, versions }: RunParts): RunRow {
  const { id, title, kind, revision, details } = model.description;
  return {
    kind: "run",
    schema: "trueline.plan/1",
    trueline: versions.trueline,
    engine: versions.engine,
    model: { id, title, kind, revision, details: { ...details } },
    path: pathOf(model),
    world: { name: world.name, version: world.version, facts: world.facts.length },
    settings,
    suites: suites.map(({ name, version }) => ({ name, version })),
  };
}

/** Whether this run was begun in the folder; false where it can't be read. */
export function isBegunIn(folder: string, run: RunRow): boolean {
  const file = path.join(folder, "plan.jsonl");
  if (!existsSync(file)) return false;
  try {
    const before = planRowsOf(readJsonLines(file).slice(0, 1), file).run;
    return before !== undefined && differencesOf(before, run).length === 0;
  } catch {
    return false;
  }
}
