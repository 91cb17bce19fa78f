// A planted world judged as a user's samples are: its grader is called where it has one, then the evidence is taken and the kind named.

import { evidenceOf } from "../../goodhart/kind/evidence-of.ts";
import type { GoodhartKind } from "../../goodhart/kind/kind.ts";
import { kindOf } from "../../goodhart/kind/kind-of.ts";
import { rewardedBy } from "../../goodhart/rewarded-by.ts";
import type { AttributeReward } from "../../core/suite.ts";
import type { Rng } from "../../stats/rng.ts";
import type { PlantedWorld } from "./planted-world.ts";

/** Prompts from which one response each is edited. */
const EDITED = 80;

export async function nameTheKind({ rows, origins, grader }: PlantedWorld, rng: Rng): Promise<GoodhartKind> {
  const rewards = grader === undefined ? undefined : await rewardsOf(rows, grader, rng.split("rewards"));
  return kindOf(
    evidenceOf({
      rows,
      rng: rng.split("evidence"),
      ...(rewards === undefined ? {} : { rewards }),
      ...(origins === undefined ? {} : { origins }),
    }),
  );
}

async function rewardsOf(
  rows: PlantedWorld["rows"],
  grader: NonNullable<PlantedWorld["grader"]>,
  rng: Rng,
): Promise<readonly AttributeReward[]> {
  const one = [...Map.groupBy(rows, ({ prompt }) => prompt).values()].map((pool) => {
    const { prompt, response = "" } = rng.split(pool[0]!.prompt).pick(pool);
    return { prompt, response };
  });
  const { rewards } = await rewardedBy(grader, rng.split("prompts").shuffled(one).slice(0, EDITED), { rng });
  return rewards.map(({ name, says, kind, difference, test }) => ({
    name,
    says,
    kind,
    difference,
    discovered: test.kind === "tested" && test.discovered,
  }));
}
