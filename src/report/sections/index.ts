// The sections of the page in their order: one file each, one line here. The keys are their addresses.

import type { RunRecord } from "../../core/run-record.ts";
import type { Section } from "../section.ts";
import { suiteSection } from "../suite-view.ts";
import { subjectOf } from "../subject.ts";
import { failed } from "./failed.ts";
import { failures } from "./failures.ts";
import { manifest } from "./manifest.ts";
import { reproduce } from "./reproduce.ts";
import { untested } from "./untested.ts";
import { viewOf, views } from "./views.ts";

export const sections = {
  sycophancy: suiteSection(views.sycophancy),
  calibration: suiteSection(views.calibration),
  refusal: suiteSection(views.refusal),
  consistency: suiteSection(views.consistency),
  failures,
  failed,
  untested,
  manifest,
  reproduce,
} as const satisfies Readonly<Record<string, Section>>;

/** Those, with a plain section for each suite of the record that has none of its own, after the suites that have. */
export function sectionsOf(record: RunRecord): readonly (readonly [id: string, section: Section])[] {
  const { suites } = record;
  // Where no model was asked, what a model's suites would have said is beside the point.
  const own = Object.entries<Section>(sections).filter(
    ([id]) => subjectOf(record) === "model" || !Object.keys(views).includes(id),
  );
  const known = Object.keys(views);
  const others = suites
    .filter(({ name }) => !Object.values(views).some((view) => view.suite === name))
    .map(({ name, title }, i): readonly [string, Section] => [
      `suite-${i + 1}`,
      suiteSection(viewOf(name, title)),
    ]);
  return [
    ...own.filter(([id]) => known.includes(id)),
    ...others,
    ...own.filter(([id]) => !known.includes(id)),
  ];
}
