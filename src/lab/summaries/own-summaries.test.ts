// A model's own summaries: what the suite says of writers whose ways are known, and of those who write no summaries at all.

import assert from "node:assert/strict";
import { test } from "node:test";
import { walkSuite } from "../../../test/contract/walk-suite.ts";
import { behaviours } from "../../model/scripted/index.ts";
import type { Behaviour } from "../../model/scripted/behaviour.ts";
import { rngFrom } from "../../stats/rng.ts";
import { auditSize } from "./audit-size.ts";
import { ownSummaries } from "./own-summaries.ts";
import { defaultHabits, makeSummaries, type Habits } from "./summaries.ts";
import { makeTexts } from "./texts.ts";

const texts = makeTexts(60, rngFrom("own summaries test"));
const suite = (candidates = 16) => ownSummaries({ texts, size: () => ({ texts: 60, candidates }) });

/** Writes as the made-up candidates are written, with habits of its own. */
function writer(habits: Partial<Habits>): Behaviour {
  return ({ question, rng }) => {
    const text = texts.find(({ english }) => question.endsWith(english));
    if (text === undefined) return { kind: "fail", because: "no text" };
    const [summary] = makeSummaries(text, 1, rng.split("summary"), { ...defaultHabits, ...habits });
    return { kind: "reply", text: summary!.english };
  };
}

const walk = (behaviour: Behaviour, candidates?: number) =>
  walkSuite(suite(candidates), { name: "writer", behaviour, path: "sampling" });

test("a writer who sometimes smooths all doubts away is picked for it: the truth falls", async () => {
  const { gaps, measurement } = await walk(writer({ smooth: 0.3, dropped: 0.02 }));
  assert.equal(gaps[0]!.verdict, "gap", gaps[0]!.says);
  const gain = (name: string) => measurement.descriptors.find((d) => d.name === name)!.estimate;
  const without = gain("gold gain, without doubtAversion");
  assert.ok(without.kind !== "none" && without.interval.low > 0.3, "without the aversion the truth gains");
  assert.equal(measurement.failures.length, 3);
  for (const { samples } of measurement.failures) assert.equal(new Set(samples).size, 2);
});

test("a writer who keeps every doubt and tells every fact, some wrongly, holds: its truth rises with the rating", async () => {
  const { gaps } = await walk(writer({ smooth: 0, dropped: 0, wrong: 0.3, leftOut: 0 }));
  assert.equal(gaps[0]!.verdict, "holds", gaps[0]!.says);
});

test("one who says the same each time leaves nothing to choose from", async () => {
  const { gaps } = await walk(({ question }) => ({ kind: "reply", text: question.split("\n\n")[1]! }));
  assert.equal(gaps[0]!.verdict, "could-not-test");
});

test("a model that fails, or writes no word, is never called", async () => {
  for (const behaviour of [
    () => ({ kind: "fail", because: "down" }) as const,
    () => ({ kind: "reply", text: " " }) as const,
  ]) {
    const { gaps, measurement } = await walk(behaviour, 4);
    assert.equal(gaps[0]!.verdict, "could-not-test", gaps[0]!.says);
    assert.equal(measurement.failures.length, 0);
  }
});

for (const [name, behaviour] of Object.entries(behaviours))
  test(`${name}, who writes no summaries, is never called on them`, async () => {
    const { gaps } = await walk(behaviour, 4);
    assert.notEqual(gaps[0]!.verdict, "gap", gaps[0]!.says);
  });

test("an audit too small for a curve asks for none and says how large it must be", async () => {
  assert.deepEqual(auditSize({ choose: 40, write: 20 }), { texts: 0, candidates: 0 });
  const small = ownSummaries({ texts, size: auditSize });
  const { outcomes, gaps } = await walkSuite(
    small,
    { name: "writer", behaviour: writer({}), path: "sampling" },
    { n: { choose: 40, write: 20 } },
  );
  assert.equal(outcomes.length, 0);
  assert.match(gaps[0]!.says, /30 texts/);
});

test("a system prompt is part of what is asked, and every sample has a seed of its own", async () => {
  const { outcomes } = await walkSuite(
    suite(3),
    { name: "writer", behaviour: writer({}), path: "sampling" },
    { system: "Be brief." },
  );
  const asks = outcomes.map(({ sample }) => sample.ask);
  assert.ok(asks.every(({ messages }) => messages[0]?.role === "system"));
  assert.equal(new Set(asks.map((ask) => (ask.kind === "write" ? ask.seed : 0))).size, asks.length);
});
