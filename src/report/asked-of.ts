// How the numbers of a record were come by, for a column of the table of gaps: by which path a model was asked, or whose scores they are.

import type { GapRecord, RunRecord } from "../core/run-record.ts";
import { scoresFrom } from "./scores-from.ts";
import { subjectOf } from "./subject.ts";

export type Asked = { readonly head: string; readonly says: (gap: GapRecord) => string };

/** @param stored what the file holds where nothing was asked */
export function askedOf(record: Pick<RunRecord, "manifest">, stored?: string): Asked {
  if (subjectOf(record) === "model") return { head: "Asked by", says: ({ path }) => PATHS[path] };
  const { says } = scoresFrom(record.manifest, stored);
  return { head: "Measured on", says: () => says };
}

/** By which way the model was asked. */
const PATHS: Readonly<Record<GapRecord["path"], string>> = {
  logprob: "log-probability",
  sampling: "written replies",
  both: "log-probability and written replies",
  none: "nothing was asked",
};
