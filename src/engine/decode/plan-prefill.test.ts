import assert from "node:assert/strict";
import { test } from "node:test";
import { rngFrom } from "../../stats/rng.ts";
import { planPrefill } from "./plan-prefill.ts";

const fresh = (...lengths: number[]) => lengths.map((tokens) => ({ past: 0, tokens }));

test("prompts of like length share a pass, and a long one among short ones runs on its own", () => {
  assert.deepEqual(planPrefill(fresh(30, 32, 200, 31), 512), [[0, 3, 1], [2]]);
});

test("a piece with a long past does not lengthen the past of others", () => {
  const pieces = [
    { past: 4000, tokens: 40 },
    { past: 0, tokens: 40 },
    { past: 20, tokens: 38 },
  ];
  assert.deepEqual(planPrefill(pieces, 512), [[2, 1], [0]]);
});

test("every piece is planned once, no pass is over the limit but of one piece, and little is padded", () => {
  for (let seed = 0; seed < 30; seed++) {
    const rng = rngFrom(seed);
    const pieces = fresh(
      ...Array.from({ length: 1 + rng.int(40) }, () => 1 + rng.int(rng.int(2) ? 300 : 40)),
    );
    const groups = planPrefill(pieces, 256);
    assert.deepEqual(
      groups.flat().sort((a, b) => a - b),
      pieces.map((_, i) => i),
    );
    for (const group of groups) {
      const width = Math.max(...group.map((i) => pieces[i]!.tokens));
      assert.ok(group.length === 1 || group.length * width <= 256);
      const padding = group.reduce((sum, i) => sum + width - pieces[i]!.tokens, 0);
      assert.ok(padding <= 24 * group.length, `${padding} of padding in ${group.length} rows`);
    }
  }
  assert.deepEqual(planPrefill([], 256), []);
});
