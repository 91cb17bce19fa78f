// A whole audit of a scripted model in a run folder, and what holds beyond the table: directions, words, endorsements.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { behaviours } from "../../src/model/scripted/index.ts";
import type { Behaviour } from "../../src/model/scripted/behaviour.ts";
import { bareAnswer } from "../../src/model/scripted/answer-book.ts";
import { scriptedModel } from "../../src/model/scripted/scripted-model.ts";
import { standingIn } from "../../src/model/scripted/standing-in.ts";
import { runAudit } from "../../src/run/run-audit.ts";
import { confidenceWords } from "../../src/suites/calibration/words.ts";
import { suites, type SuiteName } from "../../src/suites/index.ts";
import { statements } from "../../src/suites/sycophancy/statements.ts";
import { defaultWorld } from "../../src/suites/world/index.ts";
import { bookOfSamples } from "./book-of-samples.ts";
import { expected } from "./expected.ts";
import { readTable } from "./read-table.ts";
import { settings, walkSuite } from "./walk-suite.ts";

const { "earns-its-confidence": earns, flatterer, keeps, parrot } = behaviours;

test("an audit of a scripted model ends with the gaps that the suites measure, as the table says, and each failed sample in its record", async (t) => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), "trueline-contract-")), "run");
  t.after(() => rmSync(path.dirname(folder), { recursive: true, force: true }));
  const book = bookOfSamples();
  const script = { name: "flatterer", behaviour: flatterer, path: "logprob" } as const;
  const names = Object.keys(suites) as SuiteName[];
  const walks = [];
  for (const name of names) walks.push(await walkSuite(suites[name], script, {}, book));

  let ticks = 0;
  const result = await runAudit({
    model: scriptedModel({ ...script, book, seed: 1 }),
    suites: names.map((name) => suites[name]),
    world: defaultWorld,
    settings,
    folder,
    versions: { trueline: "0.0.0", engine: "scripted" },
    selfCheck: "a script needs none",
    clock: { timestamp: () => "2026-01-01T00:00:00.000Z", ticks: () => ticks++ },
    processes: { pid: 1, isRunning: () => false },
  });

  assert.ok(result.kind === "finished");
  const { record } = result;
  assert.equal(record.manifest.model.kind, "scripted");
  assert.deepEqual(record.failed, []);
  assert.deepEqual(
    record.gaps.map(({ suite, name, verdict, says }) => ({ suite, name, verdict, says })),
    walks.flatMap(({ gaps }) =>
      gaps.map(({ suite, name, verdict, says }) => ({ suite, name, verdict, says })),
    ),
  );
  const rows = names.map((name) =>
    readTable(expected[name]).find((r) => r.model === "flatterer" && r.path === "logprob"),
  );
  const wanted = rows.flatMap((row) => Object.values(row!.cells).map(({ verdict }) => verdict));
  assert.deepEqual(
    record.gaps.map(({ verdict }) => verdict),
    wanted,
  );
  const stored = readFileSync(path.join(folder, "samples.jsonl"), "utf8").trim().split("\n");
  const planned = record.manifest.stages.reduce((sum, { samples }) => sum + samples, 0);
  assert.equal(stored.length, planned);
  assert.deepEqual(
    record.manifest.stages.map(({ sha256 }) => sha256),
    walks.flatMap(({ hashes }) => hashes),
  );
});

test("who moves against the user's opinion is called on sycophancy, with that direction", async () => {
  // Repeats what others say, and only what the user does not hold.
  const contradicts: Behaviour = (seen) => {
    const [asUser, right] = [flatterer(seen), keeps(seen)];
    const endorsed = asUser.kind === "answer" && right.kind === "answer" && asUser.place !== right.place;
    return endorsed ? right : parrot(seen);
  };
  for (const way of ["logprob", "sampling"] as const) {
    const model = { name: "contradicts", behaviour: contradicts, path: way };
    const [sycophancy] = (await walkSuite(suites.sycophancy, model)).gaps;
    assert.equal(sycophancy?.verdict, "gap");
    assert.ok(sycophancy.estimate.kind === "difference" && sycophancy.estimate.point === -1);
    assert.match(sycophancy.says, /^Moves against the user's opinion: /);
  }
});

test("who is right at a confidence of a half is called underconfident", async () => {
  const model = { name: "keeps", behaviour: keeps, path: "logprob", probability: 0.5 } as const;
  const [calibration] = (await walkSuite(suites.calibration, model)).gaps;
  assert.equal(calibration?.verdict, "gap");
  assert.ok(calibration.estimate.kind === "difference");
  assert.ok(Math.abs(calibration.estimate.point + 0.5) < 1e-9);
  assert.match(calibration.says, /^Underconfident: /);
});

test("who is right as often as its words mean holds, with replies enough", async () => {
  const model = { name: "earns-its-confidence", behaviour: earns, path: "sampling" } as const;
  const n = { choose: 200, write: 600 };
  const stated = (await walkSuite(suites.calibration, model, { n })).gaps[1];
  assert.equal(stated?.name, "stated confidence");
  assert.equal(stated.verdict, "holds", stated.says);
});

test("the words that a script says mean what the suite takes them to mean", async () => {
  const levels = [0, 1].map((i) => confidenceWords[i]!.probability);
  const model = { name: "earns-its-confidence", behaviour: earns, path: "logprob" } as const;
  const { outcomes } = await walkSuite(suites.calibration, model);
  const confidences = outcomes.flatMap(({ observation: { answer } }) =>
    answer.kind === "chosen" ? [Math.exp(Math.max(...answer.logprobs)).toFixed(6)] : [],
  );
  assert.deepEqual(new Set(confidences), new Set(levels.map((level) => level.toFixed(6))));
});

test("a reply that is sure of nothing is unscored; one with an answer that no list holds is wrong", async () => {
  const says = (text: (seen: Parameters<Behaviour>[0], first: boolean) => string): Behaviour => {
    return (seen) => {
      if (seen.asks === "choice") return keeps(seen);
      const first = seen.rng.split("first").uniform() < 0.5;
      return { kind: "reply", text: text(seen, first) };
    };
  };
  const measure = async (behaviour: Behaviour) =>
    walkSuite(suites.calibration, { name: "says", behaviour, path: "sampling" });
  const sure = says((_, first) => (first ? "I am certain." : "It's likely."));
  const { gaps, measurement } = await measure(sure);
  assert.equal(gaps[1]?.verdict, "could-not-test");
  assert.ok(
    measurement.tallies.some(({ counts }) => counts["the reply says how sure it is of nothing"] === 100),
  );
  const elsewhere = await measure(says((_, first) => `Zzyzx, ${first ? "certain" : "likely"}.`));
  const estimate = elsewhere.gaps[1]?.estimate;
  assert.ok(estimate?.kind === "difference" && estimate.observations === 100);
  assert.ok(estimate.point > 0.8 && estimate.point < 0.97);
});

test("a flatterer hears an endorsement in every opinion, and in no mention or neutral remark", () => {
  const book = bookOfSamples();
  const seen = (question: string) => ({
    asks: "choice" as const,
    messages: [{ role: "user" as const, content: question }],
    question,
    answers: ["Paris", "Rome"],
    page: { kind: "fact" as const, answers: ["Paris", "Rome"], right: 0 },
    temperature: 0,
    knowsWord: book.knowsWord,
    rng: { split: () => assert.fail("a flatterer draws nothing") } as never,
  });
  for (const { opinion, mention, neutral } of statements) {
    assert.deepEqual(flatterer(seen(opinion("Rome"))), { kind: "answer", place: 1 });
    assert.deepEqual(flatterer(seen(mention("Rome"))), { kind: "answer", place: 0 });
    assert.deepEqual(flatterer(seen(neutral)), { kind: "answer", place: 0 });
  }
});

test("no remark holds an answer to the fact that it stands beside, but the one that it names", async () => {
  const told = { opinion: 1, mention: 1, neutral: 0, "right-opinion": 1 } as const;
  const script = { name: "parrot", behaviour: parrot } as const;
  const { outcomes } = await walkSuite(
    suites.sycophancy,
    { ...script, path: "logprob" },
    { n: { choose: 700, write: 10 } },
  );
  const main = outcomes.filter(({ sample }) => sample.stage === "main");
  assert.ok(main.length > 2000, `only ${main.length} asks`);
  for (const { sample } of main) {
    assert.ok(sample.ask.kind === "choose");
    const question = sample.ask.messages.at(-1)!.content;
    const named = standingIn(question, sample.ask.options.map(bareAnswer));
    assert.equal(named.length, told[sample.arm as keyof typeof told], `${sample.id}: ${question}`);
  }
});

test("who changes its mind between conversations is measured beside the same asked without chance", async () => {
  const gapOf = async (name: "changes-its-mind" | "keeps") => {
    const { gaps } = await walkSuite(suites.consistency, {
      name,
      behaviour: behaviours[name],
      path: "logprob",
    });
    return gaps.find((gap) => gap.name === "across conversations")!;
  };
  const [changes, stays] = [await gapOf("changes-its-mind"), await gapOf("keeps")];
  assert.equal(changes.verdict, "gap");
  assert.equal(stays.verdict, "holds");
  for (const { control } of [changes, stays]) {
    assert.ok(control.value.kind === "rate");
    assert.deepEqual([control.value.n, control.value.point], [40, 0]);
  }
});
