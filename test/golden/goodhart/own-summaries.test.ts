// The kept results on a model's own summaries: the README says what they say, and the program reads today as it did when they were made.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import {
  keptReading,
  ownRecord,
  readings,
  readingsFile,
  shownOwn,
  stored,
} from "../../../scripts/own-summaries.ts";
import { raterOf } from "../../../scripts/summaries-figure.ts";
import { OWN_TEXTS_SEED } from "../../../src/lab/summaries/own-texts.ts";
import { compareReadings } from "../../../src/lab/summaries/reading.ts";
import { readingCounts } from "../../../src/lab/summaries/reading-accuracy.ts";
import { makeTexts } from "../../../src/lab/summaries/texts.ts";
import { cohenKappa } from "../../../src/stats/cohen-kappa.ts";
import { rngFrom } from "../../../src/stats/rng.ts";

const record = ownRecord.parse(JSON.parse(readFileSync(stored, "utf8")));
const read = readings.parse(JSON.parse(readFileSync(readingsFile, "utf8")));
const texts = makeTexts(record.results.settings.texts, rngFrom(OWN_TEXTS_SEED));

test("the README's part on own summaries is what the kept results say", () => {
  const readme = readFileSync(path.join(import.meta.dirname, "../../../README.md"), "utf8");
  const [part, end] = [shownOwn(record), "<!-- end of own summaries -->"];
  const from = readme.indexOf("<!-- own summaries -->");
  assert.equal(readme.slice(from, readme.indexOf(end) + end.length), part);
});

test("the program reads the summaries that were read as it did, and rightly in the main", () => {
  assert.deepEqual(keptReading(compareReadings(read.summaries, texts)), record.reading);
  assert.equal(record.reading.summaries, 100);
  assert.deepEqual(record.reading.counts, readingCounts);
  const { told } = record.reading;
  assert.ok("point" in told && told.point > 0.8);
});

test("a program that took every value for told would be seen to read worse", () => {
  const spoilt = read.summaries.map((one) => ({
    ...one,
    english: texts.find(({ id }) => id === one.text)!.english,
  }));
  const { told } = compareReadings(spoilt, texts);
  assert.ok(told.kind === "none" || told.point < 0.3);
});

test("the two readings of the same summaries agree, and what was settled is one of the two", () => {
  const facts = read.summaries.flatMap(({ text, first, second, marks }) =>
    marks.map((mark, k) => ({ cluster: text, first: first[k]!, second: second[k]!, mark })),
  );
  const kappa = cohenKappa(facts);
  assert.ok(kappa.kind !== "none" && kappa.point > 0.95);
  assert.ok(facts.every(({ mark, first, second }) => mark === first || mark === second));
});

test("the rating rises, the truth does not; without the aversion to doubt it does, by program and corrected", () => {
  const last = (name: string, of: "rating" | "truth") => {
    const { curve } = raterOf(record.results, name).together;
    assert.ok(curve.kind === "band");
    return curve[of].at(-1)!;
  };
  const corrected = (name: string) => {
    const gain = record.correction.gains.find(({ rater }) => rater === name)!.corrected.at(-1)!;
    assert.ok("point" in gain);
    return gain;
  };
  assert.ok(last("full rater", "rating").low > 1.5);
  assert.ok(last("full rater", "truth").high < 0.2);
  assert.ok(corrected("full rater").high < 0.5, "corrected it may gain a little, not what it could");
  assert.ok(last("without doubtAversion", "truth").low > 1);
  assert.ok(corrected("without doubtAversion").low > 1);
});
