// Whether two runs that are not paired may still have measured on the same units: how wide their difference must be.

import { canonicalJson } from "../canonical-json.ts";
import type { Items } from "./items.ts";
import type { DiffSide } from "./run-diff.ts";

/** Whether two runs may have measured on the same units, and how that is known. */
export type Sharing = { readonly kind: "nothing" | "units"; readonly says: string };

export function sharingOf(a: DiffSide, b: DiffSide, inA: Items | undefined, inB: Items | undefined): Sharing {
  const [one, other] = [a.record.manifest.model, b.record.manifest.model];
  const conservative = "the interval is conservative: it holds however the two go together";
  if (one.kind === "stored" && other.kind === "stored") {
    if (a.prompts.kind === "values" && b.prompts.kind === "values") {
      const inB = new Set(b.prompts.rows.map(({ prompt }) => prompt));
      const common = a.prompts.rows.filter(({ prompt }) => inB.has(prompt)).length;
      return common === 0
        ? { kind: "nothing", says: "no prompt is in both: independent" }
        : { kind: "units", says: `${common} prompts are in both; ${conservative}` };
    }
    const same = canonicalJson(one.revision) === canonicalJson(other.revision);
    return same && one.details["prompt"] === other.details["prompt"]
      ? { kind: "units", says: `both read the same file and share its prompts; ${conservative}` }
      : {
          kind: "nothing",
          says: `they read different ${same ? "prompts of one file" : "files"} and are taken as independent; not conservative if the same prompts stand in both`,
        };
  }
  if (inA === undefined || inB === undefined)
    return { kind: "units", says: `whether they share items is not known; ${conservative}` };
  const common = [...inA.keys()].filter((item) => inB.has(item)).length;
  return common === 0
    ? { kind: "nothing", says: "no item is in both: independent" }
    : { kind: "units", says: `${common} items are in both; ${conservative}` };
}
