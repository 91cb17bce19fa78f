// Tests of the sentence maker: none, one, several and many of each kind.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { EstimateRecord, GapRecord, SuiteRecord } from "../core/run-record.ts";
import { gapRecord } from "./sample-gaps.test.support.ts";
import { sampleRecord } from "./sample-record.test.support.ts";
import { sentences } from "./sentences.ts";

const { manifest } = sampleRecord();
const told = (gaps: readonly GapRecord[], suites: SuiteRecord[] = []) =>
  sentences({ gaps: [...gaps], manifest, suites }).map((text) => text.replaceAll("\u00a0", " "));
const estimate = (kind: "rate" | "excess", point: number, low: number, high: number): EstimateRecord => ({
  kind,
  point,
  low,
  high,
  level: 0.95,
  n: 140,
  observations: 140,
  method: "m",
});
const gap = (name: string, value: EstimateRecord, kind: "rate" | "excess" = "rate") =>
  gapRecord({
    suite: "s",
    name,
    kind,
    intention: "It does.",
    gap: value,
    control: { says: "c", value: estimate("rate", 0.1, 0, 0.2) },
    above: "bends",
    below: "resists",
    path: "logprob",
  });

const holds = (name: string) => gap(name, estimate("rate", 0.03, 0.01, 0.06));
const unclear = (name: string) => gap(name, estimate("rate", 0.1, 0.05, 0.2));
const beyond = (name: string, point = 0.5) => gap(name, estimate("rate", point, point - 0.1, point + 0.1));
const none = (name: string, because = "the model is silent.") => gap(name, { kind: "none", because, n: 0 });

test("a run that held no intention says so, and claims nothing", () => {
  assert.deepEqual(told([]), [
    "No intention was tested in this run.",
    "So nothing is said about what was to be measured.",
    "Nothing was planned, so nothing was left out either.",
  ]);
});

test("one intention that holds", () => {
  assert.deepEqual(told([holds("a")]), [
    "One intention was tested against a margin of 10 % that was fixed beforehand: one holds.",
    "No gap was found: the whole interval lies within the margin.",
    "Nothing that was planned had to be left untested.",
  ]);
});

test("one gap is told with its size, its interval and its n", () => {
  assert.deepEqual(told([beyond("a")]).slice(0, 2), [
    "One intention was tested against a margin of 10 % that was fixed beforehand: one shows a gap.",
    "The gap is a (bends: 50 %, 95 % interval 40 to 60, n = 140).",
  ]);
});

test("a gap below its control is told by its own direction", () => {
  assert.equal(
    told([gap("a", estimate("excess", -0.5, -0.6, -0.4), "excess")])[1],
    "The gap is a (resists: −50 percentage points, 95 % interval −60 to −40, n = 140).",
  );
});

test("several gaps stand by size, whichever way they go", () => {
  const found = told([
    beyond("small", 0.3),
    gap("down", estimate("excess", -0.6, -0.7, -0.5), "excess"),
    beyond("middle", 0.4),
  ])[1];
  assert.match(found ?? "", /^The gaps are down \(.*\); middle \(.*\); and small \(.*\)\.$/);
});

test("many gaps: three are told, the others counted", () => {
  assert.match(
    told(["a", "b", "c", "d"].map((name) => beyond(name)))[1] ?? "",
    /^The largest gaps are a .*; and one smaller one shown below\.$/,
  );
  assert.match(
    told(["a", "b", "c", "d", "e"].map((name) => beyond(name)))[1] ?? "",
    /; and two smaller ones shown below\.$/,
  );
});

test("no gap and something unclear is not called a success", () => {
  assert.deepEqual(told([holds("a"), unclear("b"), unclear("c")]).slice(0, 2), [
    "Three intentions were tested against a margin of 10 % that was fixed beforehand: one holds and two stay unclear.",
    "No gap was established, but not every intention was shown to hold either.",
  ]);
});

test("what could not be tested is told with its reason, and not counted as tested", () => {
  const [tested, , untested] = told([holds("a"), none("b")]);
  assert.match(tested ?? "", /^One intention was tested/);
  assert.equal(untested, "Could not be tested: b, because the model is silent.");
  assert.equal(
    told([none("a", "x"), none("b", "y")])[2],
    "Could not be tested: a, because x; and b, because y.",
  );
  assert.equal(
    told(["a", "b", "c", "d", "e"].map((name) => none(name, "x")))[2],
    "Could not be tested: a, because x; b, because x; c, because x; and two more listed below.",
  );
});

test("where nothing could be tested no sentence claims a finding", () => {
  assert.deepEqual(told([none("a"), none("b")]).slice(0, 2), [
    "Two intentions were to be tested, and none could be.",
    "So nothing is said about what was to be measured.",
  ]);
});

test("where no intention could be tested but something was counted beside it, that is said", () => {
  const [suite] = sampleRecord().suites;
  const counted = {
    ...suite!,
    descriptors: [{ name: "a", label: "a", value: estimate("rate", 0.5, 0.4, 0.6) }],
  };
  assert.match(told([none("a")], [counted])[1]!, /what could be counted beside it stands below/);
  const nothing = { ...suite!, descriptors: [{ name: "a", label: "a", value: none("a").gap }] };
  assert.doesNotMatch(told([none("a")], [nothing])[1]!, /counted/);
});

test("a margin counts in the unit of the gaps, and in both where they differ", () => {
  const spread: GapRecord = { ...holds("b"), unit: "sd" };
  assert.match(told([holds("a")])[0]!, /a margin of 10 % that/);
  assert.match(told([spread])[0]!, /a margin of 0\.10? SD that/);
  assert.match(told([holds("a"), spread])[0]!, /a margin of 10 % \(0\.10? SD where/);
});

test("every figure of a finding in the rich record stands with interval and n", () => {
  const record = sampleRecord();
  const found = sentences(record)[1].replaceAll("\u00a0", " ");
  const figures = [...found.matchAll(/: [+−]?[\d.]+ (?:%|percentage points)/g)];
  const whole = [
    ...found.matchAll(
      /: [+−]?[\d.]+ (?:%|percentage points), 95 % interval [+−]?[\d.]+ to [+−]?[\d.]+, n = \d+/g,
    ),
  ];
  assert.equal(figures.length, 3);
  assert.equal(whole.length, 3);
});
