// `trueline gap`: how much optimisation does a specification survive? From stored scores to record, page and card.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Command } from "commander";
import { SetupError } from "../../core/errors.ts";
import { shellWord } from "../../core/shell-word.ts";
import { visible } from "../../core/visible.ts";
import { auditSpecification } from "../../goodhart/audit-specification.ts";
import { worstPairs, type WorstPair } from "../../goodhart/worst-pairs.ts";
import type { SpecificationRow } from "../../goodhart/specification-row.ts";
import type { FindingRecord } from "../../core/run-record.ts";
import { rowsOf } from "../../goodhart/rows-of.ts";
import { readTable } from "../../goodhart/table/read-table.ts";
import { makeFolder } from "../../model/fetch/make-folder.ts";
import { writeAtomically } from "../../run/atomic-file.ts";
import { specificationRecord } from "../../run/specification-record.ts";
import { onStorage } from "../../run/storage-fault.ts";
import { rngFrom } from "../../stats/rng.ts";
import { ticks, timestamp } from "../clock.ts";
import { exitCode } from "../exit-code.ts";
import { gapOptions, readGapOptions, type GapChoice, type GapFlags } from "../gap-options.ts";
import { gapSummary } from "../gap-summary.ts";
import { version } from "../version.ts";
import { writeReport } from "../write-report.ts";

export function define(command: Command): void {
  gapOptions(command).action(async (flags: GapFlags) => {
    const choice = readGapOptions(flags);
    const [startedAt, start] = [timestamp(), ticks()];
    const folder = choice.out ?? newFolder(choice.samples, startedAt);
    refuseForeign(folder);
    const table = await readTable(choice.samples);
    const rows = rowsOf(table, choice.columns);
    const audit = auditSpecification(rows, {
      rng: rngFrom(choice.seed).split("specification"),
      margin: choice.margin,
      labels: choice.labels,
      ...(choice.maxN === undefined ? {} : { maxN: choice.maxN }),
    });
    const record = specificationRecord({
      ...audit,
      margin: choice.margin,
      seed: choice.seed,
      trueline: version,
      file: {
        name: choice.samples,
        sha256: createHash("sha256").update(readFileSync(choice.samples)).digest("hex"),
        samples: rows.length,
      },
      title: `${visible(choice.columns.proxy)} as a stand-in for ${visible(choice.columns.gold)}, in ${visible(basename(choice.samples))}`,
      details: { ...choice.columns, prompts: new Set(rows.map(({ prompt }) => prompt)).size },
      command: commandOf(choice),
      findings: worstPairs(rows, SHOWN_PAIRS).map(pairFinding),
      folder,
      timing: { startedAt, seconds: (ticks() - start) / 1000 },
    });
    onStorage(folder, () => makeFolder(folder));
    writeAtomically(join(folder, "run.json"), `${JSON.stringify(record, undefined, 2)}\n`);
    writeReport(folder, record);
    console.log(flags.json ? JSON.stringify(record) : gapSummary(record, folder));
    exitCode.value = flags.failOn === "gap" && record.gaps.some(({ verdict }) => verdict === "gap") ? 1 : 0;
  });
}

/** Prompts whose favourites stand side by side on the page. */
const SHOWN_PAIRS = 5;
/** Characters of a text that the record holds of a sample; the file has all. */
const TEXT = 4000;

function pairFinding({ proxyFavourite, truthFavourite }: WorstPair): FindingRecord {
  const shown = (row: SpecificationRow, arm: string) => ({
    sample: row.place,
    arm,
    messages: [{ role: "user" as const, content: row.prompt.slice(0, TEXT) }],
    opening: "",
    reply: (row.response ?? "").slice(0, TEXT),
  });
  const scores = ({ proxy, gold }: SpecificationRow) =>
    proxy.kind === "scored" && gold.kind === "scored"
      ? `proxy ${short(proxy.value)}, gold ${short(gold.value)}`
      : "unscored";
  return {
    suite: "specification",
    gap: "over-optimisation",
    says: `the proxy's favourite (${scores(proxyFavourite)}) beside the best in truth (${scores(truthFavourite)})`,
    evidence: [shown(proxyFavourite, "the proxy's favourite"), shown(truthFavourite, "the best in truth")],
    replay: [],
  };
}

function short(value: number): string {
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

function newFolder(samples: string, startedAt: string): string {
  const stamp = startedAt.slice(0, 19).replaceAll(":", "").replace("T", "-");
  return join(
    ".trueline",
    "runs",
    `${stamp}-${basename(samples)
      .replaceAll(/[^A-Za-z0-9.-]+/gu, "-")
      .slice(-60)}`,
  );
}

/** A folder that holds something else is left alone; one with a record of a specification is written anew. */
function refuseForeign(folder: string): void {
  if (!existsSync(folder)) return;
  const own = new Set(["run.json", "report.html", "card.md"]);
  const foreign = onStorage(folder, () => readdirSync(folder)).find((name) => !own.has(name));
  if (foreign !== undefined)
    throw new SetupError("NOT_A_RUN", `the folder ${folder} holds something else (found ${foreign})`, {
      hint: "Choose a new folder with --out.",
    });
}

function commandOf({ samples, columns, labels, maxN, margin, seed }: GapChoice): string {
  return [
    `trueline gap --samples ${shellWord(samples)}`,
    ...Object.entries(columns).map(([name, column]) => `--${name} ${shellWord(column)}`),
    ...(labels === "unknown" ? [] : [`--labels ${labels}`]),
    ...(maxN === undefined ? [] : [`--max-n ${maxN}`]),
    `--margin ${margin} --seed ${seed}`,
  ].join(" ");
}
