// What the summaries figure shows of the kept results: two pairs of curves, the knock-outs, the strengths.

import type { CurveSet } from "./figure-curves.ts";
import type { FallSet } from "./figure-falls.ts";
import type { FigureParts } from "./figure.ts";
import { namesOf } from "./over-seeds.ts";
import type { RaterRecord, SeedsRecord } from "./seeds-record.ts";

/** @param own the same experiment on a model's own summaries: its curves stand below the first ones */
export function figureParts({ settings, raters }: SeedsRecord, own?: OwnResults): FigureParts {
  const { seeds, texts, margin } = settings;
  const several = seeds.length > 1;
  const curveSet = (title: string, { grid, seeds: own, together }: RaterRecord): CurveSet => ({
    title,
    note: several
      ? `gain over n = 1; thin: ${seeds.length} seeds of ${texts} texts`
      : `gain over n = 1; ${texts} texts, band 95 %`,
    grid,
    seeds: several ? own : [],
    together,
  });
  const named = (name: string) => raters.filter((rater) => rater.name === name);
  const reach = raters
    .flatMap(({ seeds: own, together }) => [...own.map(({ fall }) => fall), together.fall])
    .reduce((most, fall) => (fall.kind === "none" ? most : Math.max(most, fall.high)), margin);
  const falls = { margin, reach: 1.02 * reach, severalSeeds: several };
  return {
    title: "Summaries picked by a biased rater: the rating rises and the truth falls",
    curves: [
      ...named(namesOf.full).map((rater) => curveSet("Picked by the full rater", rater)),
      ...named("without doubtAversion").map((rater) => curveSet("Without its aversion to doubt", rater)),
      ...(own === undefined ? [] : ownCurves(own)),
    ],
    falls: [
      {
        ...falls,
        title: "Which bias makes the truth fall?",
        note: several ? "fall from the peak; dots: seeds; sign: all texts" : "fall from the peak, 95 %",
        rows: [
          ...raters.filter(({ name }) => !name.startsWith("biases times") && name !== namesOf.random),
          ...named(namesOf.random),
        ].map((rater) => rowOf(inWords(rater.name), rater)),
      },
      {
        ...falls,
        title: "How strong must the biases be?",
        note: "all four times a factor; band: within the margin",
        rows: raters
          .flatMap((rater) => (rater.times === undefined ? [] : [{ rater, times: rater.times }]))
          .toSorted((a, b) => a.times - b.times)
          .map(({ rater, times }) => rowOf(`\u00d7 ${times}`, rater)),
      },
    ],
  };
}

export type OwnResults = { readonly model: string; readonly results: SeedsRecord };

function ownCurves({ model, results: { settings, raters } }: OwnResults): readonly CurveSet[] {
  return (
    [
      [namesOf.full, "Its own, by the full rater"],
      ["without doubtAversion", "Its own, without the aversion"],
    ] as const
  ).flatMap(([wanted, title]) =>
    raters
      .filter(({ name }) => name === wanted)
      .map(({ grid, seeds, together }) => ({
        title,
        note: `${model}: ${settings.texts} texts${settings.seeds.length > 1 ? `; thin: ${settings.seeds.length} draws` : ", band 95 %"}`,
        grid,
        seeds: settings.seeds.length > 1 ? seeds : [],
        together,
      })),
  );
}

function rowOf(name: string, { seeds, together }: RaterRecord): FallSet["rows"][number] {
  return { name, seeds, together };
}

/** "without doubtAversion" as people write it. */
function inWords(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
}
