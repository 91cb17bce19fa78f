// The plain layout: each row one text, left-padded to a common width, every token looking back at its own row only.

import { TruelineError } from "../../core/errors.ts";
import { MASKED, type Pass, type Past } from "./forward.ts";

/**
 * Texts after a past that all rows share (a common prefix) or own. Row r's first token stands at `past.length`.
 * @param texts one or more tokens each @param width at least the longest text
 * @throws TruelineError when a text has no token or does not fit
 */
export function causalPass(
  texts: readonly (readonly number[])[],
  width: number,
  padding: number,
  past: Past,
  select: "last" | "all" = "last",
): Pass {
  const rows = texts.length;
  const all = past.length + width;
  const tokens = new Int32Array(rows * width).fill(padding);
  const positions = new Int32Array(rows * width);
  const bias = new Float32Array(rows * width * all);
  texts.forEach((text, r) => {
    const pad = width - text.length;
    if (pad < 0 || text.length === 0)
      throw new TruelineError("PASS_SHAPE", `a text of ${text.length} tokens in a row of ${width}`);
    for (let c = 0; c < width; c++) {
      const at = r * width + c;
      const row = bias.subarray(at * all, (at + 1) * all);
      if (c < pad) {
        // Padding looks at itself alone, so that its softmax stays finite; nobody looks at it.
        row.fill(MASKED);
        row[past.length + c] = 0;
        continue;
      }
      tokens[at] = text[c - pad]!;
      positions[at] = past.length + c - pad;
      row.fill(MASKED, past.length, past.length + pad);
      row.fill(MASKED, past.length + c + 1);
    }
  });
  const chosen =
    select === "all"
      ? Array.from({ length: rows * width }, (_, i) => i)
      : texts.map((_, r) => r * width + width - 1);
  return { rows, width, tokens, positions, bias, past, select: chosen };
}
