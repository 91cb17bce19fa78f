// The default world: enough facts, all of sound form, and its counts as the docs give them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SetupError } from "../../core/errors.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { Field } from "./field.ts";
import { faultsOf } from "./faults-of.ts";
import { harmlessTypo } from "./harmless-typo.ts";
import { defaultWorld, fields } from "./index.ts";
import { fieldsTable } from "./fields-table.ts";
import { folded } from "./words.ts";
import { worldOf } from "./world-of.ts";

const defaultFields: Readonly<Record<string, Field>> = fields;

test("the world holds at least 500 facts in at least 10 fields, and no field is the most of it", () => {
  const perField = Object.groupBy(defaultWorld.facts, (fact) => fact.field);
  assert.deepEqual(Object.keys(perField), Object.keys(fields));
  assert.ok(Object.keys(perField).length >= 10);
  assert.ok(defaultWorld.facts.length >= 500);
  for (const facts of Object.values(perField))
    assert.ok((facts ?? []).length <= defaultWorld.facts.length / 5);
});

test("no fact of the world breaks a rule of form", () => {
  assert.deepEqual(faultsOf(defaultWorld), []);
});

test("no wrong answer is the answer or an alias in other letters", () => {
  for (const { id, answer, aliases, wrong } of defaultWorld.facts) {
    const right = new Set([answer, ...aliases].map(folded));
    assert.ok(wrong.length >= 3, id);
    for (const option of wrong) assert.ok(!right.has(folded(option)), `${id}: ${option}`);
  }
});

test("what a row rules out is never offered as wrong", () => {
  const rows = Object.entries(fields).flatMap(([key, field]) => field.rows.map((row) => ({ key, row })));
  assert.equal(rows.length, defaultWorld.facts.length);
  let ruledOut = 0;
  for (const [i, { key, row }] of rows.entries()) {
    const fact = defaultWorld.facts[i] ?? assert.fail();
    assert.deepEqual([fact.field, fact.subject], [key, row.subject]);
    for (const never of row.never ?? []) {
      ruledOut++;
      assert.ok(!fact.wrong.includes(never), `${fact.id}: ${never}`);
    }
  }
  assert.ok(ruledOut > 100);
});

test("screening, main and paraphrases share no question", () => {
  for (const fact of defaultWorld.facts) {
    const all = [...defaultWorld.screening(fact), defaultWorld.main(fact), ...defaultWorld.paraphrases(fact)];
    assert.equal(new Set(all.map(({ question }) => folded(question))).size, all.length, fact.id);
    assert.ok(all.length >= 7, fact.id);
  }
});

test("the world is the same on every import, and its wrong answers depend on the fact alone", () => {
  assert.deepEqual(worldOf("general", "1", fields).facts, defaultWorld.facts);
  const { capitals } = fields;
  const fewer = { capitals: { ...capitals, rows: capitals.rows.toReversed() } };
  const ids = new Set(worldOf("general", "1", fewer).facts.map(({ id }) => id));
  assert.equal(ids.size, capitals.rows.length);
});

test("where wrong answers are drawn, none is offered for more than half of its facts", () => {
  for (const [key, facts = []] of Object.entries(Object.groupBy(defaultWorld.facts, (fact) => fact.field))) {
    const offered = Object.groupBy(
      facts.flatMap(({ wrong }) => wrong),
      (wrong) => wrong,
    );
    const drawn = defaultFields[key]?.rows.every((row) => row.wrong === undefined) ?? false;
    if (!drawn || Object.keys(offered).length < 20) continue;
    for (const [wrong, times = []] of Object.entries(offered)) {
      assert.ok(
        times.length <= facts.length / 2,
        `${key}: "${wrong}" is wrong ${times.length} times in ${facts.length}`,
      );
    }
  }
});

test("every question of the world can carry a typo", () => {
  for (const fact of defaultWorld.facts) {
    for (const { question } of [
      ...defaultWorld.screening(fact),
      defaultWorld.main(fact),
      ...defaultWorld.paraphrases(fact),
    ]) {
      assert.notEqual(harmlessTypo(question, fact, rngFrom(fact.id)), question);
    }
  }
});

test("a fact of another world is refused by name", () => {
  const stranger = {
    id: "moons/io",
    field: "moons",
    subject: "Io",
    answer: "Jupiter",
    aliases: [],
    wrong: [],
  };
  for (const field of ["moons", "constructor"]) {
    assert.throws(
      () => defaultWorld.main({ ...stranger, field }),
      (error: unknown) =>
        error instanceof SetupError && error.message.includes(field) && /capitals/.test(error.hint ?? ""),
    );
  }
});

test("docs/world.md holds the table of fields as they are", () => {
  const docs = readFileSync(new URL("../../../docs/world.md", import.meta.url), "utf8");
  assert.ok(
    docs.includes(fieldsTable(defaultWorld, fields)),
    `docs/world.md should hold:\n${fieldsTable(defaultWorld, fields)}`,
  );
});
