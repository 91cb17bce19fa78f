// Two finished runs gap by gap: what differs between them, both estimates and verdicts, and the difference, paired where it can be.

import { SetupError } from "../core/errors.ts";
import type { Verdict } from "../core/gap.ts";
import type { EstimateRecord, GapRecord, RunRecord } from "../core/run-record.ts";
import type { MeasureContext, Outcome, Suite } from "../core/suite.ts";
import { clusteredDifference } from "../stats/clustered-difference.ts";
import { clusteredRate } from "../stats/clustered-rate.ts";
import { noEstimate, type Difference, type Estimate } from "../stats/estimate.ts";
import { independentDifference } from "../stats/independent-difference.ts";
import { rngFrom } from "../stats/rng.ts";
import { canonicalJson } from "./canonical-json.ts";

/** One run: its record, and what it asked where that is still there. */
export type DiffSide = {
  readonly record: RunRecord;
  readonly asked:
    | {
        readonly kind: "samples";
        /** By which path the model answered a choose ask. */
        readonly path: "logprob" | "sampling";
        readonly outcomes: readonly Outcome[];
      }
    | { readonly kind: "none"; readonly because: string };
};

/** One thing that is not the same in both runs; "–" where a run has no such thing. */
export type Differing = { readonly what: string; readonly a: string; readonly b: string };

/** What one run found of a gap. */
export type Found = {
  readonly estimate: EstimateRecord;
  readonly verdict: Verdict;
  readonly margin: number;
};

type Name = { readonly of: GapRecord["of"]; readonly suite: string; readonly name: string };

export type GapDiff = Name &
  (
    | {
        readonly kind: "both";
        readonly a: Found;
        readonly b: Found;
        /** B minus A. */
        readonly difference: Difference;
        readonly how: "paired" | "unpaired" | "not measured";
        /** Why it is not paired, what the interval allows for, and what it leaves out. */
        readonly notes: readonly string[];
        /** Why B is called worse; empty where it is not. */
        readonly worse: readonly string[];
      }
    | { readonly kind: "only"; readonly in: "a" | "b"; readonly found: Found }
  );

export type RunDiff = {
  readonly schema: "trueline.diff/1";
  readonly differing: readonly Differing[];
  readonly gaps: readonly GapDiff[];
};

/**
 * Pure: the same two runs give the same comparison.
 * @param suites with which stored samples are scored again, for pairing
 * @throws SetupError when a record holds a gap twice.
 */
export function diffRecords(a: DiffSide, b: DiffSide, suites: readonly Suite[]): RunDiff {
  const [before, after] = [gapsOf(a, "A"), gapsOf(b, "B")];
  const [itemsA, itemsB] = [itemsOf(a), itemsOf(b)];
  const scored = {
    a: scoresOf(a, itemsA, suites),
    b: scoresOf(b, itemsB, suites),
  };
  return {
    schema: "trueline.diff/1",
    differing: differingOf(a.record, b.record),
    gaps: [...new Set([...before.keys(), ...after.keys()])].map((key): GapDiff => {
      const [one, other] = [before.get(key), after.get(key)];
      if (one !== undefined && other !== undefined) {
        const both = { a: one, b: other };
        const pairing = pairingOf(both, { a: itemsA, b: itemsB }, scored);
        return bothOf(both, pairing, sharingOf(a, b, itemsA.get(one.suite), itemsB.get(one.suite)));
      }
      const only = (one ?? other)!;
      return { ...nameOf(only), kind: "only", in: one === undefined ? "b" : "a", found: foundOf(only) };
    }),
  };
}

type Sides<T> = { readonly a: T; readonly b: T };

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

function nameOf({ of, suite, name }: GapRecord): Name {
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
  const found =
    pairing.kind === "paired"
      ? { difference: pairing.difference, how: "paired" as const, why: pairing.notes }
      : unpaired({ a, b }, pairing.because, sharing);
  const { difference, how, why } = found;
  const became = b.verdict === "gap" && a.verdict !== "gap" ? [`its verdict became gap`] : [];
  const rose =
    difference.kind === "difference" && difference.interval.low > 0
      ? ["the whole interval of its difference lies above 0"]
      : [];
  return {
    ...nameOf(a),
    kind: "both",
    a: foundOf(a),
    b: foundOf(b),
    difference,
    how,
    notes: [...why, ...notes],
    worse: [...became, ...rose],
  };
}

/** Whether two runs may have measured on the same units, and how that is known. */
type Sharing = { readonly kind: "nothing" | "units"; readonly says: string };

function sharingOf(a: DiffSide, b: DiffSide, inA: Items | undefined, inB: Items | undefined): Sharing {
  const [one, other] = [a.record.manifest.model, b.record.manifest.model];
  const conservative = "the interval is conservative: it holds however the two go together";
  if (one.kind === "stored" && other.kind === "stored") {
    const same = canonicalJson(one.revision) === canonicalJson(other.revision);
    return same && one.details["prompt"] === other.details["prompt"]
      ? { kind: "units", says: `both read the same file and share its prompts; ${conservative}` }
      : {
          kind: "nothing",
          says: `they read different ${same ? "prompts of one file" : "files"} and are taken as independent; not conservative if the same prompts stand in both`,
        };
  }
  if (inA === undefined || inB === undefined)
    return { kind: "units", says: `whether they share items is not known; ${conservative}` };
  const common = [...inA.keys()].filter((item) => inB.has(item)).length;
  return common === 0
    ? { kind: "nothing", says: "no item is in both: independent" }
    : { kind: "units", says: `${common} items are in both; ${conservative}` };
}

function unpaired({ a, b }: Sides<GapRecord>, because: string, sharing: Sharing) {
  const none = (why: string) => ({
    difference: noEstimate(why, Math.min(a.gap.n, b.gap.n)),
    how: "not measured" as const,
    why: [why],
  });
  const [from, to] = [a.gap, b.gap];
  if (from.kind === "none" || to.kind === "none") {
    const lacks = [from.kind === "none" ? "A" : "", to.kind === "none" ? "B" : ""].filter(Boolean);
    return { ...none(`there is no estimate in ${lacks.join(" and in ")}`), why: [] };
  }
  if (a.kind !== b.kind) return none(`its kind is ${a.kind} in A and ${b.kind} in B`);
  if (a.unit !== b.unit) return none(`its unit is ${a.unit ?? "share"} in A and ${b.unit ?? "share"} in B`);
  for (const [letter, { low, point, high, level }] of [["A", from] as const, ["B", to] as const])
    if (!(low <= point && point <= high && level > 0 && level < 1))
      return none(`the interval of ${letter} does not hold its own estimate`);
  const difference = independentDifference(from, to, { shared: sharing.kind });
  if (difference.kind === "none") return none(difference.because);
  const scale =
    a.unit === "sd" ? ["each in the standard deviations of its own gold, taken as the same size"] : [];
  return {
    difference,
    how: "unpaired" as const,
    why: [`not paired, because ${because}`, sharing.says, ...scale],
  };
}

/** What was asked of each item of a suite. */
type Items = ReadonlyMap<string, readonly Outcome[]>;

function itemsOf({ asked }: DiffSide): ReadonlyMap<string, Items> {
  if (asked.kind === "none") return new Map();
  return new Map(
    [...Map.groupBy(asked.outcomes, ({ sample }) => sample.suite)].map(([suite, outcomes]) => [
      suite,
      Map.groupBy(outcomes, ({ sample }) => sample.item),
    ]),
  );
}

type Value = { readonly point: number; readonly observations: number };
/** What each item by itself says of a gap, or why items by themselves say nothing. */
type Values =
  | { readonly kind: "items"; readonly of: ReadonlyMap<string, Value> }
  | { readonly kind: "none"; readonly because: string };

/**
 * The gap measured on each item alone. Items are believed only where they give back the recorded estimate, interval and all: only
 * then is the gap a mean over them and nothing else (no scorer's error rates, no bins, no control shared between items).
 */
function scoresOf(
  { record, asked }: DiffSide,
  items: ReadonlyMap<string, Items>,
  suites: readonly Suite[],
): (gap: GapRecord) => Values {
  const none = (because: string): Values => ({ kind: "none", because });
  const measured = new Map<string, ByGap | undefined>();
  return (gap) => {
    if (asked.kind === "none") return none(asked.because);
    const suite = suites.find(({ name }) => name === gap.suite);
    const version = record.suites.find(({ name }) => name === gap.suite)?.version;
    if (suite === undefined || suite.version !== version)
      return none(`this Trueline can't score suite ${gap.suite} ${version ?? ""}`);
    if (!measured.has(suite.name)) {
      const { seed, margin } = record.manifest;
      const rng = rngFrom(seed).split(suite.name).split("measure");
      const alone = items.get(suite.name) ?? new Map<string, readonly Outcome[]>();
      measured.set(suite.name, eachAlone(suite, alone, { rng, path: asked.path, margin }));
    }
    const found = measured.get(suite.name);
    if (found === undefined) return none("its stored samples can't be scored: they were changed or damaged");
    const values = found.get(gap.name) ?? new Map<string, Value>();
    return givesBack(gap, values)
      ? { kind: "items", of: values }
      : none("its interval is not that of a mean over items");
  };
}

type ByGap = ReadonlyMap<string, ReadonlyMap<string, Value>>;

/** Absent where the suite chokes on a sample: a stored file may hold keys that no plan gave it. */
function eachAlone(suite: Suite, items: Items, context: MeasureContext): ByGap | undefined {
  const byGap = new Map(suite.gaps.map(({ name }) => [name, new Map<string, Value>()]));
  try {
    for (const [item, outcomes] of items)
      for (const { name, estimate } of suite.measure(outcomes, context).gaps)
        if (estimate.kind !== "none") byGap.get(name)?.set(item, estimate);
  } catch {
    return undefined;
  }
  return byGap;
}

function givesBack({ kind, gap }: GapRecord, values: ReadonlyMap<string, Value>): boolean {
  if (gap.kind === "none" || values.size === 0) return false;
  const again = kind === "rate" ? rateOf(values, gap.level) : excessOf(values, gap.level);
  if (again.kind === "none" || again.n !== gap.n || again.observations !== gap.observations) return false;
  const { point, interval } = again;
  return [point - gap.point, interval.low - gap.low, interval.high - gap.high].every(
    (off) => Math.abs(off) < 1e-9,
  );
}

function rateOf(values: ReadonlyMap<string, Value>, level: number): Estimate {
  return clusteredRate(
    [...values].flatMap(([cluster, { point, observations }]) =>
      Array.from({ length: observations }, (_, i) => ({
        cluster,
        value: i < Math.round(point * observations) ? (1 as const) : (0 as const),
      })),
    ),
    { level },
  );
}

function excessOf(values: ReadonlyMap<string, Value>, level: number): Estimate {
  return clusteredDifference(
    [...values].map(([cluster, { point }]) => ({ cluster, value: point })),
    { range: [-1, 1], level },
  );
}

type Pairing =
  | { readonly kind: "paired"; readonly difference: Difference; readonly notes: readonly string[] }
  | { readonly kind: "unpaired"; readonly because: string };

/** Paired on the items that both runs asked in the same words and scored, where these are at least half of either run's. */
function pairingOf(
  gaps: Sides<GapRecord>,
  items: Sides<ReadonlyMap<string, Items>>,
  scored: Sides<(gap: GapRecord) => Values>,
): Pairing {
  const { a, b } = gaps;
  if (a.gap.kind === "none" || b.gap.kind === "none" || a.gap.level !== b.gap.level)
    return { kind: "unpaired", because: "there are no two intervals at one level" };
  if (a.kind !== b.kind || a.unit !== b.unit)
    return { kind: "unpaired", because: "the two are not measured on one scale" };
  const [from, to] = [scored.a(a), scored.b(b)];
  if (from.kind === "none") return { kind: "unpaired", because: from.because };
  if (to.kind === "none") return { kind: "unpaired", because: to.because };
  const same = (item: string) =>
    asksOf(items.a.get(a.suite)?.get(item)) === asksOf(items.b.get(b.suite)?.get(item));
  const shared = [...from.of.keys()].filter((item) => to.of.has(item) && same(item));
  const [inA, inB] = [from.of.size, to.of.size];
  if (shared.length * 2 < Math.max(inA, inB))
    return {
      kind: "unpaired",
      because: `${shared.length === 0 ? "no item was" : `only ${shared.length} items were`} asked in the same words and scored in both, of ${inA} in A and ${inB} in B`,
    };
  const widest = a.kind === "rate" ? 1 : 2;
  return {
    kind: "paired",
    difference: clusteredDifference(
      shared.map((item) => ({ cluster: item, value: to.of.get(item)!.point - from.of.get(item)!.point })),
      { range: [-widest, widest], level: a.gap.level },
    ),
    notes:
      shared.length === inA && shared.length === inB
        ? []
        : [
            `over the ${shared.length} items that both scored, of ${inA} in A and ${inB} in B: not the difference of the two estimates`,
          ],
  };
}

/** What the item's samples asked, whatever their order; their keys too, since these say what counts as right. */
function asksOf(outcomes: readonly Outcome[] | undefined): string {
  return (outcomes ?? [])
    .map(({ sample: { id, ask, key } }) => canonicalJson([id, ask, key]))
    .toSorted()
    .join("\n");
}

function differingOf(a: RunRecord, b: RunRecord): readonly Differing[] {
  const [before, after] = [settingsOf(a), settingsOf(b)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((what) => {
    const [one, other] = [before.get(what) ?? "–", after.get(what) ?? "–"];
    return one === other ? [] : [{ what, a: one, b: other }];
  });
}

function settingsOf({ manifest, suites }: RunRecord): ReadonlyMap<string, string> {
  const { model, n, world } = manifest;
  const { revision } = model;
  return new Map<string, string>([
    ["trueline", manifest.trueline],
    ["engine", manifest.engine],
    [model.kind === "stored" ? "file" : "model", model.id],
    ["title", model.title],
    ["revision", revision.kind === "sha256" ? `sha256 ${revision.value}` : `unpinned: ${revision.because}`],
    ...Object.entries(model.details).map(([name, value]) => [name, String(value)] as const),
    ...(world === undefined
      ? []
      : [["world", `${world.name} ${world.version}, ${world.facts} facts`] as const]),
    ["run's seed", String(manifest.seed)],
    ["margin", String(manifest.margin)],
    ...(n === undefined ? [] : [["n", `${n.choose} by choice, ${n.write} written`] as const]),
    ...(manifest.maxTokens === undefined
      ? []
      : [["most tokens of a reply", String(manifest.maxTokens)] as const]),
    ...(manifest.system === undefined ? [] : [["system prompt", manifest.system] as const]),
    ...suites.map(({ name, version }) => [`suite ${name}`, `version ${version}`] as const),
  ]);
}
