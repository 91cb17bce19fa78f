// Takes whatever stands first, and says so where it writes.

import type { Behaviour } from "../behaviour.ts";

export const alwaysFirst: Behaviour = ({ asks }) =>
  asks === "choice" ? { kind: "answer", place: 0 } : { kind: "reply", text: "The first one." };
