// The suites: one folder each, one line here.

import { calibration } from "./calibration/calibration.ts";
import { consistency } from "./consistency/consistency.ts";
import { refusal } from "./refusal/refusal.ts";
import { sycophancy } from "./sycophancy/sycophancy.ts";
import type { Suite } from "./suite.ts";

export const suites = {
  sycophancy,
  calibration,
  refusal,
  consistency,
} as const satisfies Readonly<Record<string, Suite>>;

export type SuiteName = keyof typeof suites;
