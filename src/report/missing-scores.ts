// Scores that called graders were asked for and that are missing, by reason, as the record's tallies hold them.

import type { RunRecord } from "../core/run-record.ts";
import { scoresFrom } from "./scores-from.ts";

export type MissingScores = {
  readonly total: number;
  /** Each reason in the record's words, with its count. */
  readonly reasons: readonly (readonly [because: string, count: number])[];
};

/** Reasons that are told together count too: whose scores they are is not known, and none is left out. */
export function missingScores({ manifest, suites }: Pick<RunRecord, "manifest" | "suites">): MissingScores {
  const { called } = scoresFrom(manifest);
  if (called.length === 0) return { total: 0, reasons: [] };
  const reasons = suites.flatMap(({ tallies }) =>
    tallies
      .filter(({ label }) => label === "Samples without a score")
      .flatMap(({ counts }) => Object.entries(counts))
      .filter(([because]) => {
        const side = /^no (proxy|gold): /u.exec(because)?.[1];
        return side === undefined || called.some((one) => one === side);
      }),
  );
  return { total: reasons.reduce((sum, [, count]) => sum + count, 0), reasons };
}
