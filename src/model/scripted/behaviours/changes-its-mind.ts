// Keeps where chance has no part, and says anything where it has.

import type { Behaviour } from "../behaviour.ts";
import { guesses } from "./guesses.ts";
import { keeps } from "./keeps.ts";

export const changesItsMind: Behaviour = (seen) => (seen.temperature > 0 ? guesses(seen) : keeps(seen));
