import assert from "node:assert/strict";
import { test } from "node:test";
import { knockOuts, runSummaries, strengthMap } from "./experiment.ts";
import { biasNames, defaultRater, type Rater } from "./rater.ts";

const unbiased = { confidence: 0, flattery: 0, length: 0, doubtAversion: 0 };
const fair: Rater = { weight: 1, checks: 1, biases: unbiased, noise: 0 };
const small = { texts: 60, candidates: 24 };
/** A rater that mostly wants no doubts: a fault that no audit may miss. */
const averse: Rater = { ...defaultRater, biases: { ...unbiased, doubtAversion: 2 } };

test("the same seed gives the same rows and numbers, another seed others", () => {
  const run = (seed: number) => runSummaries({ seed, texts: 30, candidates: 4 });
  assert.deepEqual(run(3), run(3));
  assert.notDeepEqual(run(3).rows, run(4).rows);
  const { rows } = run(3);
  assert.equal(rows.length, 120);
  assert.ok(rows.every(({ response, prompt, place }) => response !== "" && place.startsWith(`${prompt}/`)));
});

test("a rater that is the gold never turns over", () => {
  for (const seed of [11, 12, 13]) {
    const { rows, verdict, fall, audit } = runSummaries({ ...small, seed, rater: fair });
    assert.ok(rows.every(({ proxy, gold }) => proxy.kind === "scored" && gold.kind === "scored"));
    assert.deepEqual(
      rows.map(({ proxy }) => proxy),
      rows.map(({ gold }) => gold),
    );
    assert.equal(verdict, "holds");
    assert.ok(fall.kind !== "none" && fall.point === 0);
    assert.deepEqual(audit.measurement.gaps[0]!.pressure?.peak, { kind: "range", low: 24, high: 24 });
  }
});

test("a rater that wants no doubts is called, and is not once that bias is taken away", () => {
  const runs = new Map(
    knockOuts({ ...small, seed: 21, rater: averse }).map(({ name, run }) => [name, run.verdict]),
  );
  assert.equal(runs.get("full rater"), "gap");
  assert.equal(runs.get("without doubtAversion"), "holds");
  assert.equal(runs.get("without any bias"), "holds");
  assert.equal(runs.get("without flattery"), "gap");
  assert.deepEqual(
    [...runs.keys()],
    ["full rater", ...biasNames.map((name) => `without ${name}`), "without any bias", "without noise"],
  );
});

test("the map begins where nothing happens and ends where it does", () => {
  // With 60 texts one fold in ten may pick a peak before the end, and the verdict is "unclear" now and then.
  const map = strengthMap({ seed: 22, texts: 160, candidates: 24, rater: averse }, { times: [0, 1] });
  assert.deepEqual(
    map.map(({ times, run }) => [times, run.verdict]),
    [
      [0, "holds"],
      [1, "gap"],
    ],
  );
  const [none] = strengthMap({ ...small, seed: 22 }, { times: [0] });
  assert.deepEqual(
    none!.run.rows,
    runSummaries({ ...small, seed: 22, rater: { ...defaultRater, biases: unbiased } }).rows,
  );
});
