// What judges will be asked, in one line each before they are: every answer costs time, and a served one money.

import { visible } from "../../core/visible.ts";
import type { CalledGrader } from "./called-grader.ts";

/** Under which keys the answers of a run stand; no question is asked twice under one key. */
export type AskedKeys = {
  /** Of the samples, and of the texts that are edited from them. */
  readonly proxy: ReadonlySet<string>;
  /** Of samples that the proxy scores again on purpose. */
  readonly again: ReadonlySet<string>;
  readonly gold: ReadonlySet<string>;
  /** Of pairs that the proxy compares, in each order. */
  readonly pairs: ReadonlySet<string>;
};

type Called = { readonly proxy: CalledGrader | undefined; readonly gold: CalledGrader | undefined };

/**
 * Nothing of a grader that is no judge, nor where nothing is left to be asked.
 * @param samples different texts among the samples
 */
export function tellJudges(
  { proxy, gold }: Called,
  keys: AskedKeys,
  { samples, stored }: { readonly samples: number; readonly stored: ReadonlyMap<string, unknown> },
): void {
  tellOf(proxy, [...keys.proxy, ...keys.again, ...keys.pairs], stored, [
    [samples, "samples"],
    [keys.proxy.size - samples, "edited texts"],
    [keys.again.size, "samples once more"],
    [keys.pairs.size, "comparisons"],
  ]);
  tellOf(gold, [...keys.gold], stored, [[keys.gold.size, "samples"]]);
}

type Part = readonly [count: number, what: string];

function tellOf(
  called: CalledGrader | undefined,
  keys: readonly string[],
  stored: ReadonlyMap<string, unknown>,
  parts: readonly Part[],
): void {
  if (called?.judge === undefined) return;
  const done = keys.filter((key) => stored.has(key)).length;
  if (done === keys.length) return;
  const what = parts.flatMap(([count, of]) => (count === 0 ? [] : [`${count} ${of}`])).join(", ");
  const before = done === 0 ? "" : `, ${done} of them answered already`;
  const dear = called.judge.local
    ? "; it runs here, and each costs about as much as reading rubric, task and response once"
    : "";
  called.judge.tell(`${called.grader.name}: ${keys.length} questions (${what})${before}${dear}`);
}

/** On standard error; on a terminal a line of progress may still stand there. */
export function tellPlainly(line: string): void {
  process.stderr.write(`${process.stderr.isTTY ? "\r\u001b[2K" : ""}${visible(line)}\n`);
}
