// What one suite adds to the run record: its gaps, its numbers beside them, its findings.

import { TruelineError } from "../core/errors.ts";
import type { Gap, GapDeclaration, Pressure } from "../core/gap.ts";
import { gapOf } from "../core/gap-of.ts";
import type { EstimateRecord, FindingRecord, GapRecord, SuiteRecord } from "../core/run-record.ts";
import type { Measurement, Outcome, Suite } from "../core/suite.ts";
import type { Estimate, Rate } from "../stats/estimate.ts";
import { findingsOf } from "./findings.ts";

export type SuiteParts = {
  readonly suite: Suite;
  readonly measurement: Measurement;
  readonly outcomes: readonly Outcome[];
  readonly margin: number;
  /** As the user gave it. */
  readonly folder: string;
};

export type MeasuredSuite = {
  readonly gaps: readonly GapRecord[];
  readonly suite: SuiteRecord;
  readonly findings: readonly FindingRecord[];
};

/** @throws TruelineError when the suite measured other gaps than it declared. */
export function suiteRecord({ suite, measurement, outcomes, margin, folder }: SuiteParts): MeasuredSuite {
  const { gaps, descriptors, tallies, reliability, correlates, rewards, goodhart, forms, notes } =
    measurement;
  const unknown = gaps.find((gap) => !suite.gaps.some((declared) => declared.name === gap.name));
  if (unknown !== undefined)
    throw new TruelineError(
      "BAD_MEASUREMENT",
      `suiteRecord: suite ${suite.name} measured a gap "${unknown.name}" that it never declared`,
    );
  const findings = findingsOf(suite, measurement.failures, outcomes, folder);
  return {
    gaps: suite.gaps.map((declaration) => {
      const found = gaps.filter((gap) => gap.name === declaration.name);
      const [measured] = found;
      if (measured === undefined || found.length > 1) {
        throw new TruelineError(
          "BAD_MEASUREMENT",
          `suiteRecord: suite ${suite.name} measured its gap "${declaration.name}" ${found.length} times`,
        );
      }
      return gapRecord(gapOf({ suite: suite.name, declaration, measured, margin }), declaration);
    }),
    suite: {
      name: suite.name,
      version: suite.version,
      title: suite.title,
      method: [...suite.method],
      meaning: suite.meaning,
      descriptors: descriptors.map(({ name, label, estimate }) => ({
        name,
        label,
        value: estimateRecord(estimate),
      })),
      tallies: tallies.map(({ label, counts }) => ({ label, counts: { ...counts } })),
      ...(reliability === undefined
        ? {}
        : {
            reliability: reliability.map((bin) => ({
              confidence: bin.confidence,
              accuracy: estimateRecord(bin.accuracy),
            })),
          }),
      ...(correlates === undefined
        ? {}
        : {
            correlates: correlates.map(({ plain, lengthFixed, shuffled, ...rest }) => ({
              ...rest,
              plain: estimateRecord(plain),
              lengthFixed: estimateRecord(lengthFixed),
              shuffled: estimateRecord(shuffled),
            })),
          }),
      ...(rewards === undefined
        ? {}
        : {
            rewards: rewards.map(({ difference, ...rest }) => ({
              ...rest,
              difference: estimateRecord(difference),
            })),
          }),
      ...(goodhart === undefined
        ? {}
        : {
            goodhart: {
              ...goodhart,
              also: [...goodhart.also],
              evidence: goodhart.evidence.map(({ name, says, estimate }) => ({
                name,
                says,
                value: estimateRecord(estimate),
              })),
            },
          }),
      ...(forms === undefined
        ? {}
        : {
            forms: {
              says: forms.says,
              forms: forms.forms.map(({ name, formula, heldOutLoss, against, a, b }) => ({
                name,
                formula,
                heldOutLoss: estimateRecord(heldOutLoss),
                against: estimateRecord(against),
                a: estimateRecord(a),
                b: estimateRecord(b),
              })),
            },
          }),
      notes: [...notes, ...findings.notes],
    },
    findings: findings.kept,
  };
}

function gapRecord(gap: Gap, { directions }: GapDeclaration): GapRecord {
  const { estimate, control, pressure, ...rest } = gap;
  return {
    ...rest,
    ...(pressure === undefined ? {} : pressureRecord(pressure)),
    gap: estimateRecord(estimate),
    control: { says: control.says, value: estimateRecord(control.value) },
    directions,
  };
}

/** A point that has no interval stands in no curve. */
function pressureRecord({ curve, peak, unit }: Pressure): Pick<GapRecord, "curve" | "peak" | "unit"> {
  const point = (rate: Rate) =>
    rate.kind === "none"
      ? undefined
      : { point: rate.point, low: rate.interval.low, high: rate.interval.high, n: rate.n };
  return {
    curve: curve.flatMap(({ n, kl, proxy, gold }) => {
      const [p, g] = [point(proxy), point(gold)];
      return p === undefined || g === undefined ? [] : [{ n, kl: { ...kl }, proxy: p, gold: g }];
    }),
    peak,
    unit,
  };
}

function estimateRecord(estimate: Estimate): EstimateRecord {
  if (estimate.kind === "none") return estimate;
  const { kind, point, interval, n, observations, method } = estimate;
  const { low, high, level } = interval;
  return { kind: kind === "rate" ? "rate" : "excess", point, low, high, level, n, observations, method };
}
