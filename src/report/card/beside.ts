// The card's numbers beside the gaps: each suite's own, with interval and n. Where no gap could be tested they are all that there is.

import type { RunRecord } from "../../core/run-record.ts";
import { count, share, withInterval } from "../figures.ts";
import { withoutStop } from "../section.ts";
import { viewOf } from "../sections/views.ts";
import { inline, table } from "./markdown.ts";

export function beside({ suites }: RunRecord): string {
  const rows = suites.flatMap(({ name, descriptors }) =>
    descriptors.map(({ label, value }) => [
      inline(label),
      value.kind === "none"
        ? `not measured: ${inline(withoutStop(value.because))}`
        : withInterval(value, viewOf(name).descriptorScale),
      count(value),
      value.kind === "none"
        ? "no interval, since there is no number"
        : inline(`${share(value.level)} interval, ${value.method}`),
    ]),
  );
  return rows.length === 0
    ? "Not measured: the run holds no number beside its gaps."
    : table(["What", "Measured [interval]", "n", "How"], rows);
}
