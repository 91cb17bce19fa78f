// From options and suites to a run in a folder: opens the model, plans, runs or goes on, writes record, page and card, prints.

import type { Suite } from "../core/suite.ts";
import { dryRun } from "../run/dry-run.ts";
import { runAudit } from "../run/run-audit.ts";
import { runRowOf } from "../run/run-row.ts";
import { roughTokens } from "../run/token-estimate.ts";
import { auditOf } from "./audit-of.ts";
import type { AuditChoice, AuditFlags } from "./audit-options.ts";
import { ticks } from "./clock.ts";
import { dryRunText } from "./dry-run-text.ts";
import { exitCode } from "./exit-code.ts";
import { openModel } from "./open-model.ts";
import { prepareFolder } from "./prepare-folder.ts";
import { runEvents } from "./run-events.ts";
import { stopOnInterrupt } from "./stop-on-interrupt.ts";
import { summaryText } from "./summary-text.ts";
import { writeReport } from "./write-report.ts";

/** @param command what makes the record again, where it is not `trueline audit`. Sets the exit code: 1 where `--fail-on` bites, 130 where it was stopped. */
export async function runAuditIn(
  choice: AuditChoice,
  suites: readonly Suite[],
  flags: Pick<AuditFlags, "dryRun" | "failOn" | "json">,
  command?: string,
): Promise<void> {
  const stop = stopOnInterrupt();
  const opened = await openModel(choice.spec, { ...choice.open, signal: stop.signal });
  try {
    console.error(`model: ${opened.model.description.title}`);
    console.error(opened.selfCheck);
    const audit = auditOf(choice, suites, opened);
    const gflops =
      opened.model.description.kind === "local" ? await matmulRate(choice.open.threads) : undefined;
    if (flags.dryRun) {
      console.log(dryRunText(dryRun(audit, roughTokens), audit.settings, gflops));
      return;
    }
    const { folder, goesOn } = prepareFolder(choice.out, runRowOf(audit));
    console.error(`${goesOn ? "going on in" : "run folder:"} ${folder}`);
    const events = runEvents(process.stderr);
    const result = await runAudit({
      ...audit,
      folder,
      signal: stop.signal,
      onEvent: events.onEvent,
      ...(command === undefined ? {} : { command }),
      ...(gflops === undefined ? {} : { matmulGflops: gflops }),
    }).finally(events.end);
    if (result.kind === "stopped") {
      console.error(
        `stopped. ${result.done} samples are stored in ${folder}; the same command goes on from there.`,
      );
      exitCode.value = 130;
      return;
    }
    writeReport(folder, result.record);
    console.log(flags.json ? JSON.stringify(result.record) : summaryText(result.record, folder));
    const bites = flags.failOn === "gap" && result.record.gaps.some((gap) => gap.verdict === "gap");
    exitCode.value = bites ? 1 : 0;
  } finally {
    stop.release();
    await opened.model.close();
  }
}

/** What times are scaled by; costs about a second. */
async function matmulRate(threads: number): Promise<number> {
  const { measureMatmul } = await import("../engine/measure-matmul.ts");
  return measureMatmul(threads, ticks);
}
