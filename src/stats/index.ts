// The public list of the estimators: numbers in, estimates with interval and n out.

export { adaptiveEce, type AdaptiveEce } from "./adaptive-ece.ts";
export { auroc } from "./auroc.ts";
export { benjaminiHochberg, type Discovery } from "./benjamini-hochberg.ts";
export { bootstrap, type BootstrapPlan } from "./bootstrap.ts";
export { brier, type Brier } from "./brier.ts";
export { clopperPearson } from "./clopper-pearson.ts";
export { clusteredDifference, type ClusteredValue } from "./clustered-difference.ts";
export { clusteredRate, type ClusteredOutcome } from "./clustered-rate.ts";
export type { Range } from "./counts.ts";
export type { Detectable } from "./detectable.ts";
export { detectableDifference } from "./detectable-difference.ts";
export { detectableRate } from "./detectable-rate.ts";
export { noEstimate, type Difference, type Estimate, type NoEstimate, type Rate } from "./estimate.ts";
export type { Interval } from "./interval.ts";
export { mean } from "./mean.ts";
export { misclassificationAdjusted, type Flags } from "./misclassification-adjusted.ts";
export { pairedMean } from "./paired-mean.ts";
export { pairedProportions, type Pair } from "./paired-proportions.ts";
export { reliabilityBins, type ReliabilityPoint } from "./reliability-bins.ts";
export { rngFrom, type Rng } from "./rng.ts";
export { wilson } from "./wilson.ts";
