// What the record is about: a model that was asked, or a specification whose scores were stored.

import type { RunRecord } from "../core/run-record.ts";

export function subjectOf({ manifest }: RunRecord): "model" | "specification" {
  return manifest.model.kind === "stored" ? "specification" : "model";
}
