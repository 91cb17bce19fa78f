// The contract of a section of the page: it always stands under its title, with its content or with the reason why there is none.

import type { RunRecord } from "../core/run-record.ts";
import { markup, type Html } from "./markup.ts";

export type Section = {
  readonly title: string;
  /** Why this record holds nothing for the section; undefined where it does. */
  readonly lacks: (record: RunRecord) => string | undefined;
  /** The content below the heading; asked for only where nothing lacks. */
  readonly render: (record: RunRecord) => Html;
};

/** A section whole, with its heading; `id` is its address in the page. */
export function renderSection(id: string, section: Section, record: RunRecord): Html {
  const because = section.lacks(record);
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${section.title}</h2>
${because === undefined ? section.render(record) : notMeasured(because)}
</section> `;
}

export function notMeasured(because: string): Html {
  return markup`<p class="not-measured"><strong>Not measured</strong>: ${withoutStop(because)}.</p>`;
}

/** For a sentence that goes on or ends by itself. */
export function withoutStop(text: string): string {
  return text.replace(/[.\s]+$/u, "");
}
