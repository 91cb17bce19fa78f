// The card's YAML front matter: what the Hugging Face hub reads of a model card, the results as its `model-index`.

import { stringify } from "yaml";
import { visible } from "../../core/visible.ts";
import type { GapRecord, RunRecord } from "../../core/run-record.ts";
import { scoresFrom } from "../scores-from.ts";
import { viewOf } from "../sections/views.ts";
import { count, scaleOf, share, withInterval } from "../figures.ts";

/** With its `---` lines. The format has no field for an interval: the value says it in words, and `args` holds it in numbers. */
export function metadata(record: RunRecord): string {
  const { manifest, suites, gaps } = record;
  const license = licenseOf(manifest.model.details);
  const text = stringify(
    {
      ...(license === undefined ? {} : { license }),
      tags: ["trueline", "behavioural-evaluation", ...suites.map(({ name }) => visible(name))],
      "model-index": [
        { name: visible(manifest.model.title), results: gaps.map((gap) => result(gap, record)) },
      ],
    },
    { lineWidth: 0, version: "1.2" },
  );
  return `---\n${text}---`;
}

function result(gap: GapRecord, { manifest, suites }: RunRecord) {
  const version = suites.find(({ name }) => name === gap.suite)?.version;
  return {
    task: { type: "text-generation", name: visible(gap.intention) },
    dataset: datasetOf(manifest, gap),
    metrics: [
      {
        type: `trueline/${visible(gap.suite)}`,
        name: visible(`${gap.suite}: ${gap.name}`),
        value: valueText(gap),
        args: {
          ...numbers(gap),
          margin: gap.margin,
          verdict: gap.verdict,
          control: controlText(gap),
          ...(version === undefined ? {} : { suite_version: visible(version) }),
        },
      },
    ],
  };
}

function datasetOf(manifest: RunRecord["manifest"], { suite }: GapRecord) {
  const { world, model, seed } = manifest;
  if (world === undefined)
    return { type: `trueline/${broughtIn(manifest, suite)}`, name: visible(model.id), args: { seed } };
  return {
    type: `trueline/${visible(world.name)}`,
    name: `Trueline world "${visible(world.name)}"`,
    revision: visible(world.version),
    args: { seed, facts: world.facts },
  };
}

/** What the file brought: the rest was asked for. */
function broughtIn(manifest: RunRecord["manifest"], suite: string): string {
  const stored = viewOf(suite).stored ?? "stored scores";
  const { drawn, called } = scoresFrom(manifest, stored);
  return drawn ? "prompts" : called.length > 0 ? "stored-samples" : stored.replaceAll(" ", "-");
}

function valueText({ gap, margin, unit }: GapRecord): string {
  if (gap.kind === "none") return visible(`not measured: ${gap.because}`);
  return `${withInterval(gap, scaleOf({ unit }), margin)} (${share(gap.level)} interval, ${count(gap)})`;
}

function controlText({ suite, control, unit }: GapRecord): string {
  const { value } = control;
  const scale = viewOf(suite).controlScale;
  const measured =
    value.kind === "none"
      ? `not measured: ${value.because}`
      : `${withInterval(value, scale === "percent" ? scaleOf({ unit }) : scale)}, ${count(value)}`;
  return visible(`${control.says}: ${measured}`);
}

function numbers({ gap }: GapRecord) {
  if (gap.kind === "none") return { kind: "none", because: visible(gap.because), n: gap.n };
  const { kind, point, low, high, level, n, observations, method } = gap;
  return { kind, point, low, high, level, n, observations, method: visible(method) };
}

/** The hub knows licences by their lower-case names. Nothing is said where the record holds none. */
function licenseOf(details: RunRecord["manifest"]["model"]["details"]): string | undefined {
  const entry = Object.entries(details).find(([key]) => /^licen[cs]e$/i.test(key));
  return entry === undefined ? undefined : visible(String(entry[1])).toLowerCase();
}
