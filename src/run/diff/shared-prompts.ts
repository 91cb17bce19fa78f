// The prompts that two runs of specifications share, one beside the other, where both measure against one truth; or why they can't be paired.

import type { GapRecord } from "../../core/run-record.ts";
import type { PromptValues } from "../prompt-values.ts";
import type { DiffSide, Sides } from "./run-diff.ts";

type Values = Extract<PromptValues, { kind: "values" }>;

/** Gold at each n of the common grid, as it was given. */
export type SharedPrompt = { readonly cluster: string } & Sides<readonly number[]>;

export type SharedPrompts =
  | {
      readonly kind: "shared";
      readonly prompts: readonly SharedPrompt[];
      /** The n that both runs hold, from 1 to the largest. */
      readonly grid: readonly number[];
      readonly values: Sides<Values>;
      readonly notes: readonly string[];
    }
  | { readonly kind: "none"; readonly because: string };

/**
 * Prompts are believed where their mean is the record's curve. Whether the truth is the same is told by the names of the gold in both
 * records and by the gold at n = 1, on which no proxy has a say: samples and truth are the same where it agrees on every prompt; a truth of
 * the same name is taken as the same.
 */
export function sharedPrompts(a: DiffSide, b: DiffSide, gaps: Sides<GapRecord>): SharedPrompts {
  const none = (because: string): SharedPrompts => ({ kind: "none", because });
  const [from, to] = [a.prompts, b.prompts];
  if (from.kind === "none") return none(`A has no values prompt by prompt: ${from.because}`);
  if (to.kind === "none") return none(`B has no values prompt by prompt: ${to.because}`);
  for (const [letter, values, gap] of [["A", from, gaps.a] as const, ["B", to, gaps.b] as const]) {
    if (values.suite !== gap.suite || values.gap !== gap.name)
      return none(`${letter} has values prompt by prompt of ${values.suite}: ${values.gap} alone`);
    if (!givesBack(values, gap))
      return none(`the prompts of ${letter} do not add up to the curve of its record`);
  }
  if (from.unit !== to.unit) return none("the two are not measured on one scale");
  const others = new Map(to.rows.map((row) => [row.prompt, row] as const));
  const pairs = from.rows.flatMap((row) => {
    const other = others.get(row.prompt);
    return other === undefined ? [] : [{ a: row, b: other }];
  });
  const [inA, inB] = [from.rows.length, to.rows.length];
  if (pairs.length * 2 < Math.max(inA, inB))
    return none(
      `${pairs.length === 0 ? "no prompt is" : `only ${pairs.length} prompts are`} in both, of ${inA} in A and ${inB} in B`,
    );
  const grid = from.grid.filter((n) => to.grid.includes(n));
  if (grid.length < 2) return none("the two share no n above 1");
  const clusters = coarser(pairs.map((pair) => ({ a: pair.a.cluster, b: pair.b.cluster })));
  if (clusters === undefined) return none("the two put the prompts into clusters that cut across each other");
  const slack = 1e-6 * Math.max(from.range[1] - from.range[0], to.range[1] - to.range[0]);
  const unlike = pairs.filter((pair) => Math.abs(pair.a.gold[0]! - pair.b.gold[0]!) > slack).length;
  const [truth, other] = [truthOf(a), truthOf(b)];
  if (unlike > 0 && (truth === undefined || truth !== other))
    return none(
      `the truths differ (gold is ${truth ?? "not named"} in A and ${other ?? "not named"} in B, and at n = 1 they are unlike on ${unlike} of ${pairs.length} prompts): only how far each fell by its own truth can be set side by side, not which specification stands more pressure`,
    );
  const [deepA, deepB, deep] = [from.grid.at(-1)!, to.grid.at(-1)!, grid.at(-1)!];
  const at = (gold: readonly number[], own: readonly number[]) => grid.map((n) => gold[own.indexOf(n)]!);
  return {
    kind: "shared",
    grid,
    values: { a: from, b: to },
    prompts: pairs.map((pair, i) => ({
      cluster: clusters[i]!,
      a: at(pair.a.gold, from.grid),
      b: at(pair.b.gold, to.grid),
    })),
    notes: [
      ...(pairs.length === inA && pairs.length === inB
        ? []
        : [`over the ${pairs.length} prompts that are in both, of ${inA} in A and ${inB} in B`]),
      ...(deepA === deep && deepB === deep
        ? []
        : [
            `pressed to n = ${deep} in both, the largest that they share (A went to ${deepA}, B to ${deepB})`,
          ]),
      ...(truth === other
        ? []
        : [
            `the gold is ${truth ?? "not named"} in A and ${other ?? "not named"} in B, and is alike at n = 1 on every prompt`,
          ]),
      ...(unlike === 0
        ? []
        : [
            `at n = 1 the gold is unlike on ${unlike} of ${pairs.length} prompts: other samples, samples that one proxy left unscored, or another truth under the same name`,
          ]),
    ],
  };
}

/** What the record calls its gold: a column, or a grader that was called. */
function truthOf({ record }: DiffSide): string | undefined {
  const { gold, "gold that is called": called } = record.manifest.model.details;
  const name = gold ?? called;
  return name === undefined ? undefined : String(name);
}

/** The record's curve is the mean over the same prompts, and ends at the same n. */
function givesBack({ rows, grid, range }: Values, { curve = [] }: GapRecord): boolean {
  if (rows.length === 0 || curve.length === 0 || curve.at(-1)!.n !== grid.at(-1)) return false;
  const slack = 1e-6 * (range[1] - range[0]);
  return curve.every(({ n, gold }) => {
    const p = grid.indexOf(n);
    if (p < 0) return true;
    return Math.abs(rows.reduce((sum, row) => sum + row.gold[p]! / rows.length, 0) - gold.point) <= slack;
  });
}

/** The coarser of two ways to put the same prompts into clusters, where the finer one lies within it. */
function coarser(pairs: readonly Sides<string>[]): readonly string[] | undefined {
  const within = (fine: readonly string[], coarse: readonly string[]) => {
    const found = new Map<string, string>();
    return fine.every((name, i) => {
      const before = found.get(name) ?? coarse[i]!;
      found.set(name, before);
      return before === coarse[i];
    });
  };
  const [one, other] = [pairs.map(({ a }) => a), pairs.map(({ b }) => b)];
  return within(one, other) ? other : within(other, one) ? one : undefined;
}
