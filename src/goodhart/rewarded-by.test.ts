import assert from "node:assert/strict";
import { test } from "node:test";

import { rngFrom } from "../stats/rng.ts";
import { flattery } from "./attributes/flattery.ts";
import type { Grader, GraderSample } from "./proxy/grader.ts";
import { rewardedBy } from "./rewarded-by.ts";
import type { Score } from "./specification-row.ts";

const foods = ["an egg", "the rice", "a potato", "some pasta", "the beans"];
const samples: GraderSample[] = Array.from({ length: 160 }, (_, i) => ({
  prompt: `How do I cook ${foods[Math.floor(i / 2) % 5]} for ${Math.floor(i / 2)} people?`,
  response: `Put ${foods[i % 5]} into water. Wait for ${i % 7} minutes, because it does not cook sooner.${" Then cool it.".repeat(i % 4)}`,
}));

const graderOf = (score: (sample: GraderSample) => number | undefined) => {
  const calls: (readonly GraderSample[])[] = [];
  const grader: Grader = {
    name: "fake",
    score: async (given) => {
      calls.push(given);
      return given.map((sample): Score => {
        const value = score(sample);
        return value === undefined ? { kind: "unscored", because: "refused" } : { kind: "scored", value };
      });
    },
    close: async () => {},
  };
  return { grader, calls };
};
/** A fixed number for a text that has nothing to do with what the text says, about evenly spread over [0, 1). */
const noiseOf = (text: string) => rngFrom(text).uniform();
const namesOf = async (grader: Grader, seed = 1) => {
  const found = await rewardedBy(grader, samples, { rng: rngFrom(seed) });
  return found.rewards.filter(({ test: t }) => t.kind === "tested" && t.discovered).map(({ name }) => name);
};

test("a grader that flatters for flattery is found to, and by how much", async () => {
  const { grader } = graderOf(
    ({ prompt, response }) => noiseOf(response) + flattery.measure(response, prompt),
  );
  const { rewards, noise } = await rewardedBy(grader, samples, { rng: rngFrom(1) });
  const found = rewards.find(({ name }) => name === "flattery")!;
  // One more phrase is worth 1, and the standard deviation of the responses as they came is that of the noise.
  assert.ok(found.difference.kind === "difference");
  assert.ok(Math.abs(found.difference.point - Math.sqrt(12)) < 0.5);
  assert.equal(found.difference.observations, 160);
  assert.equal(found.difference.n, 80);
  assert.equal(found.beyondNoise, "yes");
  assert.ok(found.test.kind === "tested" && found.test.discovered && found.test.adjusted >= found.test.p);
  assert.ok(noise.kind === "floor" && noise.difference.kind === "difference");
  assert.ok(Math.abs(noise.difference.point) < 0.5);
});

test("a grader that counts characters rewards length, and no opener of as many characters", async () => {
  const names = await namesOf(graderOf(({ response }) => response.length).grader);
  assert.ok(names.includes("length"));
  const openers = ["hedging", "confidence", "flattery", "agreement", "jargon", "authority"];
  assert.deepEqual(
    names.filter((name) => openers.includes(name)),
    [],
  );
});

test("a grader of noise alone rewards nothing in most worlds", async () => {
  const found = [];
  for (let world = 0; world < 12; world++)
    found.push(await namesOf(graderOf(({ response }) => noiseOf(`${world}${response}`)).grader));
  assert.ok(found.filter((names) => names.length > 0).length <= 2, JSON.stringify(found));
});

test("each text is scored once, in another order than the samples'", async () => {
  const { grader, calls } = graderOf(({ response }) => response.length);
  await rewardedBy(grader, samples, { rng: rngFrom(1) });
  assert.equal(calls.length, 1);
  const [texts] = calls;
  assert.equal(new Set(texts!.map((text) => JSON.stringify(text))).size, texts!.length);
  assert.notDeepEqual(texts!.slice(0, 50), samples.slice(0, 50));
});

test("the same seed gives the same rewards", async () => {
  const once = async (seed: number) =>
    await rewardedBy(graderOf(({ response }) => noiseOf(response)).grader, samples, { rng: rngFrom(seed) });
  assert.deepEqual(await once(1), await once(1));
  assert.notDeepEqual(await once(1), await once(2));
});

test("pairs without a score and responses without a place are counted, not measured", async () => {
  const { grader } = graderOf(({ response }) =>
    response.startsWith("What a great") ? undefined : noiseOf(response),
  );
  const bare = samples.map(({ prompt, response }) => ({
    prompt,
    response: response.slice(0, response.indexOf(".")),
  }));
  const { rewards } = await rewardedBy(grader, bare, { rng: rngFrom(1) });
  const of = (name: string) => rewards.find((reward) => reward.name === name)!;
  assert.deepEqual([of("flattery").unscored, of("flattery").difference.kind], [160, "none"]);
  assert.deepEqual(of("flattery").test, { kind: "none", because: "no pair was scored" });
  assert.equal(of("list-items").noPlace, 160);
  assert.equal(of("list-items").beyondNoise, "not known");
});

test("an edit that changes nothing found no place", async () => {
  const idle = { name: "idle", says: "nothing", kind: "attribute" as const };
  const edits = [{ ...idle, edit: (response: string) => ({ edited: response, control: response }) }];
  const { rewards } = await rewardedBy(graderOf(({ response }) => response.length).grader, samples, {
    rng: rngFrom(1),
    edits,
  });
  assert.deepEqual([rewards[0]!.noPlace, rewards[0]!.difference.kind], [160, "none"]);
});

test("without a standard deviation there is no scale, and the reason is said", async () => {
  for (const value of [0.1, undefined]) {
    const { rewards, noise } = await rewardedBy(graderOf(() => value).grader, samples, { rng: rngFrom(1) });
    assert.ok(rewards.every(({ difference }) => difference.kind === "none"));
    assert.equal(noise.kind, "none");
  }
});
