// A conversation as it was, turn by turn: text of models and users is shown as text, cut where it is long, the cut told.

import type { FindingRecord } from "../../core/run-record.ts";
import { cutShort } from "../cut.ts";
import { whole } from "../figures.ts";
import { markup, type Html } from "../markup.ts";

type Shown = FindingRecord["evidence"][number];

/** Characters of each turn. Prompts stand whole up to this too; the reply may be held shorter. */
const TURN = 600;

export function transcript(shown: Shown, replyLimit = TURN): Html {
  return markup`<figure class="transcript">
<figcaption>${shown.arm} <code>${shown.sample}</code></figcaption>
<dl>
${shown.messages.map(({ role, content }) => turn(ROLES[role], cutText(content, TURN), role))}
${turn("model", markup`${openingHtml(shown.opening)}${replyHtml(shown.reply, replyLimit)}`, "reply")}
</dl>
</figure> `;
}

const ROLES = { system: "system", user: "user", assistant: "model, before" } as const;

function turn(who: string, text: Html, kind: string): Html {
  return markup`<div class="turn ${kind}">
<dt>${who}</dt>
<dd>${text}</dd>
</div> `;
}

/** Words that were put at the beginning of the reply, so that they are not taken for the model's own. */
function openingHtml(opening: string): Html | undefined {
  return opening === ""
    ? undefined
    : markup`<span class="opening" title="these words were given">${cutText(opening, TURN)}</span> `;
}

function replyHtml(reply: string, limit: number): Html {
  return reply === ""
    ? markup`<span class="absent">(nothing: the reply is empty)</span>`
    : cutText(reply, limit);
}

function cutText(text: string, keep: number): Html {
  const cut = cutShort(text, keep);
  if (cut.kind === "whole") return markup`${cut.shown}`;
  return markup`${cut.shown}<span class="cut">
… cut: ${whole(cut.kept)} of ${whole(cut.of)} characters shown</span>`;
}
