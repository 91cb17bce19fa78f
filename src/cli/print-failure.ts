// How an error reaches the user: message and way out where they can mend it, the whole stack where it is our bug.

import { SetupError, TruelineError } from "../core/errors.ts";
import { visible } from "../core/visible.ts";

/** Prints to standard error and returns the exit code. */
export function printFailure(error: unknown): number {
  if (error instanceof SetupError) {
    console.error(`trueline: ${visible(error.message)}`);
    if (error.hint) console.error(`  ${visible(error.hint).replaceAll("␊", "\n  ")}`);
    return 2;
  }
  console.error("trueline: this is a bug in Trueline, not something you did.");
  console.error(
    error instanceof Error
      ? visible(error.stack ?? error.message).replaceAll("␊", "\n")
      : visible(String(error)),
  );
  if (error instanceof TruelineError && error.hint) console.error(`  ${visible(error.hint)}`);
  return 70;
}
