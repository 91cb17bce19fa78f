// The plan without asking anything: calls and tokens by suite and stage, an upper bound where a stage hangs on earlier answers.

import type { Suite } from "../core/suite.ts";
import { contextOf, type Planning } from "./plan-stage.ts";
import { estimated } from "./progress-of.ts";
import { workOf } from "./time-left.ts";
import type { TokenEstimate } from "./token-estimate.ts";

export type Cost = {
  readonly calls: number;
  readonly prefilled: number;
  readonly decoded: number;
  /** In units of one prefilled token; divide by the model's rate of prefill to get seconds. */
  readonly work: number;
};

export type StageCost = Cost & {
  readonly suite: string;
  readonly stage: string;
  /** Asks by kind, as the model will get them. */ readonly choose: number;
  readonly write: number;
};

export type DryRun = { readonly stages: readonly StageCost[]; readonly total: Cost };

/** Nothing is asked and nothing is written. */
export function dryRun(
  planning: Planning & { readonly suites: readonly Suite[] },
  estimate: TokenEstimate,
): DryRun {
  const canChoose = planning.model.choose.kind === "present";
  const stages = planning.suites.flatMap((suite) =>
    suite.stages.map((stage): StageCost => {
      const samples = stage.expected(contextOf(planning, suite));
      const choose = canChoose ? samples.filter((sample) => sample.ask.kind === "choose").length : 0;
      const costs = samples.map((sample) => estimated(planning, estimate, sample.ask));
      const cost = total(costs.map((usage) => ({ calls: 1, ...usage, work: workOf(usage) })));
      return { suite: suite.name, stage: stage.name, choose, write: samples.length - choose, ...cost };
    }),
  );
  return { stages, total: total(stages) };
}

function total(costs: readonly Cost[]): Cost {
  return costs.reduce<Cost>(
    (sum, cost) => ({
      calls: sum.calls + cost.calls,
      prefilled: sum.prefilled + cost.prefilled,
      decoded: sum.decoded + cost.decoded,
      work: sum.work + cost.work,
    }),
    { calls: 0, prefilled: 0, decoded: 0, work: 0 },
  );
}
