// The plan as a file to fill in: every sample with its chance of a label, those to be labelled first, and an empty column for the gold.

import type { Rng } from "../../stats/rng.ts";
import { rowsOf, type SampleColumns, type TextLabels } from "../rows-of.ts";
import type { Table } from "../table/table.ts";
import type { LabelTarget } from "./inclusions-for.ts";
import { planLabels, type PlannedRow } from "./plan-labels.ts";

export type PlanFileOptions = {
  readonly columns: SampleColumns;
  /** Of columns of words; they are written as 0 and 1. */
  readonly texts?: TextLabels;
  readonly budget: number;
  readonly for: LabelTarget;
  readonly rng: Rng;
  readonly format: "csv" | "jsonl";
  readonly maxN?: number;
};

export type PlanFile = {
  readonly text: string;
  /** How many samples it asks to be labelled. */
  readonly drawn: number;
  /** How many of those have their gold already. */
  readonly filled: number;
  /** Its columns, as `trueline gap` is to be told of them. */
  readonly columns: SampleColumns & { readonly gold: string; readonly weights: string };
};

/**
 * A table with a row for every sample: which row of the given table it was, its texts and its proxy, `label` (yes or no), `inclusion`, and `gold`, empty but
 * where a sample that was drawn has one already. Golds of samples that were not drawn are left out: they would be in nobody's probability.
 * Filled in, it is what `trueline gap --samples FILE --labels weights:inclusion` reads; the rows that say no must stay in it.
 * CSV as RFC 4180 has it, its rows ended by CR LF.
 * @throws SetupError as `rowsOf`.
 */
export function planFile(table: Table, { columns, texts, format, ...options }: PlanFileOptions): PlanFile {
  const { weights: _, ...own } = columns;
  const planned = planLabels({ rows: rowsOf(table, own, texts), ...options });
  const sorted = [...planned.filter(({ drawn }) => drawn), ...planned.filter(({ drawn }) => !drawn)];
  const names = namesOf(own);
  const text =
    format === "jsonl"
      ? sorted.map((row) => `${JSON.stringify(Object.fromEntries(names.map((n) => [n, cell(row, n)])))}\n`)
      : [names, ...sorted.map((row) => names.map((name) => cell(row, name)))].map(
          (cells) => `${cells.map(quoted).join(",")}\r\n`,
        );
  return {
    text: text.join(""),
    drawn: planned.filter(({ drawn }) => drawn).length,
    filled: planned.filter(({ row, drawn }) => drawn && row.gold.kind === "scored").length,
    columns: {
      prompt: "prompt",
      gold: "gold",
      weights: "inclusion",
      ...(own.proxy === undefined ? {} : { proxy: "proxy" }),
      ...(own.response === undefined ? {} : { response: "response" }),
      ...(own.cluster === undefined ? {} : { cluster: "cluster" }),
      ...(own.stratum === undefined ? {} : { stratum: "stratum" }),
    },
  };
}

type Name =
  | "place"
  | "prompt"
  | "response"
  | "cluster"
  | "stratum"
  | "proxy"
  | "label"
  | "inclusion"
  | "gold";

function namesOf({ response, cluster, stratum, proxy }: SampleColumns): readonly Name[] {
  return [
    "place",
    "prompt",
    ...(response === undefined ? [] : (["response"] as const)),
    ...(cluster === undefined ? [] : (["cluster"] as const)),
    ...(stratum === undefined ? [] : (["stratum"] as const)),
    ...(proxy === undefined ? [] : (["proxy"] as const)),
    "label",
    "inclusion",
    "gold",
  ];
}

function cell({ row, inclusion, drawn }: PlannedRow, name: Name): string | number | null {
  if (name === "label") return drawn ? "yes" : "no";
  if (name === "inclusion") return inclusion;
  if (name === "proxy") return row.proxy.kind === "scored" ? row.proxy.value : null;
  if (name === "gold") return drawn && row.gold.kind === "scored" ? row.gold.value : null;
  return row[name] ?? null;
}

/** Quotes stand around what needs them; line ends within them stay as they are. */
function quoted(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
