// Scores that called graders gave, by key: in a file that is only ever appended to, or in memory alone.

import { z } from "zod";
import { SetupError } from "../core/errors.ts";
import type { Score } from "../core/score.ts";
import { openJsonLines } from "./json-lines.ts";

export type StoredScore = { readonly key: string; readonly score: Score };

export interface Scores {
  /** Grows with `add`. */
  readonly stored: ReadonlyMap<string, Score>;
  /** All with one write. */
  readonly add: (rows: readonly StoredScore[]) => void;
  /** Waits until the disk itself has them. */
  readonly sync: () => void;
  readonly close: () => void;
}

const row = z.object({
  key: z.string().regex(/^[0-9a-f]{64}$/u),
  score: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("scored"), value: z.number() }),
    z.object({ kind: z.literal("unscored"), because: z.string() }),
  ]),
});

/**
 * Opens scores.jsonl or makes it. Where a key stands twice, the later row holds.
 * @param again samples that were unscored count as never asked
 * @throws SetupError when a row is not what a run writes, or the disk refuses.
 */
export function openScores(file: string, again: boolean): Scores {
  const lines = openJsonLines(file);
  try {
    const stored = new Map<string, Score>();
    lines.before.forEach((line, i) => {
      const read = row.safeParse(line);
      if (!read.success)
        throw new SetupError("CORRUPT_RUN", `line ${i + 1} of ${file} is not what a run writes there`, {
          hint: "The folder was changed, damaged, or written by another version. Start again in another folder with --out.",
        });
      stored.set(read.data.key, read.data.score);
    });
    if (again) for (const [key, score] of stored) if (score.kind === "unscored") stored.delete(key);
    return {
      stored,
      add: (rows) => {
        lines.append(rows);
        for (const { key, score } of rows) stored.set(key, score);
      },
      sync: () => lines.sync(),
      close: () => lines.close(),
    };
  } catch (error) {
    lines.close();
    throw error;
  }
}

/** For a run that has no folder. */
export function memoryScores(): Scores {
  const stored = new Map<string, Score>();
  return {
    stored,
    add: (rows) => {
      for (const { key, score } of rows) stored.set(key, score);
    },
    sync: () => undefined,
    close: () => undefined,
  };
}
