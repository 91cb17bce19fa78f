// A count of items by what became of them, whole: nothing that was asked is left out of it.

import type { SuiteRecord } from "../../core/run-record.ts";
import { whole } from "../figures.ts";
import { markup, type Html } from "../markup.ts";

export function tallyHtml({ label, counts }: SuiteRecord["tallies"][number]): Html {
  const entries = Object.entries(counts);
  return markup`<p class="tally">
<b>${label}</b>
${entries.map(([what, n]) => markup`<span class="count">${what} <b>${whole(n)}</b></span> `)}
</p> `;
}
