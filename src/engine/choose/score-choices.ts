// Scores a batch of choose asks: the total log-probability of every option, in one pass.

import { TruelineError } from "../../core/errors.ts";
import type { Answered } from "../../model/model.ts";
import type { Forward } from "../forward/forward.ts";
import { sharedPrefix, type PrefixCache } from "../forward/prefix.ts";
import type { EncodedAsk } from "./encode-ask.ts";
import { greedyBeginning } from "./greedy-beginning.ts";
import { addAsk } from "./plan-choices.ts";
import { trieBuilder, type Trie } from "./trie.ts";
import { triePass } from "./trie-pass.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";

export type TrieLayout = {
  readonly prefix: number;
  readonly width: number;
  readonly rows: readonly number[];
};

/** A log-probability to look up: the token that follows a place, for option `option` of ask `ask`. */
type Lookup = { readonly token: number; readonly ask: number; readonly option: number };

/** A node of a row's tree whose next token is wanted. */
type Place = { readonly row: number; readonly node: number; readonly lookups: Lookup[] };

export async function scoreChoices(
  asks: readonly EncodedAsk[],
  layout: TrieLayout,
  forward: Forward,
  prefixes: PrefixCache,
  { padding, decode }: Pick<Tokenizer, "padding" | "decode">,
): Promise<readonly Answered[]> {
  refuseForeignLayout(asks, layout);
  const prefixTokens = asks[0]!.prompt.slice(0, layout.prefix);
  const { past, fresh } = await prefixes.of(prefixTokens, padding);
  const tries: Trie[] = [];
  const places = new Map<string, Place>();
  const placeAt = (row: number, node: number): Place => {
    const name = `${row} ${node}`;
    const place = places.get(name) ?? { row, node, lookups: [] };
    places.set(name, place);
    return place;
  };
  const computed: number[] = [];
  /** For each ask, the place after the prompt and after each beginning of an option, by the tokens of that beginning. */
  const after: Map<string, Place>[] = [];
  let next = 0;
  layout.rows.forEach((count, row) => {
    const builder = trieBuilder();
    for (const last = next + count; next < last; next++) {
      const before = builder.trie.tokens.length;
      const ask = asks[next]!;
      const { end } = addAsk(builder, ask, layout.prefix);
      const own = new Map<string, Place>();
      after.push(own);
      ask.options.forEach((option, o) => {
        let node = end;
        option.forEach((token, t) => {
          const place = placeAt(row, node);
          place.lookups.push({ token, ask: next, option: o });
          own.set(option.slice(0, t).join(" "), place);
          if (t < option.length - 1 || ask.begins) node = builder.add(node, [token]);
        });
        if (ask.begins) own.set(option.join(" "), placeAt(row, node));
      });
      computed.push(builder.trie.tokens.length - before);
    }
    tries.push(builder.trie);
  });
  if (tries.some((t) => t.tokens.length > layout.width))
    throw new TruelineError("LAYOUT", `a row of the batch does not fit its planned width of ${layout.width}`);
  // Never one row alone: a single row may take another path through the products and round differently.
  const rows = tries.length === 1 ? [tries[0]!, tries[0]!] : tries;
  const all = [...places.values()];
  // Places at which tokens are looked up stand first; the others are only asked for the token that comes next.
  const scoring = all.filter(({ lookups }) => lookups.length > 0);
  const ordered = [...scoring, ...all.filter(({ lookups }) => lookups.length === 0)];
  const resid = await forward.residuals(
    triePass(
      rows,
      layout.width,
      padding,
      past,
      ordered.map(({ row, node }) => [row, node]),
    ),
  );
  const logprobs = await forward.logprobs(
    resid.subarray(0, scoring.length * forward.config.dModel),
    scoring.map(({ lookups }) => lookups.map(({ token }) => token)),
  );
  const best = asks.some((ask) => ask.begins) ? await forward.greedy(resid) : [];
  const bestAt = new Map(ordered.map((place, p) => [place, best[p]?.token] as const));
  const totals = asks.map((ask) => ask.options.map(() => 0));
  scoring.forEach(({ lookups }, p) => {
    lookups.forEach((l, i) => {
      totals[l.ask]![l.option]! += logprobs[p]![i]!;
    });
  });
  const beginsOf = ({ options, begins }: EncodedAsk, a: number) => {
    if (!begins) return {};
    const text = decode(greedyBeginning(options, (path) => bestAt.get(after[a]!.get(path.join(" "))!)!));
    // Where the reply would end the opening otherwise than it was given, nothing is known of what follows the opening.
    return text.startsWith(begins.overlap) ? { begins: text.slice(begins.overlap.length) } : {};
  };
  return asks.map((ask, a) => ({
    answer: totals[a]!.every(Number.isFinite)
      ? {
          kind: "chosen",
          logprobs: totals[a]!,
          tokens: ask.options.map((o) => o.length),
          ...beginsOf(ask, a),
        }
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
