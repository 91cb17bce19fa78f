// Which pairs a judge compares: at most one a prompt, its own text beside another's where both are there.

import type { Rng } from "../../stats/rng.ts";
import type { SpecificationRow } from "../specification-row.ts";
import type { JudgedPair, JudgedText } from "./judged-pair.ts";

export type PairsToJudgeOptions = {
  readonly rng: Rng;
  /** Where each row comes from, in their order; absent where nothing says. */
  readonly origins?: readonly (string | undefined)[];
  /** The origins that are the judge itself. */
  readonly own?: readonly string[];
  /** Prompts, at most; 60 unless given. */
  readonly most?: number;
};

type Sourced = { readonly row: SpecificationRow; readonly origin: string | undefined };

/**
 * Prompts that have a text of the judge's and one of another's come first. Beyond that what is chosen hangs on texts and rng alone,
 * never on a score; equal texts are no pair.
 * @throws RangeError when there is not one origin for each row.
 */
export function pairsToJudge(
  rows: readonly SpecificationRow[],
  { rng, origins, own = [], most = 60 }: PairsToJudgeOptions,
): readonly JudgedPair[] {
  if (origins !== undefined && origins.length !== rows.length)
    throw new RangeError(`pairsToJudge: one origin for each of ${rows.length} rows, got ${origins.length}`);
  const all = rows.map((row, i): Sourced => ({ row, origin: origins?.[i] }));
  const pools = [...Map.groupBy(all, ({ row }) => row.prompt)];
  const pairs = rng
    .split("prompts")
    .shuffled(pools)
    .flatMap(([prompt, pool]) => {
      const pair = pairIn(pool, own, rng.split("pair").split(prompt));
      return pair === undefined ? [] : [pair];
    });
  return [...pairs.filter(({ mixed }) => mixed), ...pairs.filter(({ mixed }) => !mixed)]
    .slice(0, most)
    .map(({ pair }) => pair);
}

function pairIn(pool: readonly Sourced[], own: readonly string[], rng: Rng) {
  const shuffled = rng.shuffled(pool.filter(({ row }) => row.response !== undefined));
  const isOwn = ({ origin }: Sourced) => origin !== undefined && own.includes(origin);
  const isOther = ({ origin }: Sourced) => origin !== undefined && !own.includes(origin);
  const mixed = firstPair(shuffled, (a, b) => (isOwn(a) && isOther(b)) || (isOther(a) && isOwn(b)));
  const found = mixed ?? firstPair(shuffled, () => true);
  if (found === undefined) return undefined;
  const [a, b] = found;
  const { prompt, cluster } = a.row;
  const pair: JudgedPair = { prompt, cluster, texts: [textOf(a), textOf(b)] };
  return { mixed: mixed !== undefined, pair };
}

/** The first two of different text that fit, in the order given. */
function firstPair(
  pool: readonly Sourced[],
  fit: (a: Sourced, b: Sourced) => boolean,
): readonly [Sourced, Sourced] | undefined {
  for (const [i, a] of pool.entries()) {
    const b = pool.slice(i + 1).find((other) => other.row.response !== a.row.response && fit(a, other));
    if (b !== undefined) return [a, b];
  }
  return undefined;
}

function textOf({ row: { response, gold }, origin }: Sourced): JudgedText {
  return { response: response!, gold, ...(origin === undefined ? {} : { origin }) };
}
