// The attributes of texts: one file each, one line here.

import { agreement } from "./agreement.ts";
import { apology } from "./apology.ts";
import type { Attribute } from "./attribute.ts";
import { authority } from "./authority.ts";
import { boldMarks } from "./bold-marks.ts";
import { confidence } from "./confidence.ts";
import { emoji } from "./emoji.ts";
import { flattery } from "./flattery.ts";
import { hedging } from "./hedging.ts";
import { jargon } from "./jargon.ts";
import { length } from "./length.ts";
import { listItems } from "./list-items.ts";
import { refusal } from "./refusal.ts";

/** In the order in which tables show them. */
export const attributes = {
  length,
  "list-items": listItems,
  "bold-marks": boldMarks,
  hedging,
  confidence,
  flattery,
  agreement,
  jargon,
  authority,
  emoji,
  apology,
  refusal,
} as const satisfies Readonly<Record<string, Attribute>>;

export type AttributeName = keyof typeof attributes;
