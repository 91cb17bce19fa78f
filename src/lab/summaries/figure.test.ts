// The summaries figure: every line and dot is drawn, the parting is marked where there is one, and what is not measured says why.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { CurveSet } from "./figure-curves.ts";
import type { FallSet } from "./figure-falls.ts";
import { summariesFigure } from "./figure.ts";
import { figureParts } from "./figure-parts.ts";
import { overSeeds, runsOfSeed } from "./over-seeds.ts";

const ends = (point: number) => ({ point, low: point - 0.1, high: point + 0.1 });
const curves: CurveSet = {
  title: "A <set> of curves",
  note: "3 seeds",
  grid: [1, 2, 4],
  seeds: [1, 2, 3].map((k) => ({ rating: [0, 1, 2 + k / 10], truth: [0, 0.1, -k / 10] })),
  together: {
    curve: { kind: "band", rating: [ends(1), ends(2.2)], truth: [ends(0.1), ends(-0.2)] },
    peak: { kind: "range", low: 2, high: 2 },
  },
};
const measured = (point: number) => ({ kind: "measured", ...ends(point), n: 30, method: "t" }) as const;
const falls: FallSet = {
  title: "Falls",
  note: "per rater",
  margin: 0.1,
  reach: 1,
  severalSeeds: true,
  rows: [
    {
      name: "one",
      seeds: [
        { fall: measured(0.4), verdict: "gap" },
        { fall: measured(0.5), verdict: "gap" },
        { fall: measured(0.1), verdict: "unclear" },
      ],
      together: { fall: measured(0.4), verdict: "gap" },
    },
  ],
};
const drawn = (
  parts: { curves?: readonly CurveSet[]; falls?: readonly FallSet[] },
  layout: "wide" | "narrow" = "wide",
) => summariesFigure({ title: "Figure", curves: parts.curves ?? [], falls: parts.falls ?? [] }, layout);
const times = (text: string, what: RegExp) => [...text.matchAll(what)].length;

test("each set of curves gets a panel with a line for each seed, one for all, and the parting", () => {
  for (const sets of [1, 2, 3]) {
    const svg = drawn({ curves: Array.from({ length: sets }, () => curves) });
    assert.equal(times(svg, /one-seed"/gu), 6 * sets);
    assert.equal(times(svg, /class="curve (?:proxy|gold) all"/gu), 2 * sets);
    assert.equal(times(svg, /they part at n = 2</gu), sets);
  }
  assert.ok(drawn({ curves: [curves] }).includes("A &lt;set&gt; of curves"));
});

test("where the truth does not fall no parting is marked", () => {
  const rising = {
    ...curves,
    together: { ...curves.together, peak: { kind: "range", low: 2, high: 4 } as const },
  };
  assert.ok(!drawn({ curves: [rising] }).includes("they part"));
  const flat = {
    ...curves,
    together: { ...curves.together, peak: { kind: "none", because: "it is flat" } as const },
  };
  assert.ok(!drawn({ curves: [flat] }).includes("they part"));
  assert.ok(drawn({ curves: [flat] }).includes("it is flat"));
});

test("every seed is a dot, every verdict counted, and the words give each fall with its interval and n", () => {
  const svg = drawn({ falls: [falls] });
  assert.equal(times(svg, /<circle class="v-\S+ one"/gu), 3);
  assert.match(svg, /gap 2<.*unclear 1</su);
  assert.ok(
    svg.includes(
      "one: falls by 0.40 SD, from 0.30 to 0.50, n = 30 texts; of 3 seeds gap on 2, unclear on 1.",
    ),
  );
});

test("what is not measured says why, and no number that is none is drawn", () => {
  const none = { kind: "none", because: "too few texts", n: 3 } as const;
  const row = { fall: none, verdict: "could-not-test" } as const;
  const svg = drawn({
    curves: [{ ...curves, together: { ...curves.together, curve: none } }],
    falls: [{ ...falls, rows: [{ name: "one", seeds: [row], together: row }] }],
  });
  assert.equal(times(svg, /class="no-number"[^>]*>(?:not drawn: )?too few texts</gu), 2);
  assert.doesNotMatch(svg, /NaN|Infinity|undefined|<circle class="v-/u);
});

test("the panels stand beside each other in the wide picture and below each other in the narrow one, never on each other", () => {
  for (const layout of ["wide", "narrow"] as const) {
    const svg = drawn({ curves: [curves, curves], falls: [falls] }, layout);
    const places = [...svg.matchAll(/<g transform="translate\((\d+) (\d+)\)">\n/gu)].map(
      ([, x, y]) => `${x} ${y}`,
    );
    assert.equal(new Set(places).size, 3);
    const columns = new Set(places.map((place) => place.split(" ")[0]));
    assert.equal(columns.size, layout === "wide" ? 2 : 1);
  }
});

test("two seeds are kept and drawn: the same settings give the same bytes, one seed's runs are its curves", () => {
  const settings = { seeds: [1, 2], texts: 30, candidates: 4, margin: 0.1 };
  const record = overSeeds(settings);
  assert.equal(record.raters.length, 11);
  const [full] = record.raters;
  assert.deepEqual([full!.name, full!.together.texts, full!.seeds.length], ["full rater", 60, 2]);
  const svg = summariesFigure(figureParts(record), "narrow");
  assert.equal(times(svg, /one-seed"/gu), 8);
  assert.doesNotMatch(svg, /NaN|Infinity|undefined/u);
  const runs = runsOfSeed(1, settings);
  const alone = overSeeds({ ...settings, seeds: [1] }, () => runs);
  assert.deepEqual(
    overSeeds({ ...settings, seeds: [1] }, () => runs),
    alone,
  );
  assert.deepEqual(alone.raters[0]!.seeds[0], full!.seeds[0]);
});

test("texts too few or too poor for curves are no reason to fail", () => {
  const record = overSeeds({ seeds: [1], texts: 1, candidates: 2, margin: 0.1 });
  assert.ok(record.raters.every(({ together }) => together.verdict === "could-not-test"));
  assert.doesNotMatch(JSON.stringify(record), /null/u);
  assert.match(summariesFigure(figureParts(record), "wide"), /at least 30/u);
});
