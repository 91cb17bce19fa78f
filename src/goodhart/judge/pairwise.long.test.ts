import assert from "node:assert/strict";
import { test } from "node:test";

import type { Estimate } from "../../stats/estimate.ts";
import { auditOf, biased, honest, isOwn, side } from "./pair-world.test.support.ts";

const WORLDS = 600;
/** Two Monte Carlo standard errors of a share of 0.05 or 0.95. */
const TWO_SE = 2 * Math.sqrt((0.05 * 0.95) / WORLDS);

const holds = (estimate: Estimate, truth: number) =>
  estimate.kind !== "none" && estimate.interval.low <= truth && truth <= estimate.interval.high;

for (const prompts of [20, 60])
  for (const ownBetter of [0.3, 0.5])
    test(`intervals hold what an honest judge is, ${prompts} pairs of which its own text is better in ${ownBetter}`, async () => {
      const missed = { position: 0, flips: 0, agreement: 0, sides: 0 };
      for (let seed = 0; seed < WORLDS; seed++) {
        const found = await auditOf(honest(seed), { seed, prompts, ownBetter });
        if (!holds(found.positionBias, 0)) missed.position++;
        if (!holds(found.flips, 2 * 0.75 * 0.25)) missed.flips++;
        if (!holds(found.agreement, 0.75)) missed.agreement++;
        if (!holds(found.sidesWithItself, 0)) missed.sides++;
      }
      const shares = Object.entries(missed).map(([name, count]) => [name, count / WORLDS] as const);
      assert.ok(
        shares.every(([, share]) => share <= 0.05 + TWO_SE),
        JSON.stringify(shares),
      );
    });

test("with 60 pairs a bias in half the asks is found nearly always", async () => {
  const found = { position: 0, sides: 0 };
  const worlds = 200;
  for (let seed = 0; seed < worlds; seed++) {
    if (
      side(
        (
          await auditOf(
            biased(seed, 0.5, () => true),
            { seed },
          )
        ).positionBias,
      ) === "above"
    )
      found.position++;
    if (
      side(
        (
          await auditOf(
            biased(seed, 0.5, ({ a }) => isOwn(a)),
            { seed },
          )
        ).sidesWithItself,
      ) === "above"
    )
      found.sides++;
  }
  assert.ok(found.position >= 0.95 * worlds && found.sides >= 0.9 * worlds, JSON.stringify(found));
});
