// What tests of the runner do with a run folder: run to the end, read its lines, compare two runs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { auditOf, eachModel, frozenModel, newFolder, type CountingModel } from "./fakes.test.support.ts";
import { runAudit, type Audit, type AuditResult } from "./run-audit.ts";

export async function finished(audit: Audit): Promise<Extract<AuditResult, { kind: "finished" }>> {
  const result = await runAudit(audit);
  assert.equal(result.kind, "finished");
  return result as Extract<AuditResult, { kind: "finished" }>;
}

export function lines(folder: string, name: string): Record<string, unknown>[] {
  return readFileSync(path.join(folder, name), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** All of run.json but the times and the commands, which name the folder. */
export function compared(folder: string): string {
  const { gaps, suites, failed, tokens, manifest } = JSON.parse(
    readFileSync(path.join(folder, "run.json"), "utf8"),
  ) as Record<string, unknown>;
  return JSON.stringify({ gaps, suites, failed, tokens, manifest });
}

export function idOf(row: Record<string, unknown>): string {
  return (row["sample"] as { id: string }).id;
}

export const models: Readonly<Record<string, () => CountingModel>> = {
  "frozen batches": () => frozenModel(),
  "single asks": () => eachModel(),
};

export const settings = auditOf(frozenModel(), "x").settings;
/** A folder in which an audit by frozen batches ran to its end. */
export async function finishedRun(): Promise<string> {
  const folder = newFolder();
  await finished(auditOf(frozenModel(), folder));
  return folder;
}
