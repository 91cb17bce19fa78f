// The prompts that a model is asked: a column of a table, or the lines of a text file, each once.

import { createHash } from "node:crypto";
import path from "node:path";
import { SetupError } from "../../core/errors.ts";
import { visible } from "../../core/visible.ts";
import { readBytes } from "../../goodhart/table/read-bytes.ts";
import { readTable } from "../../goodhart/table/read-table.ts";
import { shown } from "../../goodhart/table/shown.ts";
import { textBytes } from "../../goodhart/table/text-bytes.ts";
import { textOf } from "../../goodhart/table/text-of.ts";
import type { GapPrompt } from "./gap-job.ts";

export type PromptColumns = {
  readonly prompt?: string;
  readonly cluster?: string;
  readonly stratum?: string;
};

export type Prompts = {
  readonly prompts: readonly GapPrompt[];
  /** Rows that repeat a prompt: it is asked once. */
  readonly merged: number;
  readonly sha256: string;
};

/** @throws SetupError naming the file, and the line of a row without a prompt or of one that contradicts an earlier row. */
export async function readPrompts(file: string, columns: PromptColumns): Promise<Prompts> {
  const isText = path.extname(file).toLowerCase() === ".txt";
  const read = isText ? await linesOf(file, columns) : await cellsOf(file, columns);
  const found = new Map<string, GapPrompt>();
  for (const prompt of read.all) {
    const before = found.get(prompt.text);
    if (before === undefined) found.set(prompt.text, prompt);
    else refuseOther(file, before, prompt);
  }
  if (found.size === 0)
    throw new SetupError("NO_PROMPT", `${visible(file)} holds no prompt`, {
      hint: "Name a file with one prompt a line or a row.",
    });
  return { prompts: [...found.values()], merged: read.all.length - found.size, sha256: read.sha256 };
}

type Read = { readonly all: readonly GapPrompt[]; readonly sha256: string };

/** Lines of nothing but white space are none. */
async function linesOf(file: string, { prompt, cluster, stratum }: PromptColumns): Promise<Read> {
  const named = Object.entries({ prompt, cluster, stratum }).find(([, column]) => column !== undefined);
  if (named !== undefined)
    throw new SetupError(
      "OPTION",
      `--${named[0]} names a column, but ${visible(file)} is plain text and has none`,
      {
        hint: "Leave it out: each line is a prompt. For columns give a .jsonl, .csv, .tsv or .parquet file.",
      },
    );
  const bytes = await readBytes(file);
  const lines = textBytes(bytes, file).toString("utf8").split(/\r?\n/u);
  return {
    all: lines.flatMap((text, i) => (text.trim() === "" ? [] : [{ text, place: `line ${i + 1}` }])),
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

async function cellsOf(file: string, columns: PromptColumns): Promise<Read> {
  const { prompt: column, cluster, stratum } = columns;
  if (column === undefined)
    throw new SetupError(
      "OPTION",
      `--prompt must name the column of ${visible(file)} that holds the prompts`,
      {
        hint: "For example --prompt prompt; a .txt file with one prompt a line needs no column.",
      },
    );
  const table = await readTable(file);
  const [texts, clusters, strata] = [column, cluster, stratum].map((name) =>
    name === undefined ? undefined : textOf(table, name),
  );
  const all = table.rows.map(({ line }, i): GapPrompt => {
    const place = `${table.counts} ${line}`;
    const needed = (cell: NonNullable<typeof texts>[number], name: string) => {
      if (cell.kind === "text") return cell.value;
      throw new SetupError("TABLE_CELL", `${visible(file)}, ${place}: column ${visible(name)} is empty`, {
        hint: "Give each row its value, or leave the row out.",
      });
    };
    const part = strata?.[i];
    return {
      text: needed(texts![i]!, column),
      place,
      ...(clusters === undefined ? {} : { cluster: needed(clusters[i]!, cluster!) }),
      ...(part?.kind === "text" ? { stratum: part.value } : {}),
    };
  });
  return { all, sha256: table.sha256 };
}

/** The same prompt can't belong to two clusters or strata: its replies are one pool. */
function refuseOther(file: string, before: GapPrompt, now: GapPrompt): void {
  for (const what of ["cluster", "stratum"] as const)
    if (before[what] !== now[what])
      throw new SetupError(
        "TABLE_CELL",
        `${visible(file)}, ${now.place}: the prompt of ${before.place} again, with ${what} ${shown(now[what] ?? "")} where it had ${shown(before[what] ?? "")}`,
        { hint: `Give equal prompts the same ${what}, or leave one of the rows out.` },
      );
}
