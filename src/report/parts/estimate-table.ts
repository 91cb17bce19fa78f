// A table of further numbers of a suite, each with its interval, its n and its method.

import type { EstimateRecord } from "../../core/run-record.ts";
import type { Scale } from "../figures.ts";
import { markup, type Html } from "../markup.ts";
import { estimateHtml, methodHtml } from "./estimate.ts";
import { tableHtml } from "./table.ts";

export type Labelled = { readonly label: Html; readonly value: EstimateRecord };

export function estimateTable(
  caption: string,
  head: string,
  entries: readonly Labelled[],
  scale: Scale,
): Html {
  return tableHtml({
    caption,
    columns: [
      { head, width: 40 },
      { head: "Measured", width: 34 },
      { head: "How", width: 26 },
    ],
    rows: entries.map(({ label, value }) => [
      label,
      estimateHtml(value, scale),
      methodHtml(value) ?? markup`no interval, since there is no number`,
    ]),
  });
}
