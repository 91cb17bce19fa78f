// What the record is about: a model that was asked, or a specification: scores, graders or preferences.

import type { RunRecord } from "../core/run-record.ts";

export function subjectOf({ manifest }: Pick<RunRecord, "manifest">): "model" | "specification" {
  return manifest.model.kind === "stored" ? "specification" : "model";
}
