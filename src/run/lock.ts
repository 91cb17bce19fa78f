// One process at a time writes a run folder: a lock file with the owner's process id, taken over where the owner is gone.

import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { z } from "zod";
import { SetupError } from "../core/errors.ts";
import type { Clock, Processes } from "./clock.ts";
import { onStorage } from "./storage-fault.ts";

const owner = z.object({ pid: z.number().int(), host: z.string(), since: z.string() });

export type Lock = { readonly release: () => void };

/**
 * A lock is stale when its process no longer runs on this machine, when it names this very process (an earlier life of
 * the same id, as in a container), or when it can't be read.
 * @throws SetupError when another process holds the folder.
 */
export function lockFolder(folder: string, clock: Clock, processes: Processes): Lock {
  const file = path.join(folder, "lock");
  const mine = JSON.stringify({ pid: processes.pid, host: hostname(), since: clock.timestamp() });
  for (let attempt = 0; attempt < 3; attempt++) {
    if (create(file, mine, processes.pid)) return { release: () => release(file, mine) };
    const found = readIfThere(file);
    if (found === undefined) continue;
    refuseIfAlive(found, folder, file, processes);
    takeAway(file, found, processes.pid);
  }
  throw new SetupError("FOLDER_LOCKED", `another process is just taking the run folder ${folder}`, {
    hint: "Try again, or choose another folder with --out.",
  });
}

/**
 * The lock appears whole or not at all: written under another name first, then linked, which fails where one exists.
 * A file system without hard links gets it in two steps.
 */
function create(file: string, content: string, pid: number): boolean {
  const draft = `${file}.${pid}.new`;
  return onStorage(file, () => {
    writeFileSync(draft, content);
    try {
      linkSync(draft, file);
      return true;
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      return createInTwoSteps(file, content);
    } finally {
      unlinkSync(draft);
    }
  });
}

function createInTwoSteps(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

function refuseIfAlive(content: string, folder: string, file: string, processes: Processes): void {
  const parsed = owner.safeParse(jsonOrNothing(content));
  if (!parsed.success) return;
  const { pid, host, since } = parsed.data;
  const elsewhere = host !== hostname();
  if (!elsewhere && (pid === processes.pid || !processes.isRunning(pid))) return;
  throw new SetupError(
    "FOLDER_LOCKED",
    `another trueline writes the run folder ${folder} (process ${pid} on ${host}, since ${since})`,
    {
      hint: elsewhere
        ? `If that one is gone, delete ${file}; else choose another folder with --out.`
        : "Wait for it, stop it, or choose another folder with --out.",
    },
  );
}

/** Removes the stale lock, but not one that another process has put there since it was read. */
function takeAway(file: string, stale: string, pid: number): void {
  const aside = `${file}.${pid}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (readFileSync(aside, "utf8") === stale) unlinkSync(aside);
  else renameSync(aside, file);
}

function release(file: string, mine: string): void {
  if (readIfThere(file) === mine) rmSync(file, { force: true });
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
