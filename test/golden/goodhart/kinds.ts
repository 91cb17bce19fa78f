// How often the kind of a planted world is named right: one set of seeds on which the rules were made, another that was only run at the end.
//
//   node test/golden/goodhart/kinds.ts [--worlds 60]     writes kinds.json beside this file (a few minutes)
//
// The held-out set is the second one. On the first, an extremal name was still given where an attribute went with the proxy at equal gold; the
// summaries of src/lab showed that to be wrong (their rater is biased, and the break comes of it), the rule was changed, and new seeds were drawn.
// `withheld`: causal worlds without their grader and adversarial ones without texts and labels; nothing that is left can show their kind.

import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import type { KindName } from "../../../src/goodhart/kind/kind.ts";
import { plantedKinds, type PlantedKind } from "../../../src/lab/kinds/laws.ts";
import { nameTheKind } from "../../../src/lab/kinds/name-the-kind.ts";
import { plantedWorld } from "../../../src/lab/kinds/planted-world.ts";
import { rngFrom } from "../../../src/stats/rng.ts";

export const sets = ["tuning", "held out", "withheld"] as const;
export type SetName = (typeof sets)[number];

export type Judged = {
  readonly set: SetName;
  readonly planted: PlantedKind;
  readonly world: number;
  readonly form: string;
  readonly named: KindName;
  readonly also: readonly KindName[];
};

export const kindsOf: Readonly<Record<SetName, readonly PlantedKind[]>> = {
  tuning: plantedKinds,
  "held out": plantedKinds,
  withheld: ["causal", "adversarial"],
};

export async function judge(set: SetName, planted: PlantedKind, world: number): Promise<Judged> {
  const seed = `${set === "held out" ? "held out again" : set} ${world}`;
  const made = plantedWorld(planted, seed, { withheld: set === "withheld" });
  const { kind: named, also } = await nameTheKind(made, rngFrom(seed));
  return { set, planted, world, form: made.form, named, also };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { worlds: { type: "string", default: "60" } },
  });
  const rows: Judged[] = [];
  for (const set of sets) {
    for (const planted of kindsOf[set]) {
      const first = rows.length;
      for (let world = 0; world < Number(values.worlds); world++) rows.push(await judge(set, planted, world));
      const counts = Map.groupBy(rows.slice(first), ({ named }) => named);
      console.log(set, planted, Object.fromEntries([...counts].map(([named, all]) => [named, all.length])));
    }
  }
  const lines = rows.map((row) => JSON.stringify(row)).join(",\n");
  writeFileSync(path.join(import.meta.dirname, "kinds.json"), `[\n${lines}\n]\n`);
}
