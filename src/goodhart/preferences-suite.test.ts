// The sentence of a lean tells the number that is judged, its interval and its n, beside the share that it is made of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { rngFrom } from "../stats/rng.ts";
import type { PreferencePair } from "./preference-audit.ts";
import { preferencesSuite } from "./preferences-suite.ts";

/** Of each ten pairs the longer reply is chosen in so many; every two pairs are of one cluster. */
function pairs(count: number, longer: number, size = 2): PreferencePair[] {
  return Array.from({ length: count }, (_, i) => {
    const [long, short] = [`a b c d ${i}`, `a ${i}`];
    const [chosen, rejected] = (i * 7) % 10 < longer ? [long, short] : [short, long];
    return {
      id: `${i}`,
      cluster: `${Math.floor(i / size)}`,
      prompt: "p",
      chosen,
      rejected,
      firstShown: "chosen",
    };
  });
}

function saysOf(made: readonly PreferencePair[], name = "length"): string {
  const { measurement } = preferencesSuite(made, {}, { rng: rngFrom(1), margin: 0.1 });
  return measurement.gaps.find((gap) => gap.name === name)!.says!.replaceAll("\u00a0", " ");
}

test("the lean that is judged stands with its interval, before the share, and pairs are told from clusters", () => {
  assert.match(
    saysOf(pairs(200, 4)),
    /^Unclear: a lean of −20 pp \(95 % interval −[\d.]+ pp to −[\d.]+ pp, n = 100 clusters of pairs that belong together\), which neither clears the margin of 10 pp nor stays within it\. Of 200 pairs that differ in length, the reply with more of it was chosen in 40 % \(95 % interval [\d.]+ % to [\d.]+ %\) and the other in 60 %; the lean is the difference\.$/,
  );
});

test("verdict and direction go with the lean, not with the share", () => {
  assert.match(saysOf(pairs(400, 8)), /^Leans to more: a lean of \+60 pp .*, beyond the margin of 10 pp\./);
  assert.match(saysOf(pairs(400, 2)), /^Leans to less: a lean of −60 pp /);
  assert.match(
    saysOf(pairs(4000, 5, 1)),
    /^Holds: a lean of 0 pp .* n = 4000 pairs\), within 10 pp either way\./,
  );
  assert.match(saysOf(pairs(400, 5), "flattery"), /^Could not be tested: no two replies differ in it\.$/);
});

test("the place has words of its own", () => {
  assert.match(
    saysOf(pairs(400, 5), "position"),
    /^Leans to the first: a lean of \+100 pp .* the reply that was shown first was chosen in 100 %/,
  );
});
