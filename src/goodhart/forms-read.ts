// The published forms as the record holds them: what they say, and each form's numbers.

import type { FormsRead } from "../core/suite.ts";
import { gridOf } from "../stats/best-of-n.ts";
import type { Rng } from "../stats/rng.ts";
import { poolsOf } from "./pools.ts";
import { publishedForms } from "./published-forms.ts";
import type { SpecificationRow } from "./specification-row.ts";

export function formsRead(
  rows: readonly SpecificationRow[],
  rng: Rng,
  maxN?: number,
):
  | { readonly kind: "read"; readonly forms: FormsRead }
  | { readonly kind: "none"; readonly because: string } {
  const { pools, most } = poolsOf(rows, "left out", maxN);
  const compared = publishedForms(pools, gridOf(most), rng);
  if (compared.kind === "none") return compared;
  const { says, forms, pressure } = compared;
  return {
    kind: "read",
    forms: {
      says: `${says}${pressure === "bound" ? " Proxy scores tie, so d is that of the bound on the KL divergence." : ""}`,
      forms: forms.map(({ name, formula, coefficients, heldOutLoss, lossAgainstBestMonotone }) => ({
        name,
        formula,
        heldOutLoss,
        against: lossAgainstBestMonotone,
        ...coefficients,
      })),
    },
  };
}
