// The manifest: everything that pins this run.

import type { RunRecord } from "../../core/run-record.ts";
import { inUnitOf, share, whole } from "../figures.ts";
import { markup, type Html } from "../markup.ts";
import { tableHtml } from "../parts/table.ts";
import { scoresFrom } from "../scores-from.ts";
import { subjectOf } from "../subject.ts";
import { notMeasured, type Section } from "../section.ts";
import { viewOf } from "./views.ts";

export const manifest: Section = {
  title: "Manifest",
  lacks: () => undefined,
  render: (record) =>
    markup`<dl class="manifest">
${entries(record).map(
  ([what, value]) =>
    markup`<div>
<dt>${what}</dt>
<dd>${value}</dd>
</div> `,
)}
</dl>
${stagesHtml(record)}`,
};

function entries(record: RunRecord): readonly (readonly [string, Html])[] {
  const { manifest: m, tokens, timing } = record;
  const revision = m.model.revision;
  const subject = subjectOf(record);
  return [
    [capital(subject), markup`${m.model.title}`],
    subject === "model"
      ? ["Named as", markup`<code>${m.model.id}</code>, ${m.model.kind}`]
      : ["File", markup`<code>${m.model.id}</code>`],
    revision.kind === "sha256"
      ? [subject === "model" ? "Model's sha256" : "File's sha256", markup`<code>${revision.value}</code>`]
      : ["Model's revision", markup`<span class="absent">not pinned: ${revision.because}</span>`],
    ...Object.entries(m.model.details).map(
      ([key, value]) => [capital(key), markup`${typeof value === "number" ? whole(value) : value}`] as const,
    ),
    ["Trueline", markup`${m.trueline}`],
    ["Engine", markup`${m.engine}`],
    ["Self-check", markup`${m.selfCheck}`],
    ["Seed", markup`${m.seed}`],
    ["Margin", markup`<span class="plan">${marginOf(record)}</span>`],
    ...(subject === "specification"
      ? [["Measured on", markup`${scoresFrom(m, viewOf(record.gaps[0]?.suite ?? "").stored).says}`] as const]
      : []),
    ...askedEntries(m, tokens),
    [
      "Time",
      markup`began ${moment(timing.startedAt)}, took ${whole(Math.round(timing.seconds))} s${timing.matmulGflops === undefined ? "; the machine's matmul rate was not measured" : `, at ${whole(Math.round(timing.matmulGflops))} GFLOP/s in large matmuls`}`,
    ],
  ];
}

/** What only a run that asked a model has to say. */
function askedEntries(
  m: RunRecord["manifest"],
  tokens: RunRecord["tokens"],
): readonly (readonly [string, Html])[] {
  const always: readonly (readonly [string, Html])[] = [
    ["System prompt", m.system === undefined ? markup`none` : markup`<span class="given">${m.system}</span>`],
    ["Tokens", markup`${whole(tokens.prefilled)} prefilled, ${whole(tokens.decoded)} decoded`],
  ];
  if (m.n === undefined || m.maxTokens === undefined || m.world === undefined)
    return m.stages.length === 0 ? [] : always;
  return [
    [
      "Items an arm",
      markup`${whole(m.n.choose)} by log-probability, ${whole(m.n.write)} where the model writes`,
    ],
    ["Longest reply", markup`${whole(m.maxTokens)} tokens`],
    ["World", markup`${m.world.name}, version ${m.world.version}, ${whole(m.world.facts)} facts`],
    ...always,
  ];
}

/** "2026-11-24 09:12 UTC"; what is no such time stands as it is. */
function moment(iso: string): string {
  const [, day, minute] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[\d:.]*Z$/u.exec(iso) ?? [];
  return day === undefined || minute === undefined ? iso : `${day} ${minute} UTC`;
}

/** In the unit of the gaps, where all have the same. */
function marginOf({ manifest: { margin }, gaps }: RunRecord): string {
  const [first] = gaps;
  return first !== undefined && gaps.every(({ unit }) => unit === first.unit) && first.unit === "sd"
    ? inUnitOf(first, margin, false)
    : share(margin);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function stagesHtml(record: RunRecord): Html {
  const { stages } = record.manifest;
  if (stages.length === 0)
    return notMeasured(
      subjectOf(record) === "model"
        ? "the run planned no stage"
        : "no model was asked for samples, so there was none to plan",
    );
  return tableHtml({
    caption: "The plan: frozen before the first sample of its stage was asked",
    columns: [
      { head: "Stage", width: 28 },
      { head: "Samples", width: 12 },
      { head: "sha256 of the plan", width: 60 },
    ],
    rows: stages.map(({ suite, stage, samples, sha256 }) => [
      markup`${suite}: ${stage}`,
      markup`${whole(samples)}`,
      markup`<code class="hash">${sha256}</code>`,
    ]),
  });
}
