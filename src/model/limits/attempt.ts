// What one try of one ask came to: an answer, or a reason to try again.

import type { Answered, AskOptions } from "../model.ts";

/** Why a try is worth repeating. `throttled`: the server asked for less; `timeout`: it may have worked, and cost, all the same. */
export type RetryCause = "throttled" | "server" | "network" | "timeout";

export type Attempt =
  /** Final, a `failed` that no repetition would mend included. */
  | {
      readonly kind: "answered";
      readonly answered: Answered;
      /** A failure that every ask may share (an option that the server refuses): many in a row end the run. */
      readonly suspect?: true;
    }
  | {
      readonly kind: "again";
      readonly cause: RetryCause;
      readonly because: string;
      /** Milliseconds that the server asked to wait. */
      readonly afterMs?: number;
    };

/** One request, no repetition. @throws SetupError where no ask can be answered; whatever it likes once the signal is aborted. */
export type TryOnce<A> = (ask: A, options: { readonly signal: AbortSignal }) => Promise<Attempt>;

/** Asks under limits; answers come in the order of the asks. */
export type LimitedAsk<A> = (
  asks: readonly A[],
  options?: Pick<AskOptions, "signal">,
) => Promise<readonly Answered[]>;
