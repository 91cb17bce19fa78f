// From the named columns of a table to the rows of a specification.

import { SetupError } from "../core/errors.ts";
import type { Score, SpecificationRow } from "./specification-row.ts";
import { numbersOf, type NumberCell } from "./table/numbers-of.ts";
import { shown } from "./table/shown.ts";
import type { Table } from "./table/table.ts";
import { textOf, type TextCell } from "./table/text-of.ts";

/** Which column holds what. */
export type Columns = {
  readonly prompt: string;
  /** Absent where a grader is called instead. */
  readonly proxy?: string;
  readonly gold: string;
  readonly response?: string;
  readonly cluster?: string;
  readonly stratum?: string;
};

const NOT_GRADED: Score = { kind: "unscored", because: "no grader was called" };

/** Squares of larger scores would leave the range of numbers. */
const LARGEST = 1e100;

/** @throws SetupError naming the file, line and column of a cell that can't be, or of a row that names no prompt or cluster. */
export function rowsOf(table: Table, columns: Columns): readonly SpecificationRow[] {
  const text = (column: string | undefined) => (column === undefined ? undefined : textOf(table, column));
  const [prompts, responses, clusters, strata] = [
    textOf(table, columns.prompt),
    text(columns.response),
    text(columns.cluster),
    text(columns.stratum),
  ];
  const proxies = columns.proxy === undefined ? undefined : numbersOf(table, columns.proxy);
  const golds = numbersOf(table, columns.gold);
  const clusterOf = new Map<string, string>();
  return table.rows.map(({ line }, i) => {
    const prompt = named(prompts[i]!, columns.prompt, i);
    const cluster = clusters === undefined ? prompt : named(clusters[i]!, columns.cluster!, i);
    const before = clusterOf.get(prompt) ?? cluster;
    clusterOf.set(prompt, before);
    if (before !== cluster)
      throw new SetupError(
        "TABLE_CELL",
        `${table.file}, ${table.counts} ${line}: its prompt stood in cluster ${shown(before)} before, and stands in ${shown(cluster)} here`,
        {
          hint: "All samples of a prompt belong to one cluster: give them the same, or other names to other prompts.",
        },
      );
    const stratum = strata?.[i];
    const response = responses?.[i];
    return {
      place: `${table.counts} ${line}`,
      prompt,
      cluster,
      ...(stratum?.kind === "text" ? { stratum: stratum.value } : {}),
      ...(response?.kind === "text" ? { response: response.value } : {}),
      proxy: proxies === undefined ? NOT_GRADED : scoreOf(proxies[i]!, columns.proxy!, i),
      gold: scoreOf(golds[i]!, columns.gold, i),
    };
  });

  function scoreOf(cell: NumberCell, column: string, i: number): Score {
    const score = unscoredOr(cell);
    if (score.kind === "unscored" || Math.abs(score.value) <= LARGEST) return score;
    throw new SetupError(
      "TABLE_CELL",
      `${table.file}, ${table.counts} ${table.rows[i]!.line}: column ${column} holds ${score.value}, too large to be averaged`,
      {
        hint: "Scores beyond 1e100 are marks for something else; leave the cell empty where there is no score.",
      },
    );
  }

  function named(cell: TextCell, column: string, i: number): string {
    if (cell.kind === "text" && cell.value !== "") return cell.value;
    throw new SetupError(
      "TABLE_CELL",
      `${table.file}, ${table.counts} ${table.rows[i]!.line}: column ${column} is empty`,
      {
        hint: "Every sample must say which prompt it belongs to; give each row its prompt, or leave the row out.",
      },
    );
  }
}

function unscoredOr(cell: NumberCell): Score {
  return cell.kind === "number"
    ? { kind: "scored", value: cell.value }
    : {
        kind: "unscored",
        because: cell.because === "absent" ? "the row lacks it" : `the cell is ${cell.because}`,
      };
}
