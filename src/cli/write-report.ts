// Writes the page and the card beside the record.

import { join } from "node:path";
import type { RunRecord } from "../core/run-record.ts";
import { renderCard, renderPage } from "../report/index.ts";
import { writeAtomically } from "../run/atomic-file.ts";

export function writeReport(folder: string, record: RunRecord): void {
  writeAtomically(join(folder, "report.html"), renderPage(record));
  writeAtomically(join(folder, "card.md"), renderCard(record));
}
