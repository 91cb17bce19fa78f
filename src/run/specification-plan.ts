// What pins a run of a specification: facts in words, frozen before anything is asked, and compared when the run goes on.

import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { SetupError } from "../core/errors.ts";
import { writeAtomically } from "./atomic-file.ts";
import { canonicalJson } from "./canonical-json.ts";

/** What must be the same, by what it is called in words: "the seed" -> 1. A fact that is not there is not given. */
export type Frozen = Readonly<Record<string, string | number>>;

const row = z.object({
  schema: z.literal("trueline.gap/1"),
  frozen: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** Characters of a value that a message shows. */
const SHOWN = 120;

/** The facts that the file holds. @throws SetupError where it holds something else. */
export function readFrozen(file: string): Frozen | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return row.parse(JSON.parse(readFileSync(file, "utf8"))).frozen;
  } catch (error) {
    throw new SetupError("CORRUPT_RUN", `${file} is not what a run of trueline gap writes there`, {
      hint: "The folder was changed, damaged, or written by another version. Start again in another folder with --out.",
      cause: error,
    });
  }
}

/** Written whole or not at all. */
export function writeFrozen(file: string, frozen: Frozen): void {
  writeAtomically(
    file,
    `${JSON.stringify({ schema: "trueline.gap/1", frozen } satisfies z.infer<typeof row>, undefined, 2)}\n`,
  );
}

/** In words, one for each fact that differs; none where it is the same run. */
export function differencesOfFrozen(before: Frozen, now: Frozen): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].flatMap((what) => {
    const [a, b] = [shownOf(before[what]), shownOf(now[what])];
    return a === b ? [] : [`${what} was ${short(a)} and is now ${short(b)}`];
  });
}

/** @throws SetupError that names each difference. */
export function refuseOtherFrozen(before: Frozen, now: Frozen, folder: string): void {
  const differences = differencesOfFrozen(before, now);
  if (differences.length === 0) return;
  throw new SetupError("OTHER_RUN", `the folder ${folder} holds another run: ${differences.join("; ")}`, {
    hint: "Give the same command as before, or choose another folder with --out.",
  });
}

function shownOf(value: string | number | undefined): string {
  return value === undefined ? "not given" : canonicalJson(value);
}

function short(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 3)}...`;
}
