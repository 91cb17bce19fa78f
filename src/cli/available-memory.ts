// How much memory this process may still take: what the machine has free, and what a container's limit leaves.

import { readFileSync } from "node:fs";
import { freemem, totalmem } from "node:os";

/** All in bytes. */
export type MemoryReadings = {
  readonly platform: string;
  readonly total: number;
  /** As `os.freemem` has it: with what caches would give back on Linux and Windows, without it on macOS. */
  readonly free: number;
  /** Limit of the control group; 0 or more than there is where none is set. */
  readonly limit: number;
  /** The limit less what the group has taken, caches of files included. */
  readonly leftOfLimit: number;
  /** Caches of files that are charged to the group and given back when it needs memory. */
  readonly cached: number;
};

/**
 * Too much rather than too little where it is not known: what hangs on it refuses to work. So on macOS, where nothing says how much
 * of the memory in use is a mere cache, it is all that the machine has.
 */
export function availableMemory(readings: MemoryReadings = readMemory()): number {
  const { platform, total, free, limit, leftOfLimit, cached } = readings;
  const ofMachine = platform === "darwin" ? total : free;
  if (limit <= 0 || limit >= total) return ofMachine;
  return Math.min(ofMachine, limit, leftOfLimit + cached);
}

function readMemory(): MemoryReadings {
  return {
    platform: process.platform,
    total: totalmem(),
    free: freemem(),
    limit: process.constrainedMemory(),
    leftOfLimit: process.availableMemory(),
    cached: cachedByGroup(),
  };
}

/** Of the control group's memory.stat, second version or first; 0 where there is none. */
function cachedByGroup(): number {
  const stat =
    groupFolders()
      .map(textOf)
      .find((text) => text !== "") ?? "";
  const of = (key: string) => Number(new RegExp(`^${key} (\\d+)$`, "mu").exec(stat)?.[1] ?? 0);
  const whole = of("total_inactive_file") + of("total_active_file");
  return whole > 0 ? whole : of("inactive_file") + of("active_file");
}

function groupFolders(): readonly string[] {
  const groups = textOf("/proc/self/cgroup");
  const second = /^0::(\/.*)$/mu.exec(groups)?.[1] ?? "/";
  const first = /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(\/.*)$/mu.exec(groups)?.[1] ?? "/";
  return [
    `/sys/fs/cgroup${second}`,
    "/sys/fs/cgroup",
    `/sys/fs/cgroup/memory${first}`,
    "/sys/fs/cgroup/memory",
  ].map((folder) => `${folder}/memory.stat`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
