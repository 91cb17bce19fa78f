import assert from "node:assert/strict";
import { test } from "node:test";
import { noEstimate, type Difference } from "../../stats/estimate.ts";
import { intervalOf } from "../../stats/interval.ts";
import { kindOf } from "./kind-of.ts";
import type { KindEvidence, Measured, RewardedAttribute } from "./kind.ts";

const at = (point: number, reach = 0.05): Difference => ({
  kind: "difference",
  point,
  interval: intervalOf(point - reach, point + reach, 0.95),
  n: 100,
  observations: 100,
  method: "by hand",
});

const found = (name: string, estimate: Difference): Measured => ({ name, says: `it says ${name}`, estimate });

const noise: KindEvidence = {
  shortfall: found("shortfall", at(0.4)),
  bulk: found("bulk", at(0.6)),
  top: found("top", at(0.5)),
  break: found("break", at(0.2)),
  fall: found("fall", at(0.05)),
  rewards: [],
  errors: [],
  intervened: false,
  texts: false,
};

const reward = (effect: Difference, used: Difference, rewarded = true): RewardedAttribute => ({
  ...found("rewarded: flattery", effect),
  attribute: "flattery",
  rewarded,
  association: found("used: flattery", used),
});

const reads: KindEvidence = { ...noise, intervened: true, rewards: [reward(at(0.5), at(0.3))] };
const broken: KindEvidence = { ...noise, break: found("break", at(-0.2)) };
const kind = (evidence: KindEvidence) => kindOf(evidence).kind;

test("noise alone is regressional, and what it misses below the margin is nothing", () => {
  assert.equal(kind(noise), "regressional");
  assert.equal(kind({ ...noise, shortfall: found("shortfall", at(0.02, 0.01)) }), "none seen");
  assert.equal(
    kindOf({ ...noise, shortfall: found("shortfall", at(0.3, 0.1)) }, { margin: 0.5 }).kind,
    "none seen",
  );
});

test("a name by shape says which mechanisms nothing could have shown", () => {
  assert.match(kindOf(noise).wouldSettle!, /intervention.*responses.*origin/u);
  assert.doesNotMatch(kindOf({ ...noise, intervened: true }).wouldSettle!, /intervention/u);
  assert.equal(
    kindOf({ ...broken, intervened: true, texts: true, origin: found("origin", at(0)) }).wouldSettle,
    undefined,
  );
});

test("an interval on both sides of the margin, or no number, can't be told", () => {
  for (const shortfall of [at(0.05, 0.02), noEstimate("nothing was brought", 0)]) {
    const made = kindOf({ ...noise, shortfall: found("shortfall", shortfall) });
    assert.equal(made.kind, "can't tell");
    assert.ok(made.wouldSettle);
  }
});

test("a break at the top or a turnover is extremal only where the gold rose before", () => {
  assert.equal(kind(broken), "extremal");
  assert.equal(kind({ ...noise, fall: found("fall", at(0.3)) }), "extremal");
  assert.equal(kind({ ...broken, bulk: found("bulk", at(-0.4)) }), "can't tell");
  assert.equal(kind({ ...broken, bulk: found("bulk", at(0.01)) }), "can't tell");
});

test("a break that is neither seen nor excluded leaves regressional and extremal open", () => {
  assert.equal(kind({ ...noise, break: found("break", at(-0.1, 0.2)) }), "can't tell");
  assert.equal(kind({ ...noise, top: found("top", at(0.02)) }), "can't tell");
});

test("causal is said of a rewarded attribute that goes with the proxy in the same direction, and of no other", () => {
  assert.equal(kind(reads), "causal");
  assert.match(kindOf(reads).says, /flattery/u);
  assert.equal(kind({ ...reads, rewards: [reward(at(-0.5), at(-0.3))] }), "causal");
  for (const no of [
    reward(at(0.5), at(0.3), false),
    reward(at(0.5), at(-0.3)),
    reward(at(0.5), at(0.06, 0.01)),
    reward(at(0.5), noEstimate("it does not vary within prompts", 0)),
    reward(noEstimate("no pair was scored", 0), at(0.3)),
  ])
    assert.equal(kind({ ...reads, rewards: [no] }), "regressional");
});

test("an error that goes with an attribute asks for an intervention before it is called noise", () => {
  const suspect = (estimate: Difference) => ({
    ...noise,
    errors: [{ ...found("error and length", estimate), attribute: "length" }],
  });
  const made = kindOf(suspect(at(-0.3)));
  assert.equal(made.kind, "can't tell");
  assert.match(made.wouldSettle!, /grader that can be called/u);
  assert.equal(kind(suspect(at(0.12))), "regressional");
  const turned = kindOf({ ...suspect(at(-0.3)), break: broken.break });
  assert.equal(turned.kind, "can't tell");
  assert.deepEqual(turned.also, ["extremal"]);
});

test("adversarial is said of a worse origin at equal proxy, or of speech to the grader that pays", () => {
  const origin = (estimate: Difference) => ({ ...noise, origin: found("origin", estimate) });
  assert.equal(kind(origin(at(-0.4))), "adversarial");
  assert.equal(kind(origin(at(0.4))), "regressional");
  assert.equal(kind(origin(at(-0.06, 0.01))), "regressional");
  assert.equal(kind(origin(at(-0.4, 0.6))), "can't tell");
  assert.equal(kind(origin(noEstimate("no match", 0))), "can't tell");
  const addressed = (estimate: Difference) => ({ ...noise, addressed: found("addressed", estimate) });
  assert.equal(kind(addressed(at(1))), "adversarial");
  assert.equal(kind(addressed(at(-1))), "regressional");
});

test("of several kinds the most direct evidence names, and the others are listed", () => {
  const all = kindOf({ ...reads, break: broken.break, origin: found("origin", at(-0.4)) });
  assert.equal(all.kind, "adversarial");
  assert.deepEqual(all.also, ["causal", "extremal", "regressional"]);
  assert.deepEqual(kindOf({ ...reads, break: broken.break }).also, ["extremal", "regressional"]);
});

test("a kind is plain data that holds every finding", () => {
  const made = kindOf(reads);
  assert.deepEqual(JSON.parse(JSON.stringify(made)), made);
  for (const name of ["shortfall", "bulk", "top", "break", "fall", "rewarded: flattery", "used: flattery"])
    assert.ok(
      made.evidence.some((finding) => finding.name === name),
      name,
    );
});
