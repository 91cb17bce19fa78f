// The self-check of a loaded model: every invariant with its error and limit, and one line that says what came out.

import type { ModelConfig } from "../arch/model-config.ts";
import type { Forward } from "../forward/forward.ts";
import type { Weight } from "../graph/session.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { rngFrom } from "../../stats/rng.ts";
import { capture } from "./capture.ts";
import { capturedInvariants, layoutInvariants, lensInvariant } from "./invariants.ts";
import { lossWithOtherPairing } from "./other-pairing.ts";
import { englishLoss, shuffledLoss } from "./reads-language.ts";

type Check = { readonly name: string; readonly found: number; readonly limit: number };

export type SelfCheck = { readonly passed: boolean; readonly checks: readonly Check[] };

/** Float32 rounding through 30 blocks stays near 1e-6 to 1e-5; a wrong layout is off by 1e-2 and more. */
const LIMIT = 1e-4;
/**
 * Loss on plain English over a loss that must be larger. With rotary pairs read the other way: about 0.7 when read rightly, about 1.5
 * when wrongly. With the words shuffled, where there are no rotary pairs: well below 1 for any model that reads.
 */
const READING_LIMIT = 0.9;

const OTHER_PAIRING = "loss on English / with rotary pairs read otherwise";
const SHUFFLED = "loss on English / with its words shuffled";

const WIDTH = 16;

/** Runs every invariant. Needs the weights in memory; costs a second or two. */
export async function selfCheck(
  config: ModelConfig,
  weights: ReadonlyMap<string, Weight>,
  forward: Forward,
  tokenizer: Tokenizer,
  threads: number,
): Promise<SelfCheck> {
  const rng = rngFrom("self-check");
  const texts = [0, 1].map(() => Array.from({ length: WIDTH }, () => rng.int(config.dVocab)));
  const captured = await capture(config, weights, texts, threads);
  const invariants = [
    ...capturedInvariants(config, captured, texts.length, WIDTH),
    await lensInvariant(forward, weights, captured, texts),
    ...(await layoutInvariants(forward, texts)),
  ];
  const { loss } = await englishLoss(forward, tokenizer);
  const rotary = config.positions.kind === "rotary";
  const otherwise = rotary
    ? await lossWithOtherPairing(config, weights, tokenizer, threads)
    : (await shuffledLoss(forward, tokenizer)).loss;
  const checks = [
    ...invariants.map(({ name, error }) => ({ name, found: error, limit: LIMIT })),
    {
      name: rotary ? OTHER_PAIRING : SHUFFLED,
      found: loss / otherwise,
      limit: READING_LIMIT,
    },
  ];
  return { passed: checks.every((c) => c.found <= c.limit), checks };
}

/** "self-check passed: 8 of 8 invariants, largest relative error 3.1e-6 (cached = uncached), reads English at 0.68 of the loss of the other rotary layout" */
export function selfCheckLine(check: SelfCheck): string {
  const failed = check.checks.filter((c) => !(c.found <= c.limit));
  if (failed.length > 0) {
    return `self-check FAILED: ${failed.map((c) => `${c.name} is ${c.found.toPrecision(2)}, limit ${c.limit}`).join("; ")}`;
  }
  const relative = check.checks.filter((c) => c.limit === LIMIT);
  const worst = relative.toSorted((a, b) => b.found - a.found)[0];
  const reading = check.checks.find((c) => c.limit === READING_LIMIT);
  return [
    `self-check passed: ${check.checks.length} of ${check.checks.length} invariants`,
    ...(worst ? [`largest relative error ${worst.found.toExponential(1)} (${worst.name})`] : []),
    ...(reading
      ? [
          `English read at ${reading.found.toFixed(2)} of the loss ${reading.name === SHUFFLED ? "with its words shuffled" : "under the other rotary layout"}`,
        ]
      : []),
  ].join(", ");
}
