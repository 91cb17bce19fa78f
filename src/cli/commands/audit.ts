// `trueline audit [MODEL]`: plans, runs or goes on, and writes the record, the page and the card.

import type { Command } from "commander";
import { auditOptions, readAuditOptions, type AuditFlags } from "../audit-options.ts";
import { auditSuites } from "../audit-suites.ts";
import { runAuditIn } from "../run-audit-in.ts";

export function define(command: Command): void {
  auditOptions(command).action(async (spec: string, flags: AuditFlags) => {
    const choice = readAuditOptions(spec, flags);
    await runAuditIn(
      choice,
      choice.suites.map((name) => auditSuites[name]),
      flags,
    );
  });
}
