// What a run tells while it goes on; `run/` prints nothing.

import type { TimeLeft } from "./time-left.ts";

export type RunEvent =
  /** `stored`: samples that an earlier session had stored. */
  | { readonly kind: "run-started"; readonly folder: string; readonly stored: number }
  | {
      readonly kind: "stage-started";
      readonly suite: string;
      readonly stage: string;
      readonly samples: number;
      readonly stored: number;
    }
  /** After each batch, or each answer where asks go alone; `done` of `samples` of this stage are stored. */
  | {
      readonly kind: "batch-done";
      readonly suite: string;
      readonly stage: string;
      readonly done: number;
      readonly samples: number;
      readonly failed: number;
      readonly left: TimeLeft;
    }
  | { readonly kind: "stage-done"; readonly suite: string; readonly stage: string; readonly samples: number }
  | { readonly kind: "suite-measured"; readonly suite: string };
