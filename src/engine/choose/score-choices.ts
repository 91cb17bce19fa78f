// Scores a batch of choose asks: the total log-probability of every option, in one pass.

import { TruelineError } from "../../core/errors.ts";
import type { Answered } from "../../model/model.ts";
import type { Forward } from "../forward/forward.ts";
import { sharedPrefix, type PrefixCache } from "../forward/prefix.ts";
import type { EncodedAsk } from "./encode-ask.ts";
import { addAsk } from "./plan-choices.ts";
import { trieBuilder, type Trie } from "./trie.ts";
import { triePass } from "./trie-pass.ts";

export type TrieLayout = {
  readonly prefix: number;
  readonly width: number;
  readonly rows: readonly number[];
};

/** One log-probability to look up: the token that follows `node` of `row`, for option `option` of ask `ask`. */
type Lookup = {
  readonly row: number;
  readonly node: number;
  readonly token: number;
  readonly ask: number;
  readonly option: number;
};

export async function scoreChoices(
  asks: readonly EncodedAsk[],
  layout: TrieLayout,
  forward: Forward,
  prefixes: PrefixCache,
  padding: number,
): Promise<readonly Answered[]> {
  refuseForeignLayout(asks, layout);
  const prefixTokens = asks[0]!.prompt.slice(0, layout.prefix);
  const { past, fresh } = await prefixes.of(prefixTokens, padding);
  const tries: Trie[] = [];
  const lookups: Lookup[] = [];
  const computed: number[] = [];
  let next = 0;
  layout.rows.forEach((count, row) => {
    const builder = trieBuilder();
    for (const last = next + count; next < last; next++) {
      const before = builder.trie.tokens.length;
      const ask = asks[next]!;
      const { end } = addAsk(builder, ask, layout.prefix);
      ask.options.forEach((option, o) => {
        let node = end;
        option.forEach((token, t) => {
          lookups.push({ row, node, token, ask: next, option: o });
          if (t < option.length - 1) node = builder.add(node, [token]);
        });
      });
      computed.push(builder.trie.tokens.length - before);
    }
    tries.push(builder.trie);
  });
  if (tries.some((t) => t.tokens.length > layout.width))
    throw new TruelineError("LAYOUT", `a row of the batch does not fit its planned width of ${layout.width}`);
  // Never one row alone: a single row may take another path through the products and round differently.
  const rows = tries.length === 1 ? [tries[0]!, tries[0]!] : tries;
  const places = new Map<string, Lookup[]>();
  for (const lookup of lookups) {
    const name = `${lookup.row} ${lookup.node}`;
    const there = places.get(name);
    if (there) there.push(lookup);
    else places.set(name, [lookup]);
  }
  const wanted = [...places.values()];
  const resid = await forward.residuals(
    triePass(
      rows,
      layout.width,
      padding,
      past,
      wanted.map((w) => [w[0]!.row, w[0]!.node]),
    ),
  );
  const logprobs = await forward.logprobs(
    resid,
    wanted.map((w) => w.map((l) => l.token)),
  );
  const totals = asks.map((ask) => ask.options.map(() => 0));
  wanted.forEach((there, p) => {
    there.forEach((l, i) => {
      totals[l.ask]![l.option]! += logprobs[p]![i]!;
    });
  });
  return asks.map((ask, a) => ({
    answer: totals[a]!.every(Number.isFinite)
      ? { kind: "chosen", logprobs: totals[a]!, tokens: ask.options.map((o) => o.length) }
      : { kind: "failed", because: "the model's numbers overflowed: a log-probability is not finite" },
    usage: { prefilled: computed[a]! + (a === 0 && fresh ? layout.prefix : 0), decoded: 0 },
  }));
}

/** A layout is only good for the asks that it was planned for: same number, same beginning, each with a token of its own. */
function refuseForeignLayout(asks: readonly EncodedAsk[], layout: TrieLayout): void {
  const planned = layout.rows.reduce((a, b) => a + b, 0);
  const fits = (ask: EncodedAsk) =>
    ask.prompt.length > layout.prefix && sharedPrefix([ask.prompt, asks[0]!.prompt]) >= layout.prefix;
  if (planned !== asks.length || !asks.every(fits)) {
    throw new TruelineError(
      "LAYOUT",
      `a batch of ${asks.length} asks does not fit its planned layout of ${planned} in ${layout.rows.length} rows after a prefix of ${layout.prefix}`,
    );
  }
}
