// The errors that a file of weights gives rise to: each names the file, and the tensor where there is one, and says a way out.

import { SetupError } from "../../../core/errors.ts";
import { visible } from "../../../core/visible.ts";

/** Characters of a name or value out of a file that a message shows at most. */
const SHOWN = 100;

const AGAIN =
  "The file is damaged or was cut short. Fetch it again, or compare its sha256 with the one that its publisher gives.";

export const modelFaults = {
  /** The bytes contradict the format or themselves. */
  corrupt: (path: string, what: string, hint = AGAIN) =>
    new SetupError("CORRUPT_MODEL", `${path} is corrupt: ${what}`, { hint }),
  /** It is some other kind of file. */
  otherKind: (path: string, what: string, hint: string) =>
    new SetupError("NOT_SAFETENSORS", `${path} is not a safetensors file: ${what}`, { hint }),
  /** It cannot be opened or read at all. */
  unreadable: (path: string, what: string, hint: string, cause?: unknown) =>
    new SetupError("MODEL_FILE", `${path}: ${what}`, cause === undefined ? { hint } : { hint, cause }),
  /** Somebody writes to it. */
  changed: (path: string, what: string) =>
    new SetupError("MODEL_CHANGED", `${path} changed while it was read: ${what}`, {
      hint: "Wait until whatever writes to it (a download, a copy, training) is done, then run this again.",
    }),
  /** A name or text out of a file as a message shows it: in quotes, on one line, short, and with nothing that acts on a terminal. */
  named: (name: string) =>
    `"${visible(name.slice(0, SHOWN)).replaceAll('"', '\\"')}${name.length > SHOWN ? "…" : ""}"`,
};
