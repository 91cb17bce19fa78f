// What docs/stats.md and docs/log.md say of the comparison of forms is counted again, world by world, from the same draws.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { compared, worlds } from "../../../src/stats/curve-forms.test.support.ts";
import type { CurveForms } from "../../../src/stats/curve-forms.ts";

const pageOf = (name: string) =>
  readFileSync(path.join(import.meta.dirname, "../../../docs", name), "utf8").replaceAll(/\s+/gu, " ");
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const answerOf = (one: CurveForms) => (one.kind === "compared" ? one.answer : assert.fail(one.because));
/** By world: 400 prompts, which two tests look at. */
const many = new Map<string, readonly CurveForms[]>();
const manyOf = (name: string) => {
  const found = many.get(name) ?? compared(name, 400, 60);
  many.set(name, found);
  return found;
};

for (const name of Object.keys(worlds))
  test(`docs/stats.md quotes what the comparison of forms answers in the world "${name}"`, () => {
    const cells = [compared(name, 100, 200), manyOf(name)].flatMap((all) =>
      ["turns over", "one way", "can't tell"].map((answer) =>
        percent(all.filter((one) => answerOf(one) === answer).length / all.length),
      ),
    );
    const line = `| ${name} | ${cells.join(" | ")} |`;
    assert.ok(pageOf("stats.md").includes(line), line);
  });

/** The answer if the two published forms alone stood for a turn: the better of them against the best one-way form. */
function byPublished(one: CurveForms): string {
  assert.ok(one.kind === "compared");
  const published = one.forms.filter((form) => form.published);
  const turning = published.filter(({ turns }) => turns);
  const lossOf = ({ heldOutLoss }: (typeof published)[number]) =>
    heldOutLoss.kind === "rate" ? heldOutLoss.point : assert.fail(heldOutLoss.because);
  const { lossAgainstBestMonotone: against } = (turning.length > 0 ? turning : published).reduce((a, b) =>
    lossOf(b) < lossOf(a) ? b : a,
  );
  if (against.kind === "none" || (against.interval.low <= 0 && against.interval.high >= 0))
    return "can't tell";
  return against.point < 0 ? "turns over" : "one way";
}

test("docs/log.md says what the published forms alone would have answered where the curve turns over", () => {
  const all = manyOf("turnover by a feature, gold 0 or 1");
  const wrong = all.filter((one) => byPublished(one) === "one way").length;
  const line = `"one way" on ${wrong} of ${all.length} draws of 400 prompts`;
  assert.ok(pageOf("log.md").includes(line), line);
});

test("docs/log.md says how many turns the comparison finds at 400 prompts", () => {
  const [binary, scale, heavy] = ["a feature, gold 0 or 1", "a feature", "heavy tails"].map((by) => {
    const all = manyOf(`turnover by ${by}`);
    return `${all.filter((one) => answerOf(one) === "turns over").length} of ${all.length}`;
  });
  const line = `it finds ${binary} turns in that world, ${scale} where the gold is on a scale and ${heavy} under heavy tails`;
  assert.ok(pageOf("log.md").includes(line), line);
});
