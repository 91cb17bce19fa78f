// From the command's options and the opened model to the audit that `run/` takes.

import type { Suite } from "../core/suite.ts";
import type { Audit } from "../run/run-audit.ts";
import { defaultWorld } from "../suites/world/index.ts";
import type { AuditChoice } from "./audit-options.ts";
import { processes, ticks, timestamp } from "./gap/machine.ts";
import type { OpenedModel } from "./open-model.ts";
import { version } from "./version.ts";

export function auditOf(
  choice: Pick<AuditChoice, "settings">,
  suites: readonly Suite[],
  opened: OpenedModel,
): Omit<Audit, "folder"> {
  return {
    model: opened.model,
    suites,
    world: defaultWorld,
    settings: choice.settings,
    versions: { trueline: version, engine: opened.engine },
    selfCheck: opened.selfCheck,
    clock: { timestamp, ticks },
    processes,
  };
}
