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
 * By id, once any answer has one: the samples' ids are "0", "1", ...; lines without an id then belong to nobody. By order: as
 * many answers as samples are theirs, whatever else was written between them; as many lines as samples are theirs line by
 * line, if the command ended well. Else one remark among the answers would shift all that follow it: only what stands before
 * the first other line is kept, and nothing at all when there are too many answers. A score at the wrong sample is worse than none.
 */
export function matchAnswers(
  lines: readonly AnswerLine[],
  samples: number,
  { missing, whole }: { readonly missing: string; readonly whole: boolean },
): Score[] {
  const answers = lines.flatMap((line) => (line.kind === "answer" ? [line] : []));
  const other = lines.find((line) => line.kind === "other");
  const lacks = unscored(other === undefined ? missing : `${missing}; one line read ${other.shown}`);
  if (answers.some(({ id }) => id !== undefined)) return byId(answers, samples, lacks);
  if (answers.length > samples)
    return all(
      samples,
      `the grader wrote ${answers.length} answers without an id for ${samples} samples: which is whose can't be told`,
    );
  if (answers.length === samples) return answers.map(({ score }) => score);
  const scores = lines.map((line) =>
    line.kind === "answer" ? line.score : unscored(`the grader wrote ${line.shown} and no score`),
  );
  if (whole && lines.length === samples) return scores;
  const sure = lines.findIndex(({ kind }) => kind === "other");
  const kept = sure === -1 ? scores : scores.slice(0, sure);
  return [...kept, ...Array<Score>(samples - kept.length).fill(lacks)];
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
