// Which answer of a command belongs to which sample: by id where it gives one, else by order, and to none where that can't be told.

import { unscored } from "../../core/score.ts";
import type { Score } from "../specification-row.ts";

/** A line that a command wrote: an answer, or something else, already made visible. */
export type AnswerLine =
  | { readonly kind: "answer"; readonly id?: string; readonly score: Score }
  | { readonly kind: "other"; readonly shown: string };

/**
 * One score a sample. `missing` says why a sample has no answer; `whole`, that the command ended as it wanted to.
 *
 * By id, once any answer has one: the samples' ids are "0", "1", ...; lines without an id then belong to nobody. By order, only
 * where the number is right: as many answers as samples are theirs, whatever else was written between them; as many lines as
 * samples are theirs line by line, if the command ended well. Else one sample that was left out would shift all that follow it,
 * and nobody could see where: no answer is believed. A score at the wrong sample is worse than none.
 */
export function matchAnswers(
  lines: readonly AnswerLine[],
  samples: number,
  { missing, whole }: { readonly missing: string; readonly whole: boolean },
): Score[] {
  const answers = lines.flatMap((line) => (line.kind === "answer" ? [line] : []));
  const other = lines.find((line) => line.kind === "other");
  const read = other === undefined ? [] : [`one line read ${other.shown}`];
  const lacks = [missing, ...read].join("; ");
  if (answers.some(({ id }) => id !== undefined)) return byId(answers, samples, unscored(lacks));
  if (answers.length === samples) return answers.map(({ score }) => score);
  if (whole && lines.length === samples)
    return lines.map((line) =>
      line.kind === "answer" ? line.score : unscored(`the grader wrote ${line.shown} and no score`),
    );
  if (answers.length === 0) return all(samples, lacks);
  // No counts: a reason is what samples are tallied by, and each batch would have its own.
  const than = answers.length > samples ? "more" : "fewer";
  const wrote = `the grader wrote ${than} answers than there were samples, without an id: which is whose can't be told, and with the sample's id in each it could`;
  return all(samples, [wrote, ...(whole ? [] : [missing]), ...read].join("; "));
}

function byId(
  answers: readonly (AnswerLine & { readonly kind: "answer" })[],
  samples: number,
  lacks: Score,
): Score[] {
  const found = new Map<string, Score>();
  for (const { id, score } of answers) {
    if (id === undefined) continue;
    const before = found.get(id);
    found.set(
      id,
      before === undefined || same(before, score)
        ? score
        : unscored("the grader answered this sample twice, and not the same"),
    );
  }
  return Array.from({ length: samples }, (_, i) => found.get(String(i)) ?? lacks);
}

function same(a: Score, b: Score): boolean {
  return a.kind === "scored" ? b.kind === "scored" && a.value === b.value : b.kind === "unscored";
}

function all(samples: number, because: string): Score[] {
  return Array<Score>(samples).fill(unscored(because));
}
