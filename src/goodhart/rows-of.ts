// From the named columns of a table to the rows of a specification.

import { SetupError } from "../core/errors.ts";
import type { Score, SpecificationRow } from "./specification-row.ts";
import { binaryOf, type BinaryCell, type BinaryLabels } from "./table/binary-of.ts";
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
  /** The probability with which each sample was to be labelled. */
  readonly weights?: string;
};

/** As `Columns`, of samples that nobody has labelled yet. */
export type SampleColumns = Omit<Columns, "gold"> & { readonly gold?: string };

/** Columns of texts, and which of their values are 1; a column of numbers has no entry. */
export type TextLabels = { readonly proxy?: BinaryLabels; readonly gold?: BinaryLabels };

const NOT_LABELLED: Score = { kind: "unscored", because: "not labelled yet" };
const NOT_GRADED: Score = { kind: "unscored", because: "no grader was called" };

/** One over a smaller probability would leave it too. */
const SMALLEST = 1e-9;

/** Squares of larger scores would leave the range of numbers. */
const LARGEST = 1e100;

/**
 * @throws SetupError naming the file, line and column of a cell that can't be, or of a row that names no prompt or cluster, or says no probability
 * where there is a column of them.
 */
export function rowsOf(
  table: Table,
  columns: SampleColumns,
  labels: TextLabels = {},
): readonly SpecificationRow[] {
  const text = (column: string | undefined) => (column === undefined ? undefined : textOf(table, column));
  const [prompts, responses, clusters, strata] = [
    textOf(table, columns.prompt),
    text(columns.response),
    text(columns.cluster),
    text(columns.stratum),
  ];
  const [proxies, golds] = (["proxy", "gold"] as const).map((of) => {
    const column = columns[of];
    const texts = labels[of];
    if (column === undefined) return undefined;
    return texts === undefined
      ? numbersOf(
          table,
          column,
          `Where the column holds labels in words, --${of}-is VALUE says which of them count as 1.`,
        )
      : binaryOf(table, column, texts);
  });
  const inclusions = columns.weights === undefined ? undefined : numbersOf(table, columns.weights);
  const [clusterOf, stratumOf] = [new Map<string, string>(), new Map<string, string>()];
  return table.rows.map(({ line }, i) => {
    const prompt = named(prompts[i]!, columns.prompt, i);
    const cluster = clusters === undefined ? prompt : named(clusters[i]!, columns.cluster!, i);
    sameAsBefore("cluster", clusterOf, { prompt, name: cluster, line });
    const stratum = strata?.[i];
    if (stratum !== undefined)
      sameAsBefore("stratum", stratumOf, {
        prompt,
        name: stratum.kind === "text" ? stratum.value : "",
        line,
      });
    const response = responses?.[i];
    return {
      place: `${table.counts} ${line}`,
      prompt,
      cluster,
      ...(stratum?.kind === "text" ? { stratum: stratum.value } : {}),
      ...(response?.kind === "text" ? { response: response.value } : {}),
      proxy: proxies === undefined ? NOT_GRADED : scoreOf(proxies[i]!, columns.proxy!, i),
      gold: golds === undefined ? NOT_LABELLED : scoreOf(golds[i]!, columns.gold!, i),
      ...(inclusions === undefined ? {} : { inclusion: probability(inclusions[i]!, columns.weights!, i) }),
    };
  });

  /** Samples of one prompt compete with each other, so that they stand together in all that groups prompts. */
  function sameAsBefore(
    what: "cluster" | "stratum",
    of: Map<string, string>,
    { prompt, name, line }: { readonly prompt: string; readonly name: string; readonly line: number },
  ): void {
    const before = of.get(prompt) ?? name;
    of.set(prompt, before);
    if (before === name) return;
    const quoted = (value: string) => (value === "" ? "none" : shown(value));
    throw new SetupError(
      "TABLE_CELL",
      `${table.file}, ${table.counts} ${line}: its prompt stood in ${what} ${quoted(before)} before, and stands in ${quoted(name)} here`,
      {
        hint: `All samples of a prompt belong to one ${what}: give them the same, or other names to other prompts.`,
      },
    );
  }

  function scoreOf(cell: BinaryCell | NumberCell, column: string, i: number): Score {
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

  function probability(cell: NumberCell, column: string, i: number): number {
    if (cell.kind === "number" && cell.value >= SMALLEST && cell.value <= 1) return cell.value;
    throw new SetupError(
      "TABLE_CELL",
      `${table.file}, ${table.counts} ${table.rows[i]!.line}: column ${shown(column)} ${cell.kind === "number" ? `holds ${cell.value}` : "is empty"} where a probability above 0 and at most 1 is needed`,
      {
        hint: "Give for every sample, labelled or not, the probability with which it was to be labelled; where there is none, say --labels unknown.",
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

const BECAUSE: Readonly<Record<Exclude<BinaryCell, { readonly kind: "number" }>["because"], string>> = {
  absent: "the row lacks it",
  empty: "the cell is empty",
  null: "the cell is null",
  "none of the labels": "the text is none of the labels",
};

function unscoredOr(cell: BinaryCell | NumberCell): Score {
  return cell.kind === "number"
    ? { kind: "scored", value: cell.value }
    : {
        kind: "unscored",
        because: BECAUSE[cell.because],
      };
}
