// Where a specification's scores came from, as the record tells it: they were stored, or graders gave them, on samples stored or drawn.

import type { RunRecord } from "../core/run-record.ts";

type Side = "proxy" | "gold";

export type ScoresFrom = {
  /** Whether a model was asked for the samples. */
  readonly drawn: boolean;
  /** Which scores were given by a grader that was called. */
  readonly called: readonly Side[];
  /** In words, for a line of its own. */
  readonly says: string;
};

/** @param stored what the file itself holds where nothing was asked: "stored scores", say */
export function scoresFrom(
  { stages, model: { details } }: RunRecord["manifest"],
  stored = "stored scores",
): ScoresFrom {
  const drawn = stages.length > 0;
  const called = (["proxy", "gold"] as const).filter(
    (side) => details[`${side} that is called`] !== undefined,
  );
  const scores =
    called.length === 2
      ? "scores that called graders gave"
      : called.length === 0
        ? stored
        : `${called[0]}: scores that a called grader gave; ${called[0] === "proxy" ? "gold" : "proxy"}: ${stored}`;
  return { drawn, called, says: drawn ? `replies drawn from a model; ${scores}` : scores };
}
