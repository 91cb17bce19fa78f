// A rubric: by what a judge marks, and on which scale.

import { SetupError } from "../../core/errors.ts";
import { visible } from "../../core/visible.ts";
import { shown } from "../table/shown.ts";
import { defaultScale, MOST_STEPS, type MarkScale } from "./mark-scale.ts";

export type Rubric = { readonly text: string; readonly scale: MarkScale };

/** Characters: every ask repeats the rubric, and a model's context is short. */
const LONGEST = 20_000;
/** Controls that no text holds. */
const BINARY = /(?![\t\n\f\r\u0085])\p{Cc}/u;
const HINT =
  "A rubric is plain text that says what a good response is; its first line may be a scale, like: scale: 1-5";

/**
 * @param source what the text came from, for messages.
 * @throws SetupError RUBRIC where it is empty, too long, no text, or begins with a scale that is none.
 */
export function rubricFrom(whole: string, source: string): Rubric {
  const fault = (what: string, hint = HINT) =>
    new SetupError("RUBRIC", `the rubric ${visible(source)} ${what}`, { hint });
  if (BINARY.test(whole)) throw fault("is binary, not text");
  if (whole.length > LONGEST)
    throw fault(
      `is longer than ${LONGEST} characters`,
      "Every ask repeats the rubric: keep what a marker has to look at, and leave out the rest.",
    );
  const body = whole.replace(/^\ufeff/u, "").trim();
  const [first = "", ...rest] = body.split(/\r\n|[\n\r]/u);
  if (!/^scale\s*:/iu.test(first)) {
    if (body === "") throw fault("is empty");
    return { text: body, scale: defaultScale };
  }
  const scale = scaleIn(first);
  if (scale === undefined)
    throw fault(
      `begins with ${shown(first)}, which is no scale`,
      `Write two whole numbers from 0 to ${MOST_STEPS}, the smaller first, like: scale: 1-5`,
    );
  const text = rest.join("\n").trim();
  if (text === "") throw fault("holds a scale and nothing to mark by");
  return { text, scale };
}

function scaleIn(line: string): MarkScale | undefined {
  const found = /^scale\s*:\s*(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})\s*$/iu.exec(line);
  if (found === null) return undefined;
  const [low, high] = [Number(found[1]), Number(found[2])];
  return low < high && high <= MOST_STEPS ? { low, high } : undefined;
}
