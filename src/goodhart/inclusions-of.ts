// With which probability each sample was to be labelled: as its row says, or the same for all where labels were drawn evenly.

import type { SpecificationRow } from "./specification-row.ts";

/**
 * In (0, 1], in the order of the rows. Rows that say nothing were drawn evenly: as many of them as are labelled, over all of them.
 * 1 for all where none of them is labelled.
 */
export function inclusionsOf(rows: readonly SpecificationRow[]): readonly number[] {
  const even = rows.filter(({ inclusion }) => inclusion === undefined);
  const labelled = even.filter(({ gold }) => gold.kind === "scored").length;
  const share = labelled > 0 ? labelled / even.length : 1;
  return rows.map(({ inclusion }) => inclusion ?? share);
}
