// The experiment over seeds: each rater, each strength, and the control that picks at random, from seed to kept results.

import { verdictOf } from "../../core/verdict.ts";
import { measureSpecification } from "../../goodhart/measure-specification.ts";
import { rngFrom } from "../../stats/rng.ts";
import { knockOuts, strengthMap, type SummariesRun } from "./experiment.ts";
import { raterOverSeeds, seedCurves, type SeedCurves, type SeedRun } from "./rater-over-seeds.ts";
import type { SeedsRecord } from "./seeds-record.ts";

export type SeedsSettings = SeedsRecord["settings"];

export const namesOf = {
  full: "full rater",
  none: "without any bias",
  random: "chosen at random",
} as const;

export type NamedRun = {
  readonly name: string;
  /** What all biases were multiplied by, where all were alike. */
  readonly times?: number;
  readonly run: SummariesRun;
};

/** All biases together, beside 0 and 1, which the knock-outs hold. */
const strengths: readonly number[] = [0.25, 0.5, 2];

/** The knock-outs of one seed, then its full rater with all biases weaker and stronger. */
export function runsOfSeed(
  seed: number,
  { texts, candidates, margin }: Omit<SeedsSettings, "seeds">,
): readonly NamedRun[] {
  const settings = { seed, texts, candidates, margin };
  return [
    ...knockOuts(settings).map(({ name, run }) => ({
      name,
      run,
      ...(name === namesOf.full ? { times: 1 } : name === namesOf.none ? { times: 0 } : {}),
    })),
    ...strengthMap(settings, { times: strengths }).map(({ times, run }) => ({
      name: `biases times ${times}`,
      times,
      run,
    })),
  ];
}

/**
 * Results as they are kept; the same settings give the same bytes. `runsOf` gives a seed's runs, which are dropped before those of the next
 * are asked for.
 */
export function overSeeds(
  settings: SeedsSettings,
  runsOf: (seed: number) => readonly NamedRun[] = (seed) => runsOfSeed(seed, settings),
  { sameTexts = false }: { readonly sameTexts?: boolean } = {},
): SeedsRecord {
  const found = new Map<string, { readonly times: number | undefined; readonly seeds: SeedCurves[] }>();
  const keep = (name: string, times: number | undefined, curves: SeedCurves) => {
    const entry = found.get(name) ?? { times, seeds: [] };
    found.set(name, entry);
    entry.seeds.push(curves);
  };
  for (const seed of settings.seeds) {
    for (const { name, times, run } of runsOf(seed)) {
      const peak = run.audit.measurement.gaps[0]!.pressure!.peak;
      keep(name, times, seedCurves(seed, { ...run, peak }));
      if (name === namesOf.full)
        keep(namesOf.random, undefined, seedCurves(seed, atRandom(seed, run, settings.margin)));
    }
  }
  const rng = rngFrom("summaries over seeds");
  return {
    settings,
    raters: [...found].map(([name, { times, seeds }]) =>
      raterOverSeeds(seeds, {
        name,
        ...(times === undefined ? {} : { times }),
        margin: settings.margin,
        sameTexts,
        rng: rng.split(name),
        kept: drawnInFull.includes(name) ? () => true : (n) => Number.isInteger(Math.log2(n)),
      }),
    ),
  };
}

/** The raters whose curves are drawn; of the others the powers of two are kept. */
const drawnInFull: readonly string[] = [namesOf.full, "without doubtAversion"];

/** The control: the same summaries and ratings, the ratings shuffled within each text. */
function atRandom(seed: number, { rows }: SummariesRun, margin: number): SeedRun {
  const rng = rngFrom(seed).split("summaries at random");
  const shuffled = [...Map.groupBy(rows, ({ prompt }) => prompt)].flatMap(([prompt, own]) => {
    const proxies = rng.split(prompt).shuffled(own.map(({ proxy }) => proxy));
    return own.map((row, i) => ({ ...row, proxy: proxies[i]! }));
  });
  const { estimate, pressure } = measureSpecification(namesOf.random, shuffled, {
    rng: rng.split("measure"),
    margin,
  });
  return {
    rows: shuffled,
    fall: estimate,
    verdict: verdictOf("excess", estimate, margin),
    peak: pressure!.peak,
  };
}
