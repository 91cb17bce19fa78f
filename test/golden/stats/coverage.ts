// Measures the coverage of every estimator and writes it beside itself: `node test/golden/stats/coverage.ts` (some
// minutes).

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { calibrationStudies } from "./calibration-studies.ts";
import { exactStudies } from "./exact-studies.ts";
import { simulatedStudies } from "./simulated-studies.ts";
import { faultOf, rowOf, type Study } from "./study.ts";
import { withCoverage } from "./table.ts";

export const studies: readonly Study[] = [...exactStudies, ...simulatedStudies, ...calibrationStudies];

if (import.meta.main) {
  const rows = studies.map((study) => {
    const row = rowOf(study);
    console.log(`${faultOf(row) === undefined ? "ok   " : "FAULT"} ${JSON.stringify(row)}`);
    return row;
  });
  const path = join(import.meta.dirname, "coverage.json");
  writeFileSync(path, `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(",\n")}\n]\n`);
  const page = join(import.meta.dirname, "../../../docs/stats.md");
  writeFileSync(page, withCoverage(readFileSync(page, "utf8"), rows));
}
