// Two finished runs gap by gap: what differs between them, both estimates and verdicts, and the difference, paired where it can be.

import { SetupError } from "../core/errors.ts";
import type { GapRecord } from "../core/run-record.ts";
import type { Suite } from "../core/suite.ts";
import { canonicalJson } from "./canonical-json.ts";
import { differingOf } from "./diff/differing-of.ts";
import { itemValues } from "./diff/item-values.ts";
import { itemsOf } from "./diff/items.ts";
import { pairedItems } from "./diff/paired-items.ts";
import { pairedPrompts } from "./diff/paired-prompts.ts";
import type { DiffSide, Found, GapDiff, GapName, Pairing, RunDiff, Sides } from "./diff/run-diff.ts";
import { sharingOf, type Sharing } from "./diff/sharing.ts";
import { unpaired } from "./diff/unpaired.ts";
import { worseOf } from "./diff/worse.ts";

/**
 * Pure: the same two runs give the same comparison.
 * @param suites with which stored samples are scored again, for pairing
 * @throws SetupError when a record holds a gap twice.
 */
export function diffRecords(a: DiffSide, b: DiffSide, suites: readonly Suite[]): RunDiff {
  const [before, after] = [gapsOf(a, "A"), gapsOf(b, "B")];
  const [itemsA, itemsB] = [itemsOf(a), itemsOf(b)];
  const values = { a: itemValues(a, itemsA, suites), b: itemValues(b, itemsB, suites) };
  const pairingOf = (both: Sides<GapRecord>) =>
    both.a.of === "specification"
      ? pairedPrompts(a, b, both)
      : pairedItems(both, { a: itemsA, b: itemsB }, values);
  return {
    schema: "trueline.diff/1",
    differing: differingOf(a.record, b.record),
    gaps: [...new Set([...before.keys(), ...after.keys()])].map((key): GapDiff => {
      const [one, other] = [before.get(key), after.get(key)];
      if (one !== undefined && other !== undefined) {
        const both = { a: one, b: other };
        const sharing = sharingOf(a, b, itemsA.get(one.suite), itemsB.get(one.suite));
        return bothOf(both, pairingOf(both), sharing);
      }
      const only = (one ?? other)!;
      return { ...nameOf(only), kind: "only", in: one === undefined ? "b" : "a", found: foundOf(only) };
    }),
  };
}

function gapsOf({ record }: DiffSide, letter: "A" | "B"): ReadonlyMap<string, GapRecord> {
  const gaps = new Map<string, GapRecord>();
  for (const gap of record.gaps) {
    const key = canonicalJson([gap.of, gap.suite, gap.name]);
    if (gaps.has(key))
      throw new SetupError("BAD_RECORD", `run ${letter} holds the gap ${gap.suite}: ${gap.name} twice`, {
        hint: "Its run.json was changed or damaged.",
      });
    gaps.set(key, gap);
  }
  return gaps;
}

function nameOf({ of, suite, name }: GapRecord): GapName {
  return { of, suite, name };
}

function foundOf({ gap, verdict, margin }: GapRecord): Found {
  return { estimate: gap, verdict, margin };
}

function bothOf({ a, b }: Sides<GapRecord>, pairing: Pairing, sharing: Sharing): GapDiff {
  const unscored = [a, b].map(({ bounds }) => (bounds.kind === "bounds" ? bounds.unscored : 0));
  const notes = [
    ...(a.path === b.path ? [] : [`A was answered by ${a.path}, B by ${b.path}`]),
    ...(unscored.some((count) => count > 0)
      ? [`unscored: ${unscored[0]} in A, ${unscored[1]} in B; the difference leaves them out`]
      : []),
  ];
  const { difference, how, why } =
    pairing.kind === "shared"
      ? { difference: pairing.difference, how: pairing.how, why: pairing.notes }
      : unpaired({ a, b }, pairing.because, sharing);
  return {
    ...nameOf(a),
    kind: "both",
    a: foundOf(a),
    b: foundOf(b),
    difference,
    how,
    notes: [...why, ...notes],
    worse: worseOf({ a, b }, difference),
    ...(pairing.kind === "shared" && pairing.pressed !== undefined ? { pressed: pairing.pressed } : {}),
  };
}
