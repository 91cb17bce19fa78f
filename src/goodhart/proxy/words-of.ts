// What an error of the user's own code says, in one line that can be shown.

import { visible } from "../../core/visible.ts";
import { reasonOf } from "../../model/fetch/reason.ts";

/** Even the error may be made to hurt: its message can be a getter that throws. */
export function wordsOf(error: unknown): string {
  try {
    return visible(reasonOf(error));
  } catch {
    return "an error that can't be read";
  }
}
