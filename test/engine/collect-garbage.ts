// Runs the garbage collector, for tests that measure what is kept.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/** Twice, with a turn of the event loop between: finalisers of native memory run then. */
export async function collectGarbage(): Promise<void> {
  if (!collect) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
  await new Promise((resolve) => setTimeout(resolve, 10));
  collect();
}
