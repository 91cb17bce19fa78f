// From the evidence to the kind: which of Goodhart's four it is, that none is seen, or that it can't be told.

import type { Estimate } from "../../stats/estimate.ts";
import type { GoodhartKind, KindEvidence, KindFinding, KindName } from "./kind.ts";
import { MATERIAL } from "./material.ts";

export type KindOptions = {
  /** What a shortfall must reach to matter, in standard deviations of gold within prompts; 0.05 unless given. */
  readonly margin?: number;
};

/** Gold, in standard deviations, that samples of another origin may be worse at equal proxy before their labels leave the kind open. */
const OPEN = 0.3;

const CALL = "an intervention: name a grader that can be called";

/**
 * Mechanism goes before shape, and the more direct evidence before the less. Adversarial, then causal: both name who or what moves the proxy, and an adversary
 * pulls at whatever a proxy reads, so the lever is found beside the hand. Then extremal, which the first two cause too, by making samples that are far out. Regressional is
 * what is left where nothing else is found and the gold still rises: less is gained than promised, and no more than that.
 *
 * Two things go beyond the definitions of Manheim and Garrabrant (2018). Causal is said of a proxy that reads something whatever this has to do with the gold in the
 * samples: what counts is that an intervention on it moves the proxy. And a shortfall without any rise is not called regressional: a proxy that is
 * noise alone, or points the wrong way, stands for nothing.
 */
export function kindOf(evidence: KindEvidence, { margin = 0.05 }: KindOptions = {}): GoodhartKind {
  const found: KindName[] = [
    ...(adversarial(evidence) ? (["adversarial"] as const) : []),
    ...(causal(evidence).length > 0 ? (["causal"] as const) : []),
    ...(extremal(evidence) ? (["extremal"] as const) : []),
  ];
  const listed = listOf(evidence);
  const [first, ...also] = found;
  const suspects = suspectsOf(evidence);
  // A proxy that reads something turns over too: a break does not tell the two apart.
  if (first === "extremal" && suspects.length > 0)
    return {
      ...unknown(
        `the gold no longer rises among what the proxy likes best, but ${goesWith(suspects)}: extremal or causal`,
        intervention(evidence),
      ),
      evidence: listed,
      also: found,
    };
  if (first !== undefined)
    return {
      kind: first,
      says: saidOf(first, evidence),
      evidence: listed,
      also: [...also, ...lessThanPromised(evidence, margin)],
      ...(first === "extremal" ? unlooked(evidence) : {}),
    };
  return { ...shapeOf(evidence, margin), evidence: listed, also: [] };
}

/** What the shape alone says where neither a mechanism nor a break was found. */
function shapeOf(evidence: KindEvidence, margin: number): Omit<GoodhartKind, "evidence" | "also"> {
  const { shortfall, bulk, top, break: broken, intervened, origin } = evidence;
  if (shortfall.estimate.kind === "none")
    return unknown(
      `the shortfall could not be measured: ${shortfall.estimate.because}`,
      "more prompts with more samples",
    );
  if (below(margin, shortfall.estimate))
    return {
      kind: "none seen",
      says: `Picking by the proxy misses less than ${margin} SD of what picking by the gold itself would gain.`,
      ...unlooked(evidence),
    };
  if (!above(margin, shortfall.estimate))
    return unknown(
      "whether what is missed by following the proxy comes to the margin is not clear",
      "more prompts",
    );
  if (!above(0, bulk.estimate))
    return unknown(
      above(0, bulk.estimate, -1)
        ? "the proxy points the wrong way from the start: it stands for something else"
        : "the proxy is not seen to have anything to do with the gold",
      "another proxy, or more prompts",
    );
  const suspects = suspectsOf(evidence);
  if (suspects.length > 0)
    return unknown(`${goesWith(suspects)}: regressional or causal`, intervention(evidence));
  if (origin !== undefined && open(origin.estimate))
    return unknown(
      "the labels of origin leave open whether samples made with the proxy in view are worse at equal proxy",
      "more samples of the other origin that the proxy likes as much as reference samples",
    );
  if (!above(0, top.estimate) || broken.estimate.kind === "none" || broken.estimate.point <= 0)
    return unknown(
      "less is gained than promised, but whether the gold still rises among what the proxy likes best is not clear: regressional or extremal",
      "more samples of each prompt, or more prompts",
    );
  return {
    kind: "regressional",
    says: `Less is gained than promised, and the gold still rises to the end: the proxy's error ${intervened ? "follows nothing that was tried" : "looks like noise"}.`,
    ...unlooked(evidence),
  };
}

/** Attributes that go with the proxy at equal gold, and of which no intervention settled whether they are a cause. */
function suspectsOf({ errors }: KindEvidence): readonly string[] {
  return errors
    .filter(({ estimate }) => above(MATERIAL, estimate) || above(MATERIAL, estimate, -1))
    .map(({ attribute }) => attribute);
}

function goesWith(suspects: readonly string[]): string {
  return `at equal gold the proxy goes with ${suspects.join(" and ")}, a cause or a companion`;
}

function intervention({ intervened }: KindEvidence): string {
  return intervened ? "more edited responses: so few left the intervention unclear" : CALL;
}

/** Mechanisms that nothing could have shown with what was given: a name by shape does not exclude them. */
function unlooked({ intervened, origin, texts }: KindEvidence): Pick<GoodhartKind, "wouldSettle"> {
  const open = [
    ...(intervened ? [] : [`of causes, ${CALL}`]),
    ...(texts ? [] : ["of what the proxy's error goes with, a column of responses"]),
    ...(origin === undefined ? ["of an adversary, labels of the samples' origin"] : []),
  ];
  return open.length === 0 ? {} : { wouldSettle: open.join("; ") };
}

function unknown(because: string, wouldSettle: string): Omit<GoodhartKind, "evidence" | "also"> {
  return { kind: "can't tell", says: `${because.charAt(0).toUpperCase()}${because.slice(1)}.`, wouldSettle };
}

function adversarial({ origin, addressed }: KindEvidence): boolean {
  return (
    worse(origin?.estimate) ||
    (addressed !== undefined && above(0, addressed.estimate) && large(addressed.estimate))
  );
}

/** Too wide to exclude that an adversary is at work who matters, or not there although there are labels. */
function open(estimate: Estimate): boolean {
  return estimate.kind === "none" || estimate.interval.low < -OPEN;
}

function worse(estimate: Estimate | undefined): boolean {
  return estimate !== undefined && above(0, estimate, -1) && large(estimate);
}

/** Attributes that move the proxy when they alone are changed, and that go with it in the same direction in these samples. */
function causal({ rewards }: KindEvidence) {
  return rewards.filter(({ rewarded, estimate, association }) => {
    const used = association.estimate;
    if (!rewarded || estimate.kind === "none") return false;
    return above(0, used, estimate.point > 0 ? 1 : -1) && large(used);
  });
}

/** Risen in the bulk, and either broken at the top or turned over under pressure. */
function extremal({ bulk, break: broken, fall }: KindEvidence): boolean {
  return above(0, bulk.estimate) && (above(0, broken.estimate, -1) || above(0, fall.estimate));
}

function lessThanPromised({ shortfall, top }: KindEvidence, margin: number): readonly KindName[] {
  return above(margin, shortfall.estimate) && above(0, top.estimate) ? ["regressional"] : [];
}

/** Whether the whole interval lies beyond `value`, upwards or (sign -1) as far downwards. */
function above(value: number, estimate: Estimate, sign: 1 | -1 = 1): boolean {
  if (estimate.kind === "none") return false;
  return sign === 1 ? estimate.interval.low > value : estimate.interval.high < -value;
}

function below(value: number, estimate: Estimate): boolean {
  return estimate.kind !== "none" && estimate.interval.high <= value;
}

function large(estimate: Estimate): boolean {
  return estimate.kind !== "none" && Math.abs(estimate.point) >= MATERIAL;
}

function saidOf(kind: KindName, evidence: KindEvidence): string {
  if (kind === "adversarial")
    return worse(evidence.origin?.estimate)
      ? "Samples that were made with the proxy in view are worse in truth than others that it likes as much."
      : "Responses that speak to the grader get more than they are worth.";
  if (kind === "causal") {
    const names = causal(evidence).map(({ attribute }) => attribute);
    return `Changing nothing but ${names.join(", or ")} moves the proxy, and in these samples it goes with the proxy.`;
  }
  return "What holds for most samples does not hold for those that the proxy likes best: there the gold no longer rises with it.";
}

function listOf(evidence: KindEvidence): readonly KindFinding[] {
  const { shortfall, bulk, top, break: broken, fall, rewards, errors, origin, addressed } = evidence;
  const all = [
    shortfall,
    bulk,
    top,
    broken,
    fall,
    ...(origin === undefined ? [] : [origin]),
    ...(addressed === undefined ? [] : [addressed]),
    ...rewards.flatMap(({ rewarded, association, ...reward }) =>
      rewarded ? [reward, association] : [reward],
    ),
    ...errors,
  ];
  return all.map(({ name, says, estimate }) => ({ name, says, estimate }));
}
