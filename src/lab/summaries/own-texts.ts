// The texts that models are asked to summarise: the same for every run, so that runs can be set side by side.

import { rngFrom } from "../../stats/rng.ts";
import { makeTexts, type SourceText } from "./texts.ts";

/** Fewer texts are the first of more. */
export const OWN_TEXTS_SEED = "summaries world 1";

export const ownTexts: readonly SourceText[] = makeTexts(50, rngFrom(OWN_TEXTS_SEED));
