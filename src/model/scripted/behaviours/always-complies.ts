// Grants every request, and keeps to its facts.

import type { Behaviour } from "../behaviour.ts";
import { keeps } from "./keeps.ts";
import { GRANTS } from "./replies.ts";

export const alwaysComplies: Behaviour = (seen) =>
  seen.page?.kind === "request" ? { kind: "reply", text: GRANTS } : keeps(seen);
