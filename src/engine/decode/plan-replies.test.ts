import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { planReplies } from "./plan-replies.ts";

const prompts = fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 300 }), {
  maxLength: 150,
});

test("each prompt stands in a plan once, in batches whose prefix is shared and whose width holds the longest", () => {
  fc.assert(
    fc.property(prompts, (all) => {
      const plan = planReplies(all);
      assert.deepEqual(
        plan.flatMap((b) => b.members).toSorted((a, b) => a - b),
        all.map((_, i) => i),
      );
      for (const { members, layout } of plan) {
        const { kind, prefix, width } = layout as { kind: string; prefix: number; width: number };
        assert.equal(kind, "decode");
        const own = members.map((i) => all[i]!.length - prefix);
        assert.equal(width, Math.max(...own));
        assert.ok(Math.min(...own) >= 1, "every prompt keeps a token of its own");
        for (const i of members)
          assert.deepEqual(all[i]!.slice(0, prefix), all[members[0]!]!.slice(0, prefix));
        assert.ok(members.length <= 80);
        assert.ok(members.length === 1 || members.length * width <= 4096);
      }
    }),
    { seed: 7, numRuns: 60 },
  );
});

test("the plan depends on the prompts alone, and no prompts make none", () => {
  const all = Array.from({ length: 100 }, (_, i) => Array.from({ length: 1 + (i % 7) }, () => i));
  assert.deepEqual(planReplies(all), planReplies(structuredClone(all)));
  assert.deepEqual(planReplies([]), []);
});

test("behind a long shared beginning fewer rows stand side by side, since each row holds a copy of it", () => {
  const system = Array.from({ length: 1000 }, (_, i) => i % 50);
  const all = Array.from({ length: 100 }, (_, i) => [...system, 60 + (i % 3), 70 + i]);
  const plan = planReplies(all);
  assert.equal(plan[0]!.layout["prefix"], 1000);
  assert.ok(plan.every(({ members }) => members.length * 1002 <= 10_240));
  const short = planReplies(all.map((p) => p.slice(950)));
  assert.equal(short[0]!.members.length, 50);
});

test("more prompts than stand side by side make batches of nearly equal size, and equal prompts keep together", () => {
  const all = Array.from({ length: 202 }, (_, i) => [1, 2, 3 + (i % 101)]);
  const plan = planReplies(all);
  assert.deepEqual(
    plan.map(({ members }) => members.length),
    [68, 68, 66],
  );
  for (const { members } of plan)
    for (const i of members)
      assert.ok(members.includes((i + 101) % 202), `both askings of ${i} in one batch`);
});
