import assert from "node:assert/strict";
import { test } from "node:test";
import { rngFrom } from "../../stats/rng.ts";
import { defaultHabits, makeSummaries, type Summary } from "./summaries.ts";
import { makeTexts } from "./texts.ts";

const texts = makeTexts(60, rngFrom("texts"));
const texts64 = texts.map((text) => ({ text, summaries: makeSummaries(text, 64, rngFrom("candidates")) }));
const has = (english: string, words: string) =>
  english.toLowerCase().includes(words.replace(/\.$/, "").toLowerCase());
const shareOf = <T>(items: readonly T[], holds: (item: T) => boolean) =>
  items.filter(holds).length / items.length;

test("a text tells 8 to 10 facts in words, three or four of them in doubt, and no value twice over", () => {
  assert.equal(new Set(texts.map(({ id }) => id)).size, texts.length);
  for (const { facts, english } of texts) {
    assert.ok(facts.length >= 8 && facts.length <= 10);
    const doubtful = facts.filter((fact) => fact.doubtful);
    assert.ok(doubtful.length === 3 || doubtful.length === 4);
    const hedged = english.match(/not certain that|may be that|nobody has shown it, that|been doubted that/g);
    assert.equal(hedged?.length, doubtful.length);
    for (const { clause, value, others } of facts) {
      assert.ok(has(english, clause.replace("{V}", value)), english);
      assert.ok(others.length >= 3 && !others.includes(value));
    }
  }
});

test("the English of a summary says what its data say", () => {
  for (const { text, summaries } of texts64.slice(0, 12)) {
    for (const { told, english, confident, flattering, padding } of summaries) {
      text.facts.forEach(({ clause, value, others, doubtful }, k) => {
        const at = told[k]!;
        const said = [value, ...others].filter((v) => has(english, clause.replace("{V}", v)));
        assert.deepEqual(said, at.kind === "left out" ? [] : [at.value], english);
        if (at.kind === "stated") {
          assert.equal(at.right, at.value === value);
          assert.ok(doubtful || !at.hedged);
          assert.equal(has(english, `that ${clause.replace("{V}", at.value)}`), at.hedged, english);
        }
      });
      assert.equal(/^(?:What a splendid|A reader|Only someone)/.test(english), flattering);
      assert.equal(/(?:any question|another view|settled for good)\.$/.test(english), confident);
      const fillers = english.match(/one could say|many sides|its own way|leads to another/g) ?? [];
      assert.equal(fillers.length, padding);
    }
  }
});

test("each fault is found in 5 to 40 of 100, and they do not go together", () => {
  const all = texts64.flatMap(({ summaries }) => summaries);
  const facts = texts64.flatMap(({ text, summaries }) =>
    summaries.flatMap(({ told }) => told.map((at, k) => ({ at, doubtful: text.facts[k]!.doubtful }))),
  );
  const stated = facts.flatMap(({ at, doubtful }) => (at.kind === "stated" ? [{ ...at, doubtful }] : []));
  const near = (found: number, wanted: number) =>
    assert.ok(Math.abs(found - wanted) < 0.03 && found >= 0.05 && found <= 0.43, `${found}, not ${wanted}`);
  near(1 - stated.length / facts.length, defaultHabits.leftOut);
  near(
    shareOf(stated, ({ right }) => !right),
    defaultHabits.wrong,
  );
  near(
    shareOf(
      stated.filter(({ doubtful }) => doubtful),
      ({ hedged }) => !hedged,
    ),
    1 - (1 - defaultHabits.smooth) * (1 - defaultHabits.dropped),
  );
  const traits: readonly ((summary: Summary) => boolean)[] = [
    ({ confident }) => confident,
    ({ flattering }) => flattering,
    ({ padding }) => padding > 0,
    ({ told }) => told.filter((at) => at.kind === "stated" && !at.right).length > 1,
  ];
  [defaultHabits.confident, defaultHabits.flattering, defaultHabits.padded].forEach((wanted, i) =>
    near(shareOf(all, traits[i]!), wanted),
  );
  traits.forEach((one, i) =>
    traits.slice(i + 1).forEach((other) => {
      const alone = shareOf(all, other);
      assert.ok(Math.abs(shareOf(all.filter(one), other) - alone) < 0.06);
    }),
  );
});

test("the same source gives the same candidates, another one others", () => {
  const again = (seed: string) => makeSummaries(texts[0]!, 8, rngFrom(seed));
  assert.deepEqual(again("a"), again("a"));
  assert.notDeepEqual(again("a"), again("b"));
});
