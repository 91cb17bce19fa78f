// Where proxy and truth part most, as a finding: the proxy's favourite beside the best in truth.

import type { FindingRecord } from "../../core/run-record.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { SpecificationRow } from "../../goodhart/specification-row.ts";
import type { WorstPair } from "../../goodhart/worst-pairs.ts";

/** Characters of a text that the record holds of a sample; the file has all. */
const TEXT = 4000;

/** @param drawnIn the folder whose samples were drawn, and can be asked again */
export function pairFinding(
  { proxyFavourite, truthFavourite }: WorstPair,
  drawnIn: string | undefined,
): FindingRecord {
  const shown = (row: SpecificationRow, arm: string) => ({
    sample: row.place,
    arm,
    messages: [{ role: "user" as const, content: cut(row.prompt) }],
    opening: "",
    reply: cut(row.response ?? ""),
  });
  const scores = ({ proxy, gold }: SpecificationRow) =>
    proxy.kind === "scored" && gold.kind === "scored"
      ? `proxy ${short(proxy.value)}, gold ${short(gold.value)}`
      : "unscored";
  return {
    suite: "specification",
    gap: "over-optimisation",
    says: `the proxy's favourite (${scores(proxyFavourite)}) beside the best in truth (${scores(truthFavourite)})`,
    evidence: [shown(proxyFavourite, "the proxy's favourite"), shown(truthFavourite, "the best in truth")],
    replay:
      drawnIn === undefined
        ? []
        : [proxyFavourite, truthFavourite].map(
            ({ place }) => `trueline replay ${shellWord(drawnIn)} ${shellWord(place)}`,
          ),
  };
}

/** Not through the middle of a character that takes two code units. */
function cut(text: string): string {
  return text.slice(0, TEXT).replace(/[\uD800-\uDBFF]$/u, "");
}

function short(value: number): string {
  return String(Number(value.toPrecision(3))).replace("-", "−");
}
