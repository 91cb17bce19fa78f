// Models of which somebody else has published figures: one file each, one line here.

import { gpt2 } from "./gpt2.ts";
import type { KnownModel } from "./known-figure.ts";
import { smollm2 } from "./smollm2-135m-instruct.ts";

export const knownFigures = {
  gpt2,
  "smollm2-135m-instruct": smollm2,
} as const satisfies Readonly<Record<string, KnownModel>>;
