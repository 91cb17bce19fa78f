// What docs/stats.md says of each estimator's coverage, made from the measured rows.

import type { Row } from "./study.ts";

const below = ", below its least n";

/** Estimator to the text of its coverage cell. */
export function coverageCells(rows: readonly Row[]): ReadonlyMap<string, string> {
  const names = new Set(rows.map(({ estimator }) => estimator.replace(below, "")));
  return new Map([...names].map((name) => [name, cellOf(name, rows)]));
}

function cellOf(name: string, rows: readonly Row[]): string {
  const own = rows.filter(({ estimator }) => estimator === name);
  const of = (promise: Row["promise"]) => own.filter((row) => row.promise === promise);
  const under = rows.filter(({ estimator }) => estimator === name + below);
  return [
    ...of("mean")
      .slice(0, 1)
      .map(() => meanOf(of("mean"))),
    ...of("floor")
      .slice(0, 1)
      .map(() => `at least ${percent(leastOf(of("floor")).minimum)}`),
    ...of("asymptotic")
      .slice(0, 1)
      .map(() => rangeOf(of("asymptotic"))),
    ...of("printed")
      .slice(0, 1)
      .map(() => printedOf(of("printed"))),
    ...under.slice(0, 1).map(() => `below its least n at least ${percent(leastOf(under).minimum)}`),
  ].join("; ");
}

function meanOf(rows: readonly Row[]): string {
  const means = rows.map(({ mean }) => mean);
  const least = leastOf(rows);
  const spread = `${percent(Math.min(...means))} to ${percent(Math.max(...means))} in the mean over p`;
  return `${spread}, minimum ${percent(least.minimum)} (${least.design.split(",")[0]}, ${least.minimumAt})`;
}

function rangeOf(rows: readonly Row[]): string {
  const highest = rows.flatMap(({ maximum }) => (maximum === undefined ? [] : [maximum]));
  const least = percent(leastOf(rows).minimum);
  return highest.length === 0 ? `at least ${least}` : `${least} to ${percent(Math.max(...highest))}`;
}

function printedOf(rows: readonly Row[]): string {
  const least = leastOf(rows);
  return `where pairs can only go one way, minimum ${percent(least.minimum)} (${least.design.split(",")[0]}, ${least.minimumAt})`;
}

function leastOf(rows: readonly Row[]): Row {
  return rows.reduce((a, b) => (b.minimum < a.minimum ? b : a));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** The page with the last cell of each estimator's row put in: rows begin with "| `name` |" or "| name |". */
export function withCoverage(page: string, rows: readonly Row[]): string {
  const cells = coverageCells(rows);
  return page
    .split("\n")
    .map((line) => {
      const name = /^\| ([^|]+?) \|/.exec(line)?.[1]?.replaceAll("`", "");
      const cell = name === undefined ? undefined : cells.get(name);
      return cell === undefined ? line : line.replace(/\|[^|]*\|$/, () => `| ${cell} |`);
    })
    .join("\n");
}
