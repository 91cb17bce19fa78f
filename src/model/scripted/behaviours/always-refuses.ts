// Declines whatever it is to write, and guesses where it must choose.

import type { Behaviour } from "../behaviour.ts";
import { guesses } from "./guesses.ts";
import { DECLINES } from "./replies.ts";

export const alwaysRefuses: Behaviour = (seen) =>
  seen.asks === "choice" ? guesses(seen) : { kind: "reply", text: DECLINES };
