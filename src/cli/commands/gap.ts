// `trueline gap`: how much optimisation does a specification survive? From samples, prompts or preferences to record, page and card.

import { basename } from "node:path";
import type { Command } from "commander";
import { visible } from "../../core/visible.ts";
import { leastForCurves } from "../../stats/sup-t-band.ts";
import { processes, ticks, timestamp } from "../gap/machine.ts";
import { exitCode } from "../exit-code.ts";
import { gapOptions, readGapOptions, type GapChoice, type GapFlags } from "../gap-options.ts";
import { gapSummary } from "../gap-summary.ts";
import type { CalledGrader } from "../gap/called-grader.ts";
import { gapCommand } from "../gap/gap-command.ts";
import { gapEvents } from "../gap/gap-events.ts";
import { gapFolder } from "../gap/gap-folder.ts";
import { frozenOf, type GapJob } from "../gap/gap-job.ts";
import { modelOpener, type ModelOpener } from "../gap/model-opener.ts";
import { openGrader, type GraderChoice } from "../gap/open-grader.ts";
import { runGap, type GapEnd } from "../gap/run-gap.ts";
import { definePlanLabels } from "../gap/plan-labels.ts";
import { mergedNote } from "../gap/sampled-rows.ts";
import { sourceOf } from "../gap/source-of.ts";
import { columnInWords } from "../gap/text-labels.ts";
import { stopOnInterrupt } from "../stop-on-interrupt.ts";
import { version } from "../version.ts";

export function define(command: Command): void {
  // What stands after the sub-command's name is its own, though both have options of one name: the parent must let it through too.
  command.parent?.enablePositionalOptions();
  definePlanLabels(
    command.enablePositionalOptions().helpCommand(false).command("plan-labels").exitOverride(),
  );
  gapOptions(command).action(async (flags: GapFlags) => {
    const choice = readGapOptions(flags);
    const stop = stopOnInterrupt();
    const models = modelOpener((line) => console.error(visible(line)));
    const graders: CalledGrader[] = [];
    try {
      const job = await jobOf(choice, { models, graders, signal: stop.signal });
      const asks = job.source.kind === "drawn" || graders.length > 0;
      const startedAt = timestamp();
      const { folder, goesOn } = gapFolder(choice.out, frozenOf(job), { file: job.file.name, startedAt });
      for (const note of notesBefore(job)) console.error(visible(note));
      if (asks) console.error(`${goesOn ? "going on in" : "run folder:"} ${visible(folder)}`);
      const events = gapEvents(process.stderr);
      const machine = {
        clock: { timestamp, ticks },
        processes,
        signal: stop.signal,
        onEvent: events.onEvent,
      };
      const end = await runGap({ ...job, folder }, machine).finally(events.end);
      tell(end, folder, flags);
    } catch (error) {
      // Stopped before anything was asked: while a file was fetched, say.
      if (!stop.signal.aborted || error !== stop.signal.reason) throw error;
      console.error("stopped before anything was asked; nothing is lost.");
      exitCode.value = 130;
    } finally {
      stop.release();
      await Promise.all(graders.map(({ grader }) => grader.close()));
      await models.close();
    }
  });
}

/** What is known before it costs anything. */
function notesBefore({ source }: GapJob): readonly string[] {
  if (source.kind === "rows") return source.notes ?? [];
  if (source.kind !== "drawn") return [];
  const clusters = new Set(source.prompts.map(({ text, cluster = text }) => cluster)).size;
  return [
    ...(source.merged === 0 ? [] : [mergedNote(source.merged)]),
    ...(clusters < leastForCurves
      ? [
          `note: ${clusters} independent prompts give scores and rewards, but no verdict; that needs at least ${leastForCurves}`,
        ]
      : []),
  ];
}

function tell(end: GapEnd, folder: string, flags: GapFlags): void {
  if (end.kind === "stopped") {
    console.error(
      `stopped, ${end.stored} of ${end.wanted} ${end.what} are stored in ${visible(folder)}; the same command with --out ${visible(folder)} goes on from there.`,
    );
    exitCode.value = 130;
    return;
  }
  const { record } = end;
  console.log(flags.json ? JSON.stringify(record) : gapSummary(record, folder));
  exitCode.value = flags.failOn === "gap" && record.gaps.some(({ verdict }) => verdict === "gap") ? 1 : 0;
}

type Opening = {
  readonly models: ModelOpener;
  /** What is opened is noted here at once, so that it is closed whatever comes after. */
  readonly graders: CalledGrader[];
  readonly signal: AbortSignal;
};

async function jobOf(choice: GapChoice, { models, graders, signal }: Opening): Promise<GapJob> {
  const { brought, openJudge, labels, maxN, margin, seed, again } = choice;
  const called = async (grader: GraderChoice | undefined) => {
    if (grader === undefined) return undefined;
    const opened = await openGrader(grader, {
      openJudge: (spec) => models.open(spec, { ...openJudge, signal }),
      seed,
      signal,
    });
    graders.push(opened);
    return opened;
  };
  const sourced = await sourceOf(brought, { models, signal, labels });
  const [proxy, gold] =
    brought.kind === "preferences" ? [] : [await called(brought.proxy), await called(brought.gold)];
  return {
    ...sourced,
    columns: columnsOf(brought),
    ...(proxy === undefined ? {} : { proxy }),
    ...(gold === undefined ? {} : { gold }),
    labels,
    ...(maxN === undefined ? {} : { maxN }),
    margin,
    seed,
    trueline: version,
    title: titleOf(choice, proxy, gold),
    command: gapCommand(choice),
    again,
  };
}

/** What stands in which column, as pins and page name it. */
function columnsOf(brought: GapChoice["brought"]): GapJob["columns"] {
  if (brought.kind !== "scores") return { ...brought.columns };
  const { columns, texts } = brought;
  return {
    ...columns,
    ...(columns.proxy === undefined ? {} : { proxy: columnInWords(columns.proxy, texts.proxy) }),
    ...(columns.gold === undefined ? {} : { gold: columnInWords(columns.gold, texts.gold) }),
  };
}

function titleOf({ brought }: GapChoice, proxy?: CalledGrader, gold?: CalledGrader): string {
  const file = visible(basename(brought.file));
  switch (brought.kind) {
    case "preferences":
      return `The preferences in ${file}`;
    case "scores": {
      const of = (column: string | undefined, called: CalledGrader | undefined) =>
        visible(called?.says ?? column ?? "");
      return `${of(brought.columns.proxy, proxy)} as a stand-in for ${of(brought.columns.gold, gold)}, in ${file}`;
    }
    case "drawn":
      return `${visible(proxy?.says ?? "")} as a stand-in for ${visible(gold?.says ?? "")}, on replies of ${visible(brought.model)} to ${file}`;
  }
}
