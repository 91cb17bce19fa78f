import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { EncodedAsk } from "./encode-ask.ts";
import { addAsk, planChoices } from "./plan-choices.ts";
import { trieBuilder } from "./trie.ts";

const tokens = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 4 }), { minLength, maxLength });
const asks = fc.array(
  fc.record({
    prompt: tokens(1, 60),
    options: fc.array(tokens(1, 5), { minLength: 2, maxLength: 4 }),
  }),
  { maxLength: 40 },
);

type Layout = {
  readonly kind: string;
  readonly prefix: number;
  readonly width: number;
  readonly rows: readonly number[];
};

function checkPlan(encoded: readonly EncodedAsk[]): void {
  const plan = planChoices(encoded);
  assert.deepEqual(
    plan.flatMap((batch) => batch.members).toSorted((a, b) => a - b),
    encoded.map((_, i) => i),
    "each ask stands in the plan once",
  );
  for (const batch of plan) {
    const layout = batch.layout as unknown as Layout;
    assert.equal(layout.kind, "trie");
    assert.equal(
      layout.rows.reduce((a, b) => a + b, 0),
      batch.members.length,
    );
    const first = encoded[batch.members[0]!]!.prompt.slice(0, layout.prefix);
    let next = 0;
    let widest = 0;
    for (const count of layout.rows) {
      const row = trieBuilder();
      for (const i of batch.members.slice(next, next + count)) {
        const ask = encoded[i]!;
        assert.deepEqual(ask.prompt.slice(0, layout.prefix), first, "all asks of a batch share its prefix");
        assert.ok(ask.prompt.length > layout.prefix, "every ask keeps a token of its own");
        addAsk(row, ask, layout.prefix);
      }
      widest = Math.max(widest, row.trie.tokens.length);
      next += count;
    }
    assert.equal(layout.width, widest, "the width is that of the widest row");
    assert.ok(layout.rows.length === 1 || layout.rows.length * layout.width <= 640);
  }
}

test("each ask stands in a plan once, rows fit their batch, and all asks share the prefix", () => {
  fc.assert(fc.property(asks, checkPlan), { seed: 3, numRuns: 200 });
});

test("the plan depends on the asks alone", () => {
  fc.assert(
    fc.property(asks, (encoded) =>
      assert.deepEqual(planChoices(structuredClone(encoded)), planChoices(encoded)),
    ),
    { seed: 4, numRuns: 50 },
  );
});

test("asks that begin alike share a row, whatever their order", () => {
  const long = Array.from({ length: 100 }, (_, i) => i);
  const ask = (last: number): EncodedAsk => ({ prompt: [...long, last], options: [[7], [8]] });
  const other = (last: number): EncodedAsk => ({ prompt: [90, ...long, last], options: [[7], [8]] });
  const plan = planChoices([ask(1), other(1), ask(2), other(2)]);
  assert.deepEqual(
    plan.map((b) => [b.members, b.layout["rows"]]),
    [
      [
        [0, 2, 1, 3],
        [2, 2],
      ],
    ],
  );
});

test("an ask longer than a row has a row of its own", () => {
  const long: EncodedAsk = { prompt: Array.from({ length: 2000 }, (_, i) => i % 7), options: [[1], [2]] };
  const short: EncodedAsk = { prompt: [0, 6, 6], options: [[1], [2, 3]] };
  checkPlan([long, short, long]);
  assert.equal(planChoices([long, short]).length, 2);
});

test("no asks make no plan", () => {
  assert.deepEqual(planChoices([]), []);
});

test("asks are cut into rows where little is shared: both asks of a question stand in one row", () => {
  const long = (question: number) => Array.from({ length: 60 }, (_, i) => 100 * question + i);
  const plan = planChoices(
    [1, 2, 3, 4].flatMap((question) =>
      [1, 2].map((last) => ({ prompt: [0, ...long(question), last], options: [[7], [8]] })),
    ),
  );
  assert.deepEqual(
    plan.map((b) => [b.layout["rows"], b.layout["width"]]),
    [[[2, 2, 2, 2], 62]],
  );
});
