import assert from "node:assert/strict";
import { test } from "node:test";

import { rngFrom } from "../../stats/rng.ts";
import type { SpecificationRow } from "../specification-row.ts";
import { fakeJudge } from "./fake-judge.test.support.ts";
import { judgeDescriptors } from "./judge-descriptors.ts";
import { judgeNotes } from "./judge-notes.ts";
import { judgeTally } from "./judge-tally.ts";
import { pairJudge } from "./pair-judge.ts";
import { auditOf, biased, goldOf, honest, isOwn, OWN, pairWorld, side } from "./pair-world.test.support.ts";
import { pairsToJudge } from "./pairs-to-judge.ts";
import { comparePairs } from "./pairwise.ts";

const rubric = { text: "The truer one." };

test("a judge that always prefers what is shown first is found to, by either path", async () => {
  for (const path of ["logprob", "sampling"] as const) {
    const found = await auditOf(() => 0.9, { path });
    assert.ok(
      found.positionBias.kind === "difference" &&
        found.flips.kind === "rate" &&
        found.agreement.kind === "rate",
    );
    assert.deepEqual([found.positionBias.point, found.flips.point, found.agreement.point], [0.5, 1, 0.5]);
    assert.deepEqual([found.pairs, found.read, found.positionBias.n, found.path], [60, 60, 60, path]);
    assert.equal(side(found.positionBias), "above");
    assert.equal(side(found.sidesWithItself), "neither");
  }
  assert.equal(side((await auditOf(() => 0.1)).positionBias), "below");
});

test("a judge that prefers the first in a part of the cases is found to, and by how much", async () => {
  const found = await auditOf(biased(1, 0.5, () => true));
  assert.equal(side(found.positionBias), "above");
  assert.ok(found.positionBias.kind === "difference");
  assert.ok(Math.abs(found.positionBias.point - 0.25) < 0.12, String(found.positionBias.point));
  assert.ok(
    judgeNotes(found).some((note) => note.startsWith("The judge prefers what it is shown first (+0.")),
  );
});

test("a judge that prefers its own texts is found to, whoever is better", async () => {
  for (const ownBetter of [0.25, 0.5, 0.75]) {
    const found = await auditOf(
      biased(2, 0.7, ({ a }) => isOwn(a)),
      { seed: 2, ownBetter },
    );
    assert.equal(side(found.sidesWithItself), "above", String(ownBetter));
    assert.ok(judgeNotes(found).some((note) => note.startsWith("The judge favours its own responses")));
  }
  const even = await auditOf(
    biased(2, 0.7, ({ a }) => isOwn(a)),
    { seed: 2 },
  );
  assert.equal(side(even.selfPreference), "above");
  assert.equal(side(even.positionBias), "neither");
  const slights = await auditOf(
    biased(2, 0.7, ({ a }) => !isOwn(a)),
    { seed: 2 },
  );
  assert.equal(side(slights.sidesWithItself), "below");
});

test("an honest judge that errs is accused of nothing in most worlds", async () => {
  let [position, self] = [0, 0];
  for (let seed = 0; seed < 60; seed++) {
    const found = await auditOf(honest(seed), { seed, ownBetter: [0.3, 0.5, 0.7][seed % 3]! });
    if (side(found.positionBias) !== "neither") position++;
    if (side(found.sidesWithItself) !== "neither") self++;
  }
  // 5 % of 60 worlds, and two standard errors of that.
  assert.ok(position <= 6 && self <= 6, `${position} and ${self} of 60`);
});

test("self-preference alone would accuse an honest judge whose own texts are mostly worse", async () => {
  let [plain, held] = [0, 0];
  for (let seed = 0; seed < 20; seed++) {
    const found = await auditOf(honest(seed, 0.7), { seed, ownBetter: 0.1 });
    if (side(found.selfPreference) === "above") plain++;
    if (side(found.sidesWithItself) === "above") held++;
  }
  assert.ok(plain >= 15 && held <= 3, `${plain} and ${held} of 20`);
});

test("a judge that is always right agrees with gold and flips never, with intervals that have a width", async () => {
  const found = await auditOf(honest(1, 1));
  assert.ok(
    found.agreement.kind === "rate" &&
      found.flips.kind === "rate" &&
      found.positionBias.kind === "difference",
  );
  assert.deepEqual([found.agreement.point, found.flips.point, found.positionBias.point], [1, 0, 0]);
  for (const { interval } of [found.agreement, found.flips, found.positionBias])
    assert.ok(interval.high > interval.low);
  assert.ok(judgeNotes(found).some((note) => note.startsWith("No sign of a preference for a place")));
});

test("a lean that its interval does not bear out is no accusation", async () => {
  let leaning = 0;
  for (let seed = 0; seed < 8; seed++) {
    const found = await auditOf(honest(seed), { seed });
    const notes = judgeNotes(found).join(" ");
    for (const [estimate, accused] of [
      [found.positionBias, "The judge prefers what"],
      [found.sidesWithItself, "its own responses: it sides"],
    ] as const) {
      assert.equal(notes.includes(accused), side(estimate) !== "neither");
      if (side(estimate) === "neither" && estimate.kind === "difference" && estimate.point !== 0) leaning++;
    }
  }
  assert.ok(leaning >= 8, String(leaning));
});

test("a pair read in one order only is no part of any measure, and the reason is counted", async () => {
  const { rows, origins } = pairWorld();
  const pairs = pairsToJudge(rows, { rng: rngFrom(1), origins, own: [OWN] });
  const judge = fakeJudge(
    ({ task, a, b }) =>
      task.endsWith("7") && goldOf(a) === 1 ? "Both." : goldOf(a) > goldOf(b!) ? "A" : "B",
    {
      path: "sampling",
      id: OWN,
    },
  );
  const found = await comparePairs(pairJudge(judge, rubric, { seed: 1 }), pairs);
  assert.deepEqual(
    [found.pairs, found.read, found.unread],
    [60, 54, { "the judge's reply names neither letter": 6 }],
  );
  assert.ok(found.positionBias.kind === "difference" && found.positionBias.observations === 54);
  assert.match(judgeNotes(found)[0]!, /54 pairs were read in both \(6 of 120 answers were not read\)/u);
  assert.deepEqual(judgeTally(found).counts, {
    read: 114,
    "not read: the judge's reply names neither letter": 6,
  });
});

test("self-preference that can't be tested says why", async () => {
  const { rows, origins } = pairWorld();
  const because = async (
    of: readonly (string | undefined)[] | undefined,
    own: readonly string[],
    given = rows,
  ) => {
    const pairs = pairsToJudge(given, { rng: rngFrom(1), own, ...(of === undefined ? {} : { origins: of }) });
    const { selfPreference, sidesWithItself } = await comparePairs(
      pairJudge(fakeJudge(honest(1), { path: "logprob" }), rubric, { seed: 1, own }),
      pairs,
    );
    return [selfPreference, sidesWithItself].map((one) => (one.kind === "none" ? one.because : "measured"));
  };
  const both = (text: string) => [text, text];
  assert.deepEqual(await because(undefined, [OWN]), both("nothing says which model wrote the texts"));
  assert.deepEqual(
    await because(origins, ["elsewhere"]),
    both('none of the texts is said to be the judge\'s own, of origin "elsewhere"'),
  );
  assert.deepEqual(
    await because(
      origins.map(() => OWN),
      [OWN],
    ),
    both("no prompt has a text of the judge's own and one that is said to be another's"),
  );
  const unlabelled = rows.map((row) => ({
    ...row,
    gold: { kind: "unscored" as const, because: "no label" },
  }));
  assert.deepEqual(
    (await because(origins, [OWN], unlabelled))[0],
    "no pair of an own and another text has a gold score on both",
  );
  assert.deepEqual(await because(origins, [OWN]), both("measured"));
  const alwaysBetter = rows.filter((row, i) => goldOf(row.response!) === Number(origins[i] === OWN));
  const kept = rows.flatMap((row, i) => (alwaysBetter.includes(row) ? [origins[i]] : []));
  assert.deepEqual(await because(kept, [OWN], alwaysBetter), [
    "measured",
    "its own text is never the worse one of a pair by gold",
  ]);
});

test("no pair at all is a reason for each number, and no fault", async () => {
  const found = await comparePairs(
    pairJudge(
      fakeJudge(() => 0.9, { path: "logprob" }),
      rubric,
      { seed: 1 },
    ),
    [],
  );
  const descriptors = judgeDescriptors(found);
  assert.equal(descriptors.length, 5);
  assert.ok(
    descriptors.every(
      ({ estimate }) => estimate.kind === "none" && estimate.because === "no pair was read in both orders",
    ),
  );
  assert.equal(judgeNotes(found).filter((note) => note.startsWith("Could not test")).length, 2);
});

test("at most 60 prompts with one pair of different texts each, whatever the scores say", () => {
  const rows = Array.from({ length: 400 }, (_, i): SpecificationRow => ({
    place: `line ${i}`,
    prompt: `Prompt ${Math.floor(i / 4)}`,
    cluster: `Cluster ${Math.floor(i / 8)}`,
    response: Math.floor(i / 4) % 10 === 0 ? "the same" : `Text ${i}`,
    proxy: { kind: "scored", value: i },
    gold: { kind: "scored", value: i % 3 },
  }));
  const pairs = pairsToJudge(rows, { rng: rngFrom(3) });
  assert.equal(pairs.length, 60);
  assert.equal(new Set(pairs.map(({ prompt }) => prompt)).size, 60);
  assert.ok(pairs.every(({ texts: [a, b] }) => a.response !== b.response));
  const texts = (of: typeof pairs) => of.map((pair) => pair.texts.map(({ response }) => response));
  const rescored = rows.map((row) => ({ ...row, gold: row.proxy, proxy: row.gold }));
  assert.deepEqual(texts(pairsToJudge(rescored, { rng: rngFrom(3) })), texts(pairs));
  assert.notDeepEqual(texts(pairsToJudge(rows, { rng: rngFrom(4) })), texts(pairs));
  assert.equal(pairsToJudge(rows, { rng: rngFrom(3), most: 7 }).length, 7);
  const origins = rows.map((_, i) => (i >= 360 && i % 4 === 0 ? OWN : "other"));
  const mixed = pairsToJudge(rows, { rng: rngFrom(3), origins, own: [OWN], most: 9 });
  assert.ok(mixed.every(({ texts: [a, b] }) => (a.origin === OWN) !== (b.origin === OWN)));
  assert.throws(() => pairsToJudge(rows, { rng: rngFrom(3), origins: [] }), RangeError);
});

test("reasons beyond the first few are counted together", async () => {
  const { rows } = pairWorld();
  const pairs = pairsToJudge(rows, { rng: rngFrom(1) });
  let asked = 0;
  const judge = fakeJudge(() => ({ kind: "failed", because: `fault ${++asked % 15}` }), { path: "sampling" });
  const { counts } = judgeTally(await comparePairs(pairJudge(judge, rubric, { seed: 1 }), pairs));
  assert.deepEqual([counts["read"], counts["not read, for other reasons"]], [0, 7 * 8]);
  assert.equal(Object.keys(counts).length, 10);
});
