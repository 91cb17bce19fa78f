// `trueline gap`: how much optimisation does a specification survive? From scores, a grader or preferences to record, page and card.

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
import { gradeRows, type GradedRows } from "../../goodhart/grade-rows.ts";
import { commandGrader } from "../../goodhart/proxy/command-grader.ts";
import { moduleGrader } from "../../goodhart/proxy/module-grader.ts";
import { pairsOf } from "../../goodhart/pairs-of.ts";
import { preferencesSuite } from "../../goodhart/preferences-suite.ts";
import type { Table } from "../../goodhart/table/table.ts";
import { specificationRecord, type SpecificationRun } from "../../run/specification-record.ts";
import { onStorage } from "../../run/storage-fault.ts";
import { rngFrom, type Rng } from "../../stats/rng.ts";
import { ticks, timestamp } from "../clock.ts";
import { exitCode } from "../exit-code.ts";
import {
  gapOptions,
  readGapOptions,
  type GapChoice,
  type GapFlags,
  type GraderChoice,
} from "../gap-options.ts";
import { gapSummary } from "../gap-summary.ts";
import { loadUserModule } from "../load-user-module.ts";
import { newRunFolder } from "../prepare-folder.ts";
import { stopOnInterrupt } from "../stop-on-interrupt.ts";
import { version } from "../version.ts";
import { writeReport } from "../write-report.ts";

export function define(command: Command): void {
  gapOptions(command).action(async (flags: GapFlags) => {
    const choice = readGapOptions(flags);
    const [startedAt, start] = [timestamp(), ticks()];
    const { file } = choice.brought;
    const folder = choice.out ?? newRunFolder(basename(file), startedAt);
    refuseForeign(folder);
    const table = await readTable(file);
    const measured = await measure(choice, table);
    if (measured === "stopped") {
      console.error("stopped while grading; nothing was written.");
      exitCode.value = 130;
      return;
    }
    const record = specificationRecord({
      ...measured,
      margin: choice.margin,
      seed: choice.seed,
      trueline: version,
      file: {
        name: file,
        sha256: createHash("sha256").update(readFileSync(file)).digest("hex"),
        samples: table.rows.length,
      },
      command: commandOf(choice),
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

type Measured = Pick<SpecificationRun, "suite" | "measurement" | "title" | "details" | "findings">;

async function measure(
  { brought, seed, margin, labels, maxN }: GapChoice,
  table: Table,
): Promise<Measured | "stopped"> {
  const file = visible(basename(brought.file));
  if (brought.kind === "preferences") {
    const { pairs, unread } = pairsOf(table, brought.columns);
    return {
      ...preferencesSuite(pairs, unread, { rng: rngFrom(seed).split("preferences"), margin }),
      title: `The preferences in ${file}`,
      details: { ...brought.columns },
      findings: [],
    };
  }
  const { columns } = brought;
  const stored = rowsOf(table, columns);
  const asked =
    brought.grader === undefined
      ? { rows: stored, graded: undefined }
      : await called(brought.grader, stored, rngFrom(seed).split("grader"));
  if (asked === "stopped") return "stopped";
  const { rows, graded } = asked;
  return {
    ...auditSpecification(rows, {
      rng: rngFrom(seed).split("specification"),
      ...(graded === undefined ? {} : { graded }),
      margin,
      labels,
      ...(maxN === undefined ? {} : { maxN }),
    }),
    title: `${visible(columns.proxy ?? brought.grader?.what ?? "")} as a stand-in for ${visible(columns.gold)}, in ${file}`,
    details: {
      ...columns,
      ...(brought.grader === undefined ? {} : { grader: brought.grader.what }),
      prompts: new Set(rows.map(({ prompt }) => prompt)).size,
    },
    findings: worstPairs(rows, SHOWN_PAIRS).map(pairFinding),
  };
}

async function called(
  { kind, what }: GraderChoice,
  rows: readonly SpecificationRow[],
  rng: Rng,
): Promise<GradedRows | "stopped"> {
  const stop = stopOnInterrupt();
  const grader =
    kind === "module"
      ? await moduleGrader(what, { load: loadUserModule })
      : commandGrader(what, {
          machine: { env: process.env, kill: (pid, signal) => process.kill(pid, signal) },
        });
  let shown = 0;
  try {
    return await gradeRows(rows, grader, rng, {
      signal: stop.signal,
      onProgress: (done) => {
        if (done < shown + rows.length / 10) return;
        shown = done;
        console.error(`graded ${done} of ${rows.length}`);
      },
    });
  } catch (error) {
    if (stop.signal.aborted) return "stopped";
    throw error;
  } finally {
    stop.release();
    await grader.close();
  }
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

function commandOf({ brought, labels, maxN, margin, seed }: GapChoice): string {
  return [
    `trueline gap --${brought.kind === "scores" ? "samples" : "preferences"} ${shellWord(brought.file)}`,
    ...(brought.kind === "scores" && brought.grader !== undefined
      ? [`--proxy-${brought.grader.kind} ${shellWord(brought.grader.what)}`]
      : []),
    ...Object.entries(brought.columns).map(([name, column]) => `--${name} ${shellWord(column)}`),
    ...(labels === "unknown" ? [] : [`--labels ${labels}`]),
    ...(maxN === undefined ? [] : [`--max-n ${maxN}`]),
    `--margin ${margin} --seed ${seed}`,
  ].join(" ");
}
