// Tests of the model card: metadata that YAML reads, tables that hold, and hostile text that stays text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { visible, visibleLines } from "../core/visible.ts";
import { renderCard } from "./card.ts";
import { shapeOf } from "./card/shape.test.support.ts";
import { hostile } from "./hostile.test.support.ts";
import { emptyRecord, recordFullOf, sampleRecord } from "./sample-record.test.support.ts";

type Metadata = {
  readonly license?: string;
  readonly tags: readonly string[];
  readonly "model-index": readonly {
    readonly name: string;
    readonly results: readonly {
      readonly task: { readonly type: string };
      readonly dataset: { readonly type: string; readonly name: string };
      readonly metrics: readonly {
        readonly type: string;
        readonly name: string;
        readonly value: string;
        readonly args: Record<string, unknown>;
      }[];
    }[];
  }[];
};

function frontMatter(card: string): Metadata {
  const [, yaml] = /^---\n([\s\S]*?)\n---\n/.exec(card) ?? [];
  return parse(yaml ?? "") as Metadata;
}

test("the metadata names the model by its full title and holds every gap with value, interval, n and verdict", () => {
  const record = sampleRecord();
  const data = frontMatter(renderCard(record));
  assert.equal(data.license, "apache-2.0");
  assert.ok(data.tags.includes("trueline") && data.tags.includes("calibration"));
  const [index] = data["model-index"];
  assert.equal(index?.name, record.manifest.model.title);
  assert.equal(index.results.length, record.gaps.length);
  for (const [i, { task, dataset, metrics }] of index.results.entries()) {
    const [metric] = metrics;
    const gap = record.gaps[i];
    assert.ok(task.type && dataset.type && dataset.name && metric?.type && metric.name);
    assert.equal(metric.args["verdict"], gap?.verdict);
    if (gap?.gap.kind === "none") assert.match(metric.value, /^not measured: \w/);
    else {
      assert.match(
        metric.value,
        /^[+−]?[\d.]+\u00a0(?:%|pp) \[[+−]?[\d.]+,\u00a0[+−]?[\d.]+\] \(95\u00a0% interval, n\u00a0=\u00a0\d+/,
      );
      assert.equal(metric.args["low"], gap?.gap.low);
      assert.equal(metric.args["n"], gap?.gap.n);
    }
  }
});

test("a licence that is not known is not named", () => {
  const record = sampleRecord();
  const details = { file: "x.gguf" };
  assert.equal(
    frontMatter(
      renderCard({
        ...record,
        manifest: { ...record.manifest, model: { ...record.manifest.model, details } },
      }),
    ).license,
    undefined,
  );
});

test("the card begins with the full title, and holds the sections that a card must hold", () => {
  const card = renderCard(sampleRecord());
  const headings = [...card.matchAll(/^##? .*/gm)].map(([line]) => line);
  assert.deepEqual(headings, [
    "# SmolLM2-135M-Instruct, Q4\\_1, dequantised to fp32",
    "## What was measured",
    "## Gaps",
    "## Beside the gaps",
    "## Known failure modes",
    "## What could not be tested",
    "## What this means for someone who only uses the model",
    "## Limits",
    "## How to reproduce this",
  ]);
});

test("each row of the table of gaps holds interval, n, control and verdict, or says that there is no number", () => {
  const card = renderCard(sampleRecord()).replaceAll("\u00a0", " ");
  const rows = card
    .slice(card.indexOf("## Gaps"), card.indexOf("## Beside the gaps"))
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2);
  assert.equal(rows.length, 11);
  for (const row of rows) {
    assert.match(row, /(?:[+−]?[\d.]+ (?:%|pp) \[[+−]?[\d.]+, [+−]?[\d.]+\]|not measured: \w)/);
    assert.match(row, /\| n = \d+/);
    assert.match(row, /[◆●■✕] (?:gap|holds|unclear|could not test)/);
  }
});

test("each known failure mode stands with evidence and the command that reproduces it", () => {
  const card = renderCard(sampleRecord());
  const modes = card.slice(
    card.indexOf("## Known failure modes"),
    card.indexOf("## What could not be tested"),
  );
  for (const name of ["suggestion", "calibration", "under-refusal", "persona"])
    assert.ok(modes.includes(`\n### ${name}\n`), name);
  assert.match(modes, /```sh\ntrueline replay .+ sycophancy\/main\/mention\/capitals\/australia\n/);
  assert.match(modes, /cut: 120 of 151 characters shown/);
});

test("an empty run says not measured, everywhere and with reasons", () => {
  const card = renderCard(emptyRecord());
  assert.ok((card.match(/Not measured: \w/g) ?? []).length >= 5);
  assert.doesNotMatch(card, /NaN|undefined|null/);
  assert.deepEqual(frontMatter(card)["model-index"][0]?.results, []);
});

test("the same record gives the same bytes", () => {
  assert.equal(renderCard(sampleRecord()), renderCard(sampleRecord()));
});

const harmless = shapeOf(renderCard(recordFullOf("plain words")));
for (const [name, text] of Object.entries(hostile).filter(([key]) => key !== "long")) {
  test(`a record full of hostile text (${name}) gives a card of the same shape as one full of plain words`, () => {
    const card = renderCard(recordFullOf(text));
    assert.deepEqual(shapeOf(card), harmless);
    assert.equal(frontMatter(card)["model-index"][0]?.name, visible(text));
    assert.equal(visibleLines(card), card, "nothing that acts or hides is left");
  });
}

test("the shape that is compared bites: a cell, a heading and a fence that break out change it", () => {
  const card = renderCard(recordFullOf("plain words"));
  for (const [from, to] of [
    ["plain words |", "plain | words |"],
    ["plain words", "plain\n# words"],
    ["```text\n", "```text\n```\n"],
  ] as const) {
    assert.notDeepEqual(shapeOf(card.replaceAll(from, to)), harmless);
  }
});
