// Writes nothing that can be read as an answer, and chooses nothing.

import type { Behaviour } from "../behaviour.ts";

export const babbles: Behaviour = ({ asks }) =>
  asks === "choice"
    ? { kind: "fail", because: "it babbles where it should choose" }
    : { kind: "reply", text: "well ".repeat(24).trim() };
