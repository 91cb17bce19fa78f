// Writes workload.json, what all peers are given: seeded, so that it can be made again and is the same everywhere.
//
//   node bench/peers/make-workload.ts && npx oxfmt bench/peers/workload.json

import { writeFileSync } from "node:fs";
import { rngFrom } from "../../src/stats/rng.ts";
import { existingModel } from "../../test/real-model.ts";
import { openOurs } from "./ours.ts";
import type { Workload } from "./peer.ts";

const SEED = "side by side 1";
const [ROWS, WIDTH] = [8, 64];
const PROMPTS = 32;
/** Prompt lengths, in tokens: about 32, unequal as they are in use. */
const [SHORTEST, LONGEST] = [28, 36];
const NEW_TOKENS = 64;

// One opening a prompt, so that no two share a prefix: a cache of shared prefixes must not help anybody here.
const openings =
  "After Although Around Because Before Beyond During Every Finally Few For Here However If In It Later Many Most Near Nobody Often On Once People She Since Some The They Until When".split(
    " ",
  );
const words =
  "garden teacher river market window letter morning engine mountain doctor history kitchen summer village station paper forest music bridge island winter horse market lesson story ocean farmer castle painter harbor valley student machine question answer evening journey color number family system reason language science city water small large quiet bright ancient modern careful simple difficult narrow gentle heavy distant early open walked carried opened studied painted followed measured remembered crossed repaired described gathered a the a the of in near with and and for from behind under between".split(
    " ",
  );

const ours = await openOurs(existingModel(), 1);
const rng = rngFrom(SEED);
const prefillRng = rng.split("prefill");
const workload: Workload = {
  newTokens: NEW_TOKENS,
  prefill: Array.from({ length: ROWS }, () =>
    Array.from({ length: WIDTH }, () => prefillRng.int(ours.vocabulary)),
  ),
  prompts: Array.from({ length: PROMPTS }, (_, i) => {
    const source = rng.split(`prompt ${i}`);
    const length = SHORTEST + source.int(LONGEST - SHORTEST + 1);
    let text = openings[i]!;
    while (ours.encode(text).length < length) text += ` ${source.pick(words)}`;
    const ids = ours.encode(text).slice(0, length);
    return { text: ours.decode(ids), ids };
  }),
};
await ours.close();
writeFileSync(new URL("workload.json", import.meta.url), JSON.stringify({ seed: SEED, ...workload }));
