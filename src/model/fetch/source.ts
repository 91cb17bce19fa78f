// The contract of a source: bytes of one pinned file in order, or a failure with a reason that can be shown.

import { TruelineError } from "../../core/errors.ts";
import type { PinnedFile } from "../catalogue.ts";

/** Why one source did not deliver. The next one is tried; the reason is kept for the user. */
export class SourceFailure extends TruelineError {
  constructor(message: string, cause?: unknown) {
    super("MODEL_SOURCE_FAILED", message, cause === undefined ? {} : { cause });
  }
}

export type Env = Readonly<Record<string, string | undefined>>;

/** `download`: bytes that come over the network. `unpack`: bytes that come out of an archive already here. */
export type Step = "download" | "unpack";

export type SourceContext = {
  readonly env: Env;
  /** An empty folder in the cache folder that goes away with this fetch: a source may write here and nowhere else. */
  readonly scratch: string;
  /** A source that sends nothing for so long is given up, in milliseconds. */
  readonly inactivityMs: number;
  readonly signal: AbortSignal | undefined;
  /** For bytes that are not yet the file's own, e.g. those of an archive around it. */
  readonly onReceived: (received: number, total: number) => void;
};

export type Source = {
  /** How messages name it: "Hugging Face hub (owner/name)". */
  readonly title: string;
  /** What receiving the file's own bytes is called. */
  readonly step: Step;
  /**
   * The file's bytes in order. Nothing is trusted: size and hash are checked by who writes them down.
   * @throws SourceFailure with a reason; the signal's reason when it was aborted.
   */
  readonly bytes: (file: PinnedFile, context: SourceContext) => AsyncIterable<Uint8Array>;
};

/** What happens while a file is fetched. `total` and `received` are in bytes. */
export type FetchEvent =
  | { readonly kind: "trying"; readonly source: string }
  | {
      readonly kind: "progress";
      readonly source: string;
      readonly step: Step;
      readonly received: number;
      readonly total: number;
    }
  | { readonly kind: "failed"; readonly source: string; readonly because: string };
