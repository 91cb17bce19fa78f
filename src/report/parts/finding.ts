// One known failure with its transcripts side by side and the commands that ask for them again.

import type { FindingRecord } from "../../core/run-record.ts";
import { markup, type Html } from "../markup.ts";
import { transcript } from "./transcript.ts";

export function findingHtml(finding: FindingRecord, replyLimit: number | undefined, open: boolean): Html {
  return markup`<details class="finding" ${open ? markup` open` : undefined}>
<summary><b>${finding.gap}</b>: ${finding.says}</summary>
<div class="pair">${finding.evidence.map((shown) => transcript(shown, replyLimit))}</div>
${commandsHtml(finding)}
</details> `;
}

export function commandsHtml({ replay }: FindingRecord): Html | undefined {
  // Stored samples were never asked by a command.
  if (replay.length === 0) return undefined;
  return markup`<p class="commands">
${replay.map((command) => markup`<code class="command">${command}</code>`)}
</p>`;
}
