// From a table to preference pairs: named columns, or whole dialogues in the format of hh-rlhf.

import type { PreferencePair } from "./preference-audit.ts";
import { readHhPair } from "./read-hh-pair.ts";
import type { Table } from "./table/table.ts";
import { textOf, type TextCell } from "./table/text-of.ts";

export type PairColumns = {
  readonly chosen: string;
  readonly rejected: string;
  /** Absent: chosen and rejected are whole dialogues, prompt included. */
  readonly prompt?: string;
  readonly cluster?: string;
};

export type Pairs = {
  readonly pairs: readonly PreferencePair[];
  /** Rows that are no pair, by reason. */
  readonly unread: Readonly<Record<string, number>>;
};

/** @throws SetupError for a column that is not there or holds what is no text. */
export function pairsOf(table: Table, columns: PairColumns): Pairs {
  const [chosen, rejected] = [textOf(table, columns.chosen), textOf(table, columns.rejected)];
  const prompts = columns.prompt === undefined ? undefined : textOf(table, columns.prompt);
  const clusters = columns.cluster === undefined ? undefined : textOf(table, columns.cluster);
  const unread: Record<string, number> = {};
  const pairs = table.rows.flatMap(({ line }, i): PreferencePair[] => {
    const refuse = (because: string) => {
      unread[because] = (unread[because] ?? 0) + 1;
      return [];
    };
    const [one, other] = [chosen[i]!, rejected[i]!];
    if (one.kind === "missing" || other.kind === "missing") return refuse("chosen or rejected is empty");
    const id = `${table.counts} ${line}`;
    const named = clusters === undefined ? undefined : textIn(clusters[i]!);
    if (prompts === undefined) {
      const read = readHhPair({ chosen: one.value, rejected: other.value });
      if (read.kind === "unparseable") return refuse(read.because);
      return [{ ...read.pair, id, ...(named === undefined ? {} : { cluster: named }) }];
    }
    const prompt = textIn(prompts[i]!) ?? "";
    return [{ id, cluster: named ?? prompt, prompt, chosen: one.value, rejected: other.value }];
  });
  return { pairs, unread };
}

function textIn(cell: TextCell): string | undefined {
  return cell.kind === "text" ? cell.value : undefined;
}
