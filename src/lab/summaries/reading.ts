// How well summaries are read by program: fact by fact, and truth by truth, against what a reader took from the same summaries.

import { cohenKappa } from "../../stats/cohen-kappa.ts";
import type { Rate } from "../../stats/estimate.ts";
import { goldOf } from "./gold.ts";
import { readSummary } from "./read-summary.ts";
import type { Summary, Told } from "./summaries.ts";
import type { SourceText } from "./texts.ts";

/** What a reader took from a summary, fact by fact in the order of its text: "R" right, "W" wrong, "-" not told; "h" where with a doubt. */
export type Mark = "R" | "Rh" | "W" | "Wh" | "-";

export type ReadSummary = {
  /** The id of its sample. */
  readonly sample: string;
  /** The id of its text. */
  readonly text: string;
  readonly english: string;
  readonly marks: readonly Mark[];
};

export type Reading = {
  readonly summaries: number;
  readonly facts: number;
  /** Told rightly, told wrongly, not told: agreement of program and reader beyond chance, clustered by text. */
  readonly told: Rate;
  /** Of facts that both hold to be told rightly and the text doubts: whether the doubt is kept. */
  readonly doubt: Rate;
  /** Counts [reader][program] of right, wrong, not told. */
  readonly counts: Readonly<Record<"R" | "W" | "-", Readonly<Record<"R" | "W" | "-", number>>>>;
  /** The truth of each summary by reader and by program, in the order given. */
  readonly truths: readonly { readonly reader: number; readonly program: number }[];
};

/** @throws RangeError where a summary's text is unknown or it has not one mark for each fact. */
export function compareReadings(read: readonly ReadSummary[], texts: readonly SourceText[]): Reading {
  const counts = {
    R: { R: 0, W: 0, "-": 0 },
    W: { R: 0, W: 0, "-": 0 },
    "-": { R: 0, W: 0, "-": 0 },
  };
  const told: { cluster: string; first: string; second: string }[] = [];
  const doubts: { cluster: string; first: string; second: string }[] = [];
  const truths = read.map(({ sample, text: id, english, marks }) => {
    const text = texts.find((one) => one.id === id);
    if (text === undefined || marks.length !== text.facts.length)
      throw new RangeError(`compareReadings: ${sample} has ${marks.length} marks for text ${id}`);
    const byProgram = readSummary(text, sample, english);
    const byReader = summaryOf(sample, english, text, marks);
    marks.forEach((mark, k) => {
      const [first, second] = [markOf(byReader.told[k]!), markOf(byProgram.told[k]!)];
      counts[first][second]++;
      told.push({ cluster: id, first, second });
      if (first === "R" && second === "R" && text.facts[k]!.doubtful)
        doubts.push({
          cluster: id,
          first: mark.endsWith("h") ? "kept" : "dropped",
          second: hedged(byProgram.told[k]!) ? "kept" : "dropped",
        });
    });
    return { reader: goldOf(text, byReader), program: goldOf(text, byProgram) };
  });
  return {
    summaries: read.length,
    facts: told.length,
    told: cohenKappa(told),
    doubt: cohenKappa(doubts),
    counts,
    truths,
  };
}

function summaryOf(id: string, english: string, { facts }: SourceText, marks: readonly Mark[]): Summary {
  const told = marks.map((mark, k): Told => {
    const [{ value, others }, kept] = [facts[k]!, mark.endsWith("h")];
    if (mark === "-") return { kind: "left out" };
    const right = mark.startsWith("R");
    return { kind: "stated", value: right ? value : others[0]!, right, hedged: kept };
  });
  return { id, told, confident: false, flattering: false, padding: 0, english };
}

function markOf(told: Told): "R" | "W" | "-" {
  return told.kind === "left out" ? "-" : told.right ? "R" : "W";
}

function hedged(told: Told): boolean {
  return told.kind === "stated" && told.hedged;
}
