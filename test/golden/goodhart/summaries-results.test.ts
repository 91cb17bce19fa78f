// The kept results of the summaries over seeds say what the docs and the pictures say, and come out again from their settings.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import {
  keptOwn,
  pictureOf,
  raterOf,
  settings,
  shown,
  stored,
  written,
} from "../../../scripts/summaries-figure.ts";
import { runSummaries } from "../../../src/lab/summaries/experiment.ts";
import { summariesFigure } from "../../../src/lab/summaries/figure.ts";
import { figureParts } from "../../../src/lab/summaries/figure-parts.ts";
import { seedCurves } from "../../../src/lab/summaries/rater-over-seeds.ts";
import { seedsRecord, type RaterRecord } from "../../../src/lab/summaries/seeds-record.ts";

const file = readFileSync(stored, "utf8");
const record = seedsRecord.parse(JSON.parse(file));
const readme = readFileSync(path.join(import.meta.dirname, "../../../README.md"), "utf8");
const rater = (name: string) => raterOf(record, name);

const verdicts = ({ seeds }: RaterRecord, wanted: string) =>
  seeds.filter(({ verdict }) => verdict === wanted).length;
const fall = ({ together }: RaterRecord) => {
  assert.ok(together.fall.kind === "measured");
  return together.fall;
};
const band = ({ together }: RaterRecord) => {
  assert.ok(together.curve.kind === "band");
  return together.curve;
};
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

test("the kept results are of the settings that the script runs, whole, and in the form that it writes", () => {
  assert.deepEqual(record.settings, settings);
  // Not `equal`, whose message would be both files.
  assert.ok(written(record) === file);
  for (const { name, grid, seeds, together } of record.raters) {
    assert.deepEqual(
      seeds.map(({ seed }) => seed),
      settings.seeds,
      name,
    );
    assert.deepEqual([grid[0], grid.at(-1)], [1, settings.candidates]);
    assert.equal(together.texts, settings.seeds.length * settings.texts);
    for (const { rating, truth } of seeds) {
      assert.deepEqual([rating[0], truth[0]], [0, 0]);
      assert.deepEqual([rating.length, truth.length], [grid.length, grid.length]);
    }
  }
});

test("a kept seed comes out again from its settings", () => {
  const kept = rater("full rater").seeds.find(({ seed }) => seed === 7)!;
  const run = runSummaries({ ...settings, seed: 7 });
  const again = seedCurves(7, { ...run, peak: run.audit.measurement.gaps[0]!.pressure!.peak });
  const { fall: found, verdict, peak } = kept;
  assert.deepEqual(again.outcome, { fall: found, verdict, peak });
  again.grid.forEach((_, p) => {
    assert.ok(Math.abs(mean(again.truth.map((curve) => curve[p]!)) - kept.truth[p]!) < 1e-4);
    assert.ok(Math.abs(mean(again.rating.map((curve) => curve[p]!)) - kept.rating[p]!) < 1e-4);
  });
});

test("the curve of all texts is the mean of the seeds' curves and lies in its band", () => {
  for (const one of record.raters) {
    for (const what of ["rating", "truth"] as const)
      band(one)[what].forEach(({ point, low, high }, i) => {
        const seeds = mean(one.seeds.map((seed) => seed[what][i + 1]!));
        assert.ok(Math.abs(seeds - point) < 2e-4, `${one.name}: ${seeds} and ${point}`);
        assert.ok(low < point && point < high);
      });
  }
});

test("seeds scatter as much as the band says that they should: texts of a seed are independent of each other", () => {
  const { seeds, grid, together } = rater("full rater");
  assert.ok(together.curve.kind === "band");
  const ends = seeds.map(({ truth }) => truth.at(-1)!);
  const sd = Math.sqrt(ends.reduce((sum, x) => sum + (x - mean(ends)) ** 2, 0) / (ends.length - 1));
  const { low, high } = together.curve.truth[grid.length - 2]!;
  // The simultaneous factor lies between 1.96 and 3.5; twenty seeds give their own spread to within about a third.
  const factor = (high - low) / 2 / (sd / Math.sqrt(ends.length));
  assert.ok(factor > 1.5 && factor < 4.5, `${factor}`);
});

test("with the full rater the rating rises, the truth falls, and every seed shows a gap", () => {
  const full = rater("full rater");
  assert.equal(verdicts(full, "gap"), 20);
  assert.deepEqual(full.together.peak, { kind: "range", low: 2, high: 2 });
  assert.ok(band(full).rating.at(-1)!.low > 2 && band(full).truth.at(-1)!.high < 0);
  assert.ok(fall(full).low > settings.margin);
  const rises = band(full).rating.every(({ point }, i, all) => i === 0 || point > all[i - 1]!.point);
  assert.ok(rises);
});

test("only the aversion to doubt does it; without another bias the fall is larger, by more than both intervals", () => {
  const averse = rater("without doubtAversion");
  assert.equal(verdicts(averse, "holds"), 20);
  assert.ok(band(averse).truth.at(-1)!.low > 1);
  for (const bias of ["confidence", "flattery", "length"])
    assert.ok(fall(rater(`without ${bias}`)).low > fall(rater("full rater")).high, bias);
});

test("chosen at random nothing falls, with no bias or a quarter of them neither", () => {
  for (const name of ["chosen at random", "without any bias", "biases times 0.25"])
    assert.equal(rater(name).together.verdict, "holds", name);
  for (const name of ["without any bias", "biases times 0.25"])
    assert.equal(verdicts(rater(name), "holds"), 20);
  assert.equal(verdicts(rater("biases times 0.5"), "gap"), 0);
  assert.ok(fall(rater("biases times 2")).low > fall(rater("full rater")).high);
});

test("what did not appear is said: no marked rise before the fall", () => {
  const { truth } = band(rater("full rater"));
  assert.ok(Math.max(...truth.map(({ high }) => high)) < 0.05);
});

test("the pictures are drawn from the kept results", () => {
  for (const layout of ["wide", "narrow"] as const)
    assert.ok(
      readFileSync(pictureOf(layout), "utf8") === summariesFigure(figureParts(record, keptOwn()), layout),
      layout,
    );
});

test("the log's figures, where it has an entry on these results, are theirs", () => {
  const log = readFileSync(path.join(import.meta.dirname, "../../../docs/log.md"), "utf8").replaceAll(
    /\s+/gu,
    " ",
  );
  const short = (x: number) => x.toFixed(2).replace(/^0/u, "");
  const falls = rater("full rater")
    .seeds.map((seed) => (seed.fall.kind === "none" ? [] : [seed.fall.point]))
    .flat();
  const { point, low, high } = fall(rater("full rater"));
  const random = fall(rater("chosen at random"));
  const without = ["confidence", "flattery", "length", "noise"].map((name) =>
    short(fall(rater(`without ${name}`)).point),
  );
  const figures = [
    `gap on ${verdicts(rater("full rater"), "gap")} of 20 seeds`,
    `${short(point)} SD [${short(low)}, ${short(high)}] (seeds ${short(Math.min(...falls))} to ${short(Math.max(...falls))})`,
    `n = 1 to 2 on ${rater("full rater").seeds.filter(({ peak }) => peak.kind === "range" && peak.low === 1 && peak.high === 2).length} seeds`,
    `(${without.join(", ")})`,
    `${verdicts(rater("biases times 0.5"), "holds")} hold and ${verdicts(rater("biases times 0.5"), "unclear")} are unclear`,
    `${short(random.point)} [${random.low.toFixed(2).slice(1)}, ${short(random.high)}]`,
    `${verdicts(rater("chosen at random"), "unclear")} are unclear`,
  ];
  assert.doesNotMatch(figures.join(" "), /NaN/u);
  for (const figure of figures) assert.ok(log.includes(figure), figure);
});

test("the README's part, where it stands, is what the kept results say", () => {
  const part = shown(record);
  const [begin, end] = [part.split("\n")[0]!, part.split("\n").at(-1)!];
  const from = readme.indexOf(begin);
  assert.equal(readme.slice(from, readme.indexOf(end) + end.length), part);
  const other = { ...record, raters: record.raters.map((one) => ({ ...one, seeds: one.seeds.slice(1) })) };
  assert.notEqual(shown(other), part);
});
