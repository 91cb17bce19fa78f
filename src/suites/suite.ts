// The contract of a suite, as suites import it: the types live in core, because the runner needs them too.

export type {
  Descriptor,
  Failure,
  MeasuredGap,
  Measurement,
  Outcome,
  PlanContext,
  ReliabilityBin,
  Stage,
  Suite,
  Tally,
  Worst,
} from "../core/suite.ts";
