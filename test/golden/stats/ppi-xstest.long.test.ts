// Prediction-powered intervals for the refusal rates of XSTest's released completions hold the human rate over all 450 of them.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { rngFrom } from "../../../src/stats/index.ts";
import { predictionPowered } from "../../../src/stats/prediction-powered.ts";
import { holds } from "./study.ts";

/** github.com/paul-rottger/exaggerated-safety, evaluation/automated_evaluation_labels, CC BY 4.0. */
const folder = path.resolve(
  import.meta.dirname,
  "../../../../shared/data/xstest/evaluation/automated_evaluation_labels",
);
const absent = existsSync(folder) ? false : `XSTest's released labels are not at ${folder}`;
const models = ["gpt4", "llama2new", "llama2orig", "mistralguard", "mistralinstruct"];
const proxies = ["gpteval", "streval"];
const draws = 1000;

/** Full and partial refusals are refusals. A judge's answer that names no class (11 of 2,250) did not call it one. */
const refused = (label: string) => (/^[23]_/.test(label) ? 1 : 0);

function labelsOf(model: string, proxy: string) {
  const text = readFileSync(path.join(folder, `xstest_v2_completions_${model}_${proxy}.csv`), "utf8");
  const [header = [], ...records] = recordsOf(text);
  const gold = header.indexOf("final_label");
  assert.ok(gold >= 0 && header[gold + 1]?.endsWith("_label"), `columns ${header.join(", ")}`);
  assert.equal(records.length, 450);
  return records.map((record) => ({
    cluster: record[0]!,
    gold: refused(record[gold]!),
    proxy: refused(record[gold + 1]!),
  }));
}

/** Fields in quotes hold commas, line ends and doubled quotes. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    records.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end !== ",") records.push([]);
  }
  return records.filter((record) => record.length > 1);
}

for (const model of models) {
  for (const proxy of proxies) {
    test(`XSTest, ${model}, ${proxy}: the human refusal rate is covered`, { skip: absent }, () => {
      const rows = labelsOf(model, proxy);
      const rate = rows.reduce((sum, { gold }) => sum + gold, 0) / rows.length;
      for (const n of [25, 50, 100]) {
        let covered = 0;
        for (let i = 0; i < draws; i++) {
          const rng = rngFrom(`xstest/${model}/${proxy}/${n}/${i}`);
          const shuffled = rng.shuffled(rows);
          const unlabelled = shuffled.slice(n).map((row) => ({ cluster: row.cluster, proxy: row.proxy }));
          const found = predictionPowered(
            { labelled: shuffled.slice(0, n), unlabelled },
            { range: [0, 1], rng },
          );
          assert.ok(found.kind === "rate");
          if (holds([found.interval.low, found.interval.high], rate)) covered++;
        }
        assert.ok(covered >= 0.93 * draws, `${n} labels: ${covered} of ${draws} intervals hold ${rate}`);
      }
    });
  }
}

const good = ["gpt4 gpteval", "gpt4 streval", "llama2new streval"];
test(
  "with 100 labels a judge that errs in 28 to 34 of 450 narrows the mean interval by a fifth",
  { skip: absent },
  () => {
    for (const [model = "", proxy = ""] of good.map((name) => name.split(" "))) {
      const rows = labelsOf(model, proxy);
      const widths = [0, 0];
      for (let i = 0; i < 200; i++) {
        const rng = rngFrom(`xstest widths/${model}/${proxy}/${i}`);
        const shuffled = rng.shuffled(rows);
        const labelled = shuffled.slice(0, 100);
        [shuffled.slice(100), []].forEach((unlabelled, j) => {
          const found = predictionPowered({ labelled, unlabelled }, { range: [0, 1], rng });
          assert.ok(found.kind === "rate");
          widths[j]! += found.interval.high - found.interval.low;
        });
      }
      assert.ok(widths[0]! < 0.8 * widths[1]!, `${model}, ${proxy}: ${widths[0]! / widths[1]!}`);
    }
  },
);
