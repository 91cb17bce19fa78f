// The plan as text: what would be asked, and what it would cost.

import type { DryRun } from "../run/dry-run.ts";
import type { RunSettings } from "../run/settings.ts";
import { duration } from "./progress.ts";
import { textTable } from "./text-table.ts";

/** Operations for one prefilled token of the default model: two for each weight that it passes (bench/engine.ts counts them). */
const FLOPS_A_TOKEN = 2.3e8;
/** Share of the matmul rate that an audit reaches as a whole, short rows and overheads included. */
const EFFICIENCY = 0.7;

export function dryRunText(plan: DryRun, settings: RunSettings, gflops: number | undefined): string {
  const rows = plan.stages.map((s) => [
    s.suite,
    s.stage,
    String(s.choose),
    String(s.write),
    String(s.prefilled),
    String(s.decoded),
  ]);
  const total = plan.total;
  const time =
    gflops === undefined
      ? "expected time: depends on the server"
      : `expected time: about ${duration((total.work * FLOPS_A_TOKEN) / (gflops * 1e9 * EFFICIENCY))} at this machine's ${Math.round(gflops)} GFLOP/s`;
  return [
    textTable(["suite", "stage", "choices", "replies", "tokens in", "tokens out"], rows, [2, 3, 4, 5]),
    "",
    `${total.calls} asks, at most ${total.prefilled} tokens in and ${total.decoded} out (estimated; shared beginnings are computed once)`,
    `n ${settings.n.choose} by log-probability, ${settings.n.write} written; margin ${settings.margin}; seed ${settings.seed}`,
    time,
    "Stages that hang on earlier answers are given at their most. Nothing was asked.",
  ].join("\n");
}
