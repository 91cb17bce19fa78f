// What `trueline audit` puts a model through: every suite, and its own summaries under a reader's satisfaction, which is a world of the lab.

import { ownSummaries } from "../lab/summaries/own-summaries.ts";
import { auditSize } from "../lab/summaries/audit-size.ts";
import { ownTexts } from "../lab/summaries/own-texts.ts";
import { suites } from "../suites/index.ts";

export const auditSuites = {
  ...suites,
  specification: ownSummaries({ texts: ownTexts, size: auditSize }),
};

export type AuditSuiteName = keyof typeof auditSuites;
