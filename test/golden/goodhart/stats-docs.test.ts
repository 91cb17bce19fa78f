// What docs/stats.md, docs/log.md and decisions 7 and 8 say of few labels, kinds, kappa and XSTest is what the stored results say.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { labelAgreement } from "../../../src/goodhart/label-agreement.ts";
import { leastEffectiveLabels } from "../../../src/goodhart/powered-rows.ts";
import type { Score, SpecificationRow } from "../../../src/goodhart/specification-row.ts";
import { binaryOf } from "../../../src/goodhart/table/binary-of.ts";
import { readCsv } from "../../../src/goodhart/table/read-csv.ts";
import { textOf } from "../../../src/goodhart/table/text-of.ts";
import type { Estimate } from "../../../src/stats/estimate.ts";
import { rngFrom } from "../../../src/stats/rng.ts";
import { wilson } from "../../../src/stats/wilson.ts";
import { worlds } from "./coverage.ts";
import { kindsOf, type Judged } from "./kinds.ts";
import { drawings, full, studied, unruled, type Drawn, type LabelsCoverage } from "./labels-coverage.ts";

const root = path.join(import.meta.dirname, "../../..");
const textAt = (...parts: readonly string[]) => readFileSync(path.join(root, ...parts), "utf8");
const pageOf = (name: string) => textAt("docs", name).replaceAll(/\s+/gu, " ");
const storedAt = (name: string): unknown => JSON.parse(textAt("test/golden/goodhart", name));

function says(page: string, ...lines: readonly string[]) {
  for (const line of lines) assert.ok(pageOf(page).includes(line), `${page} does not say: ${line}`);
}

const percent = (share: number) => (100 * share).toFixed(1);
const span = (values: readonly number[], shown: (value: number) => string) => {
  const [low, high] = [shown(Math.min(...values)), shown(Math.max(...values))];
  return low === high ? low : `${low} to ${high}`;
};

const labels = storedAt("labels-coverage.json") as readonly LabelsCoverage[];
const drawnAs = ({ labels: how, share, least }: Drawn) =>
  labels.filter((row) => row.labels === how && row.share === share && row.least === least);
const allLabels = (row: LabelsCoverage) =>
  drawnAs(full).find(({ world, prompts }) => world === row.world && prompts === row.prompts)!;

for (const drawn of drawings)
  test(`docs/stats.md quotes the stored coverage of ${100 * drawn.share} % of labels, ${drawn.labels}`, () => {
    const rows = drawnAs(drawn);
    assert.equal(rows.length, studied.length);
    const held = (of: "band" | "set" | "interval") =>
      span(
        rows.map((row) => row[of]),
        (share) => `${percent(share)} %`,
      );
    // Where the truth falls up to the n reached, a turnover that is claimed is none too many.
    const flat = rows.filter((row) => row.flat >= 100).map(({ falselyClaimed }) => falselyClaimed);
    const times = (of: "halfAtOne" | "halfAtThree" | "halfAtReach") => {
      const there = of === "halfAtReach" ? rows.filter(({ reach }) => reach === full16) : rows;
      return there.length === 0
        ? "not reached"
        : span(
            there.map((row) => row[of] / allLabels(row)[of]),
            (ratio) => ratio.toFixed(2),
          );
    };
    const reach = (of: (row: LabelsCoverage) => number) =>
      span(rows.map(of), (n) => (Number.isInteger(n) ? String(n) : n.toFixed(1)));
    const instead = drawn.labels === "random" ? reach((row) => row.leftOut.reach) : "not run";
    const how = drawn.labels === "random" ? "even" : "planned";
    says(
      "stats.md",
      `| ${how}, ${100 * drawn.share} % | ${held("band")} | ${held("set")} | ${held("interval")} | ${percent(Math.max(...flat))} % at most | ${reach((row) => row.reach)} | ${instead} | ${times("halfAtOne")} | ${times("halfAtThree")} | ${times("halfAtReach")} |`,
    );
  });
const full16 = drawnAs(full)[0]!.reach;

test("docs/stats.md says what the study of few labels is made of, and which worlds are not in it", () => {
  const rows = drawings.flatMap(drawnAs);
  assert.deepEqual([...new Set(rows.map(({ repetitions }) => repetitions))], [500]);
  assert.deepEqual([...new Set(drawnAs(full).map(({ repetitions }) => repetitions))], [50]);
  assert.equal(full16, 16);
  const names = (of: number) => studied.flatMap(([world, prompts]) => (prompts === of ? [world] : []));
  says(
    "stats.md",
    `500 repetitions a row: ${names(60).join("; ")}; each at 60 prompts, the first two at 120 too.`,
    "The widths with all labels are from 50 repetitions a row.",
  );
  assert.deepEqual(names(120), names(60).slice(0, 2));
  says("stats.md", `500 repetitions allow for 5 % (${percent(0.05 + 2 * Math.sqrt((0.05 * 0.95) / 500))} %)`);
  const held = rows.flatMap(({ band, set, interval }) => [band, set, interval]);
  assert.ok(Math.min(...held) >= 0.93, "no estimate holds the truth less often than 93 %");
  const missing = Object.keys(worlds).filter((world) => studied.every(([one]) => one !== world));
  says("stats.md", `Not simulated: ${missing.join("; ")};`);
});

test("docs/stats.md and the log say what happens without the least number of effective labels", () => {
  const [fewest, few] = unruled.map((drawn) => drawnAs(drawn)[0]!) as [LabelsCoverage, LabelsCoverage];
  assert.deepEqual([fewest.repetitions, few.repetitions], [1000, 1000]);
  const claimed = `${percent(fewest.falselyClaimed)} % and ${percent(few.falselyClaimed)} %`;
  const set = `${percent(fewest.set)} % and ${percent(few.set)} %`;
  says("stats.md", `weigh as much as ${leastEffectiveLabels} of equal weight`);
  says("stats.md", `with ${100 * fewest.share} % and ${100 * few.share} % of the samples labelled`);
  says("stats.md", `claimed in ${claimed} of 1,000 draws, and the peak's set held its peak in ${set}.`);
  says("decisions/0007-labels-that-are-few.md", `in ${claimed} of 1,000 draws`);
  const even = drawings.filter((drawn) => drawn.labels === "random").map(drawnAs);
  const reaches = (of: (row: LabelsCoverage) => number) =>
    even.map((rows) => span(rows.map(of), (n) => n.toFixed(1))).join(" and ");
  says(
    "log.md",
    `reached n = ${reaches((row) => row.leftOut.reach)} on average (10 % and 30 % labelled); with a gold made for every sample ${reaches((row) => row.reach)}.`,
  );
  says("log.md", `${claimed} of 1,000 draws, at 5 % and 10 % labelled`);
});

const judged = storedAt("kinds.json") as readonly Judged[];
const names = ["none seen", "regressional", "extremal", "causal", "adversarial", "can't tell"] as const;
const of = (set: string) => judged.filter((row) => row.set === set);
const isRight = ({ planted, named }: Judged) => named === (planted === "none" ? "none seen" : planted);
const countOf = (rows: readonly Judged[], keep: (row: Judged) => boolean) => rows.filter(keep).length;
const shareOf = (rate: Estimate) =>
  rate.kind === "none"
    ? rate.because
    : `${percent(rate.point)} % [${percent(rate.interval.low)}, ${percent(rate.interval.high)}]`;

test("docs/stats.md quotes the stored confusion matrix of kinds, and what it comes to", () => {
  for (const planted of kindsOf["held out"]) {
    const rows = of("held out").filter((row) => row.planted === planted);
    const cells = names.map((name) => countOf(rows, ({ named }) => named === name));
    says("stats.md", `| ${planted === "none" ? "nothing" : planted} | ${cells.join(" | ")} |`);
  }
  for (const [set, how] of [
    ["held out", "On the held-out set"],
    ["tuning", "on the set that the rules were made on"],
  ] as const) {
    const named = of(set).filter((row) => row.named !== "can't tell");
    const right = countOf(named, isRight);
    const unknown = of(set).length - named.length;
    says(
      "stats.md",
      `${how} ${right} of the ${named.length} that got a name were named right, ${shareOf(wilson(right, named.length))}, and ${unknown} of ${of(set).length} can't be told, ${shareOf(wilson(unknown, of(set).length))}`,
    );
  }
});

test("docs/stats.md and decision 8 say what is named where what shows the kind is withheld", () => {
  const withheld = (planted: string, named: string) =>
    countOf(of("withheld"), (row) => row.planted === planted && row.named === named);
  const each = countOf(of("withheld"), ({ planted }) => planted === "causal");
  assert.equal(
    countOf(of("withheld"), ({ planted }) => planted === "adversarial"),
    each,
  );
  says(
    "stats.md",
    `Causal worlds without their grader: ${withheld("causal", "can't tell")} of ${each} can't be told.`,
    `Adversarial ones without texts and labels: ${withheld("adversarial", "regressional")} of ${each} are called regressional, ${withheld("adversarial", "extremal")} extremal, ${withheld("adversarial", "can't tell")} can't be told.`,
  );
  says(
    "decisions/0008-goodharts-kind.md",
    `${withheld("adversarial", "regressional")} of ${each} adversarial worlds`,
  );
});

test("docs/stats.md quotes the bars of the long test of kappa", () => {
  const source = textAt("src/stats/cohen-kappa.long.test.ts");
  assert.match(source, /const REPETITIONS = 2000;/);
  const found = /const least = \{([^}]*)\}/u.exec(source)![1]!;
  const bars = [...found.matchAll(/"(\d+) x (\d+)": (0\.\d+)/gu)].map(
    ([, clusters, each, bar]) => `${clusters} x ${each}: ${percent(Number(bar))} %`,
  );
  assert.equal(bars.length, 4);
  says("stats.md", `in at least (independent units x items of each) ${bars.join(", ")}`);
});

const folder = path.resolve(root, "../shared/data/xstest/evaluation/automated_evaluation_labels");
const absent = existsSync(folder) ? false : `XSTest's released labels are not at ${folder}`;
const shownAs = {
  gpt4: "GPT-4",
  llama2new: "Llama 2, new prompt",
  llama2orig: "Llama 2, original prompt",
  mistralguard: "Mistral, guarded",
  mistralinstruct: "Mistral, plain",
} as const;

/** A refusal, full or partial, is 1. */
function refusals(model: string, file: "gpteval" | "streval", rater: string): readonly SpecificationRow[] {
  const name = `xstest_v2_completions_${model}_${file}.csv`;
  const table = readCsv(readFileSync(path.join(folder, name)), name, ",");
  const texts = (column: string) =>
    textOf(table, column).map((cell) => (cell.kind === "text" ? cell.value : assert.fail(column)));
  const scores = (column: string): readonly Score[] => {
    const given = new Set(textOf(table, column).map((cell) => (cell.kind === "text" ? cell.value : "")));
    const ones = ["2_full_refusal", "3_partial_refusal"].filter((label) => given.has(label));
    return binaryOf(table, column, { ones, zeros: ["1_full_compliance"] }).map((cell) =>
      cell.kind === "number"
        ? { kind: "scored", value: cell.value }
        : { kind: "unscored", because: cell.because },
    );
  };
  const [ids, responses] = [texts("id"), texts("completion")];
  const [proxies, golds] = [scores(rater), scores("final_label")];
  return ids.map((id, i) => ({
    place: `row ${i + 1}`,
    prompt: id,
    cluster: id,
    response: responses[i]!,
    proxy: proxies[i]!,
    gold: golds[i]!,
  }));
}

const two = (value: number) => {
  const text = Math.abs(value).toFixed(2);
  return value < 0 && Number(text) > 0 ? `-${text}` : text;
};

/** The ruler's share, and how a proxy compares with people and with the ruler. */
function besideTheRuler(model: string, file: "gpteval" | "streval") {
  const rows = refusals(model, file, file === "gpteval" ? "gpt4_label" : "strmatch_label");
  const { descriptors } = labelAgreement(rows, rngFrom(1));
  const estimate = (name: string) => {
    const found = descriptors.find((one) => one.name === name)?.estimate;
    assert.ok(found !== undefined && found.kind !== "none", name);
    return found;
  };
  const { point, interval, n } = estimate("accuracy beyond the length ruler");
  return {
    accuracy: estimate("accuracy").point,
    ruler: estimate("length ruler, labels").point,
    beyond: `${two(point)} [${two(interval.low)}, ${two(interval.high)}]`,
    n,
  };
}

for (const [model, shown] of Object.entries(shownAs))
  test(`docs/stats.md quotes judge, string match and length ruler on ${model}`, { skip: absent }, () => {
    const [judge, match] = [besideTheRuler(model, "gpteval"), besideTheRuler(model, "streval")];
    assert.equal(match.n, 450);
    const fewer = judge.n === 450 ? "" : `, n = ${judge.n}`;
    says(
      "stats.md",
      `| ${shown} | ${percent(judge.ruler)} % | ${percent(judge.accuracy)} % | ${judge.beyond}${fewer} | ${percent(match.accuracy)} % | ${match.beyond} |`,
    );
  });

test("the log quotes where the judge is no better than the ruler", { skip: absent }, () => {
  const [plain, original] = ["mistralinstruct", "llama2orig"].map((model) =>
    besideTheRuler(model, "gpteval"),
  );
  says("log.md", `(${plain!.beyond}, ${plain!.n} replies)`, `(${original!.beyond}, ${original!.n} replies)`);
});

test(
  "on plain Mistral's replies the ruler comes to the commonest label, as docs/stats.md says",
  { skip: absent },
  () => {
    const rows = refusals("mistralinstruct", "gpteval", "gpt4_label");
    const golds = rows.flatMap(({ proxy, gold }) =>
      proxy.kind === "scored" && gold.kind === "scored" ? [gold.value] : [],
    );
    const complied = golds.filter((gold) => gold === 0).length;
    assert.ok(besideTheRuler("mistralinstruct", "gpteval").ruler <= complied / golds.length + 1e-9);
    says("stats.md", `${complied} of its ${golds.length} replies comply`);
    says("stats.md", `(${rows.length - golds.length} of ${rows.length} are left out`);
  },
);
