// XSTest's released labels give the rates that its authors printed: people, GPT-4 as judge and string match, for five models.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { SetupError } from "../../../src/core/errors.ts";
import { labelAgreement } from "../../../src/goodhart/label-agreement.ts";
import type { Score, SpecificationRow } from "../../../src/goodhart/specification-row.ts";
import { binaryOf } from "../../../src/goodhart/table/binary-of.ts";
import { readCsv } from "../../../src/goodhart/table/read-csv.ts";
import type { Table } from "../../../src/goodhart/table/table.ts";
import { textOf } from "../../../src/goodhart/table/text-of.ts";
import { cohenKappa } from "../../../src/stats/cohen-kappa.ts";
import { rngFrom } from "../../../src/stats/rng.ts";

/** github.com/paul-rottger/exaggerated-safety, CC BY 4.0; the tables are those that its evaluation/analysis.ipynb prints. */
const folder = path.resolve(import.meta.dirname, "../../../../shared/data/xstest");
const absent = existsSync(folder) ? false : `XSTest's released labels are not at ${folder}`;

const files = {
  final_label: "gpteval",
  gpt4_label: "gpteval",
  strmatch_label: "streval",
} as const;
type Rater = keyof typeof files;

/** One printed table: the rows of a group of prompts, the shares of each label in percent. */
type Printed = {
  readonly model: string;
  readonly rater: Rater;
  readonly labels: readonly string[];
  readonly shares: ReadonlyMap<string, readonly number[]>;
};

function printedTables(): readonly Printed[] {
  const tables: { model: string; rater: Rater; labels: string[]; shares: Map<string, number[]> }[] = [];
  let model = "";
  for (const line of readFileSync(path.join(folder, "published_tables.txt"), "utf8").split("\n")) {
    if (line.startsWith("## ")) model = line.slice(3).toLowerCase();
    const [name = "", ...cells] = line.split(" | ");
    if (name in files) tables.push({ model, rater: name as Rater, labels: cells, shares: new Map() });
    else if (cells.length > 0 && cells.every((cell) => /^[\d.]+%$/.test(cell)))
      tables.at(-1)!.shares.set(name, cells.map(Number.parseFloat));
  }
  return tables;
}

const tableOf = (file: string): Table => readCsv(readFileSync(path.join(folder, file)), file, ",");

const labelsOf = (model: string, rater: Rater) =>
  tableOf(`evaluation/automated_evaluation_labels/xstest_v2_completions_${model}_${files[rater]}.csv`);

/** Every row with what the rater and people say of one label: 1 where it is this one. A label that nobody gives is 0 throughout. */
function rowsOf(table: Table, rater: Rater, label: string): readonly (SpecificationRow & { type: string })[] {
  const [ids, types, responses] = ["id", "type", "completion"].map((column) => textOf(table, column));
  const scores = (column: string): readonly Score[] => {
    try {
      return binaryOf(table, column, { ones: [label] }).map((cell) =>
        cell.kind === "number"
          ? { kind: "scored", value: cell.value }
          : { kind: "unscored", because: cell.because },
      );
    } catch (error) {
      assert.ok(error instanceof SetupError && /no cell of column/.test(error.message), String(error));
      return table.rows.map(() => ({ kind: "scored", value: 0 }));
    }
  };
  const [proxies, golds] = [scores(rater), scores("final_label")];
  const text = (cells: readonly ReturnType<typeof textOf>[number][] | undefined, i: number) => {
    const cell = cells?.[i];
    return cell?.kind === "text" ? cell.value : assert.fail(`row ${i + 1} lacks a text`);
  };
  return table.rows.map((_, i) => ({
    place: `row ${i + 1}`,
    prompt: text(ids, i),
    cluster: text(ids, i),
    type: text(types, i),
    response: text(responses, i),
    proxy: proxies[i]!,
    gold: golds[i]!,
  }));
}

/** Safe prompts are printed as "False" (no contrast), unsafe ones as "True", the finer table by the type itself. */
const isIn = (group: string, type: string) =>
  group === "False" || group === "True"
    ? type.startsWith("contrast_") === (group === "True")
    : type === group;

const tables = absent === false ? printedTables() : [];

test("the printed tables are there: per model one by type and three by safety", { skip: absent }, () => {
  assert.equal(tables.length, 20);
  assert.equal(
    tables.reduce((sum, { labels, shares }) => sum + labels.length * shares.size, 0),
    // By type 5 x 18 x 3; by safety 5 x 3 x 3 of people, 5 x 2 x 2 of string match, and of GPT-4 2 x (3 + 3 + 3 + 8 + 2).
    270 + 30 + 20 + 38,
  );
});

for (const { model, rater, labels, shares } of tables)
  test(`XSTest, ${model}, ${rater}: the released labels give the ${shares.size} x ${labels.length} printed shares`, () => {
    const table = labelsOf(model, rater);
    assert.equal(table.rows.length, 450);
    for (const [l, label] of labels.entries()) {
      const rows = rowsOf(table, rater, label);
      for (const [group, printed] of shares) {
        const own = rows.filter(({ type }) => isIn(group, type));
        assert.ok(own.length >= 25, group);
        const { descriptors } = labelAgreement(own, rngFrom(1));
        const rate = descriptors.find(({ name }) => name === "proxy rate")?.estimate;
        assert.ok(rate?.kind === "rate", `${group}, ${label}: not measured`);
        assert.equal((100 * rate.point).toFixed(1), printed[l]!.toFixed(1), `${group}, ${label}`);
        assert.equal(rate.n, own.length);
        assert.ok(rate.interval.low <= rate.point && rate.point <= rate.interval.high);
      }
    }
  });

test("a label that a judge never gives is refused by name, and not read as 0", { skip: absent }, () => {
  assert.throws(
    () => binaryOf(labelsOf("gpt4", "gpt4_label"), "gpt4_label", { ones: ["3_partial_refusal"] }),
    (error) =>
      error instanceof SetupError &&
      /no cell of column "gpt4_label" holds "3_partial_refusal"/.test(error.message) &&
      error.hint === 'It holds "1_full_compliance" (258), "2_full_refusal" (192).',
  );
});

test(
  "a judge that wrote something else than a label leaves 11 of 450 unscored, with bounds",
  { skip: absent },
  () => {
    const table = labelsOf("mistralinstruct", "gpt4_label");
    const refusals = ["2_full_refusal", "3_partial_refusal"];
    const cells = binaryOf(table, "gpt4_label", { ones: refusals, zeros: ["1_full_compliance"] });
    assert.equal(cells.filter(({ kind }) => kind === "missing").length, 11);
    const golds = binaryOf(table, "final_label", { ones: refusals });
    const rows = rowsOf(table, "gpt4_label", "1_full_compliance").map((row, i): SpecificationRow => {
      const [proxy, gold] = [cells[i]!, golds[i]!];
      assert.ok(gold.kind === "number");
      return {
        ...row,
        proxy:
          proxy.kind === "number"
            ? { kind: "scored", value: proxy.value }
            : { kind: "unscored", because: proxy.because },
        gold: { kind: "scored", value: gold.value },
      };
    });
    const { descriptors, notes } = labelAgreement(rows, rngFrom(1));
    const counted = (name: string) => {
      const estimate = descriptors.find((one) => one.name === name)?.estimate;
      return estimate?.kind === "rate" ? Math.round(estimate.point * estimate.observations) : undefined;
    };
    assert.equal(counted("proxy rate, highest")! - counted("proxy rate, lowest")!, 11);
    assert.equal(counted("accuracy, highest")! - counted("accuracy, lowest")!, 11);
    assert.match(notes.join(), /11 of 450/);
  },
);

/** As printed: share of agreement in percent, and Fleiss' kappa, which with two raters is near Cohen's. */
const annotators = {
  llama2orig: [96.4, 0.93],
  llama2new: [95.8, 0.93],
  mistralinstruct: [97.6, 0.92],
  mistralguard: [93.8, 0.89],
  gpt4: [98.4, 0.97],
} as const;

for (const [model, [agree, fleiss]] of Object.entries(annotators))
  test(`XSTest, ${model}: two people agree as printed`, { skip: absent }, () => {
    const table = tableOf(`model_completions/xstest_v2_completions_${model}.csv`);
    const [first, second] = ["annotation_1", "annotation_2"].map((column) => textOf(table, column));
    const items = table.rows.map((_, i) => {
      const [one, two] = [first![i]!, second![i]!];
      assert.ok(one.kind === "text" && two.kind === "text");
      return { cluster: String(i), first: one.value, second: two.value };
    });
    const same = items.filter((item) => item.first === item.second).length / items.length;
    assert.equal((100 * same).toFixed(1), agree.toFixed(1));
    const kappa = cohenKappa(items);
    assert.ok(kappa.kind === "rate");
    assert.ok(Math.abs(kappa.point - fleiss) <= 0.0055, `${kappa.point} is not ${fleiss}`);
    assert.ok(kappa.interval.low > 0.8 && kappa.interval.low < kappa.point);
  });
