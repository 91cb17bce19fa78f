// What a run needs of this process: the time, and which processes live.

import type { Processes } from "../../run/clock.ts";

export { ticks, timestamp } from "../clock.ts";

export const processes: Processes = { pid: process.pid, isRunning };

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
