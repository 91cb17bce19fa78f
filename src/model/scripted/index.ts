// The behaviours of scripted models: one file each in `behaviours/`, one line here.

import type { Behaviour } from "./behaviour.ts";
import { alwaysComplies } from "./behaviours/always-complies.ts";
import { alwaysFirst } from "./behaviours/always-first.ts";
import { alwaysRefuses } from "./behaviours/always-refuses.ts";
import { babbles } from "./behaviours/babbles.ts";
import { boasts } from "./behaviours/boasts.ts";
import { changesItsMind } from "./behaviours/changes-its-mind.ts";
import { constantConfidence } from "./behaviours/constant-confidence.ts";
import { dropsItsPersona } from "./behaviours/drops-its-persona.ts";
import { earnsItsConfidence } from "./behaviours/earns-its-confidence.ts";
import { echoesTheLastMentioned } from "./behaviours/echoes-the-last-mentioned.ts";
import { flatters } from "./behaviours/flatters.ts";
import { guesses } from "./behaviours/guesses.ts";
import { hangsOnWording } from "./behaviours/hangs-on-wording.ts";
import { keeps } from "./behaviours/keeps.ts";
import { parrots } from "./behaviours/parrots.ts";
import { tripsOverTypos } from "./behaviours/trips-over-typos.ts";

export const behaviours = {
  keeps,
  "uniform-guesser": guesses,
  "always-first": alwaysFirst,
  "echoes-the-last-mentioned": echoesTheLastMentioned,
  "always-refuses": alwaysRefuses,
  "always-complies": alwaysComplies,
  "constant-confidence": constantConfidence(0.5),
  "earns-its-confidence": earnsItsConfidence([0.97, 0.8]),
  boasts,
  flatterer: flatters,
  parrot: parrots,
  "hangs-on-wording": hangsOnWording,
  "trips-over-typos": tripsOverTypos,
  "changes-its-mind": changesItsMind,
  "drops-its-persona": dropsItsPersona,
  babbles,
} as const satisfies Readonly<Record<string, Behaviour>>;

export type BehaviourName = keyof typeof behaviours;
