// `trueline report DIR`: writes page and card of a finished run again, from its record alone.

import { join } from "node:path";
import type { Command } from "commander";
import { readRecord } from "../read-run.ts";
import { writeReport } from "../write-report.ts";

export function define(command: Command): void {
  command.argument("<folder>", "a run folder").action((folder: string) => {
    writeReport(folder, readRecord(folder));
    console.log(`report: ${join(folder, "report.html")}`);
    console.log(`card:   ${join(folder, "card.md")}`);
  });
}
