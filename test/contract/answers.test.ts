// What every suite owes to the seed, to answers that can't be read, and to asks that never came back.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Gap } from "../../src/core/gap.ts";
import type { Behaviour, Seen } from "../../src/model/scripted/behaviour.ts";
import { behaviours, type BehaviourName } from "../../src/model/scripted/index.ts";
import { suites, type SuiteName } from "../../src/suites/index.ts";
import { breakers } from "./expected.ts";
import { walkSuite, type Walk } from "./walk-suite.ts";

const { babbles, keeps } = behaviours;
const every = (["logprob", "sampling"] as const).flatMap((path) =>
  (Object.keys(suites) as SuiteName[]).map((name) => ({ name, suite: suites[name], path })),
);

/** A behaviour that does something else at every seventh ask or so. */
function atTimes(usual: Behaviour, other: Behaviour): Behaviour {
  return (seen: Seen) => (seen.rng.split("at times").uniform() < 1 / 7 ? other(seen) : usual(seen));
}

/** Walks that several tests look at. */
const walks = new Map<string, Promise<Walk>>();

function undisturbed(name: SuiteName, script: string, path: "logprob" | "sampling"): Promise<Walk> {
  const key = `${name} ${script} ${path}`;
  const walk =
    walks.get(key) ??
    walkSuite(suites[name], { name: script, behaviour: behaviours[script as BehaviourName], path });
  walks.set(key, walk);
  return walk;
}

/** Gaps of the breakers and of a model that keeps, undisturbed and disturbed, where both could be measured. */
async function pairs(name: SuiteName, path: "logprob" | "sampling", other: Behaviour) {
  const found: { readonly script: string; readonly whole: Gap; readonly part: Gap }[] = [];
  for (const script of new Set(["keeps", ...Object.values(breakers[name])])) {
    const behaviour = behaviours[script as BehaviourName];
    const whole = await undisturbed(name, script, path);
    const part = await walkSuite(suites[name], { name: script, behaviour: atTimes(behaviour, other), path });
    whole.gaps.forEach((gap, i) => found.push({ script, whole: gap, part: part.gaps[i]! }));
  }
  return found.filter(({ whole, part }) => whole.estimate.kind !== "none" && part.estimate.kind !== "none");
}

for (const { name, suite, path } of every) {
  test(`${name} by ${path}: the same seed gives the same samples, another seed others, and no id comes twice`, async () => {
    const model = { name: "keeps", behaviour: keeps, path };
    const first = await undisturbed(name, "keeps", path);
    const again = await walkSuite(suite, model);
    const other = await walkSuite(suite, model, { seed: 2 });
    assert.deepEqual(again.hashes, first.hashes);
    const asked = new Set(first.outcomes.map(({ sample }) => sample.stage));
    assert.ok(asked.size > 0);
    for (const [i, { name: stage }] of suite.stages.entries())
      if (asked.has(stage))
        assert.notEqual(other.hashes[i], first.hashes[i], `${stage} is the same at seed 2`);
    const ids = first.outcomes.map(({ sample }) => sample.id);
    assert.equal(new Set(ids).size, ids.length);
  });

  for (const [what, other] of [
    ["answers that can't be read", babbles],
    [
      "asks that never came back",
      (): ReturnType<Behaviour> => ({ kind: "fail", because: "the line went dead" }),
    ],
  ] as const) {
    test(`${name} by ${path}: ${what} count on no side, and show as bounds`, async () => {
      const measured = await pairs(name, path, other);
      assert.ok(measured.length > 0);
      for (const { script, whole, part } of measured) {
        const about = `${script}, ${part.name}`;
        assert.ok(whole.estimate.kind !== "none" && part.estimate.kind !== "none", about);
        assert.equal(whole.bounds.kind, "complete", about);
        assert.ok(part.bounds.kind === "bounds" && part.bounds.unscored > 0, about);
        const { point, interval, observations } = part.estimate;
        assert.ok(part.bounds.low < point || point <= interval.low, about);
        assert.ok(part.bounds.high > part.bounds.low, about);
        assert.ok(part.bounds.low <= point && point <= part.bounds.high, about);
        // Where every answer of the script counts the same, leaving some out must not move the value.
        if (Math.abs(whole.estimate.point) < 1e-9 || whole.estimate.point === 1)
          assert.ok(Math.abs(point - whole.estimate.point) < 1e-9, `${about}: ${point}`);
        if (suite !== suites.sycophancy)
          assert.equal(observations + part.bounds.unscored, whole.estimate.observations, about);
      }
      // One in seven can change what holds, not what is as wide a gap as a breaker's.
      const held = measured.filter(({ script, whole }) => script === "keeps" && whole.verdict === "holds");
      assert.ok(held.length > 0 || (suite === suites.calibration && path === "sampling"));
      for (const { part } of held)
        assert.ok(part.bounds.kind === "bounds" && part.bounds.changesVerdict, part.name);
    });
  }

  test(`${name} by ${path}: with nothing that can be read there is no number, but a reason and a tally of reasons`, async () => {
    const { gaps, measurement } = await walkSuite(suite, { name: "babbles", behaviour: babbles, path });
    for (const { estimate, verdict, says } of gaps) {
      assert.equal(verdict, "could-not-test");
      assert.ok(estimate.kind === "none");
      assert.doesNotMatch(estimate.because, /nothing was observed/);
      assert.match(says, /^Could not be tested: .{20}/);
    }
    const told = measurement.tallies.flatMap(({ counts }) => Object.entries(counts));
    assert.ok(
      told.some(
        ([reason, count]) => count > 0 && /names|repeats|babbles|none of|not known|ask failed/.test(reason),
      ),
    );
  });
}
