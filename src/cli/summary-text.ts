// The end of an audit on the terminal: every gap in one line, and where the report lies.

import { join } from "node:path";
import type { EstimateRecord, RunRecord } from "../core/run-record.ts";
import { visible } from "../core/visible.ts";
import { duration } from "./progress.ts";
import { textTable } from "./text-table.ts";

export function summaryText(record: RunRecord, folder: string): string {
  const rows = record.gaps.map((gap) => [
    `${gap.suite}: ${gap.name}`,
    gap.verdict,
    number(gap.gap),
    gap.gap.kind === "none" ? String(gap.gap.n) : String(gap.gap.n),
    number(gap.control.value),
    gap.detectable.kind === "detectable" ? gap.detectable.value.toFixed(2) : "–",
  ]);
  const because = record.gaps.flatMap((gap) =>
    gap.gap.kind === "none" ? [`  ${gap.suite}: ${gap.name} could not be tested: ${gap.gap.because}`] : [],
  );
  const { prefilled, decoded } = record.tokens;
  const gflops =
    record.timing.matmulGflops === undefined ? "" : ` at ${Math.round(record.timing.matmulGflops)} GFLOP/s`;
  return [
    visible(record.manifest.model.title),
    "",
    textTable(["gap", "verdict", `estimate [95 %]`, "n", "control", "would see"], rows, [3, 5]),
    ...because.map((line) => visible(line)),
    "",
    `margin ${record.manifest.margin}, seed ${record.manifest.seed}; ${prefilled} tokens prefilled, ${decoded} decoded, ${duration(record.timing.seconds)}${gflops}`,
    ...(record.failed.length > 0
      ? [`${record.failed.length} samples failed; each stands in the record with its reason`]
      : []),
    `report: ${join(folder, "report.html")}`,
    `card:   ${join(folder, "card.md")}`,
    `record: ${join(folder, "run.json")}`,
  ].join("\n");
}

function number(estimate: EstimateRecord): string {
  if (estimate.kind === "none") return "not measured";
  const signed = (x: number) =>
    `${x < 0 ? "−" : estimate.kind === "excess" ? "+" : ""}${Math.abs(x).toFixed(2)}`;
  return `${signed(estimate.point)} [${signed(estimate.low)}, ${signed(estimate.high)}]`;
}
