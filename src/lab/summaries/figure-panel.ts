// A panel of the figure: what is drawn in it from 0, 0 on, how high it is, and the same in words.

import type { Html } from "../../report/markup.ts";

export type Panel = {
  readonly height: number;
  readonly inside: Html;
  /** For those who can't see it. */
  readonly says: string;
};
