// The default audit in the README: what is kept of a run, and the table that is made of it.
//
//   node scripts/default-audit.ts RUN_FOLDER     keeps that run and writes the README's table anew

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { runRecord, type RunRecord } from "../src/core/run-record.ts";

const root = path.resolve(import.meta.dirname, "..");
export const stored = path.join(root, "docs/results/default-audit.json");
const readme = path.join(root, "README.md");
const [BEGIN, END] = ["<!-- default audit -->", "<!-- end -->"];

export const keptAudit = z.object({
  model: z.string(),
  seed: z.number(),
  margin: z.number(),
  gaps: runRecord.shape.gaps,
  tokens: runRecord.shape.tokens,
  timing: runRecord.shape.timing,
});
export type KeptAudit = z.infer<typeof keptAudit>;

export function kept({ manifest, gaps, tokens, timing }: RunRecord): KeptAudit {
  const { model, seed, margin } = manifest;
  return { model: model.title, seed, margin, gaps, tokens, timing };
}

/** The README's part: the table of gaps and one line on what it cost. */
export function shown({ model, seed, gaps, tokens, timing }: KeptAudit): string {
  const rows = gaps.map(({ suite, name, gap, control, verdict }) => {
    const found = gap.kind === "none" ? "not measured" : interval(gap, gap.kind === "excess");
    const beside = control.value.kind === "none" ? "not measured" : interval(control.value, false);
    return `| ${suite}: ${name} | ${verdict} | ${found} | ${gap.n} | ${beside} |`;
  });
  const rate = timing.matmulGflops;
  const cost = `${whole(tokens.prefilled)} tokens prefilled and ${whole(tokens.decoded)} decoded in ${Math.round(timing.seconds)} s`;
  const normalised = rate === undefined ? "" : ` at ${Math.round(rate)} GFLOP/s`;
  return [
    BEGIN,
    "| gap | verdict | estimate [95 %] | n | control |",
    "|---|---|---|---|---|",
    ...rows,
    "",
    `${model}, seed ${seed}; ${cost} on two cores${normalised}.`,
    END,
  ].join("\n");
}

/** The README's present part. @throws Error when its marks are gone */
export function shownIn(text: string): string {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the README lacks ${BEGIN} and ${END}`);
  return text.slice(from, to + END.length);
}

function interval(
  { point, low, high }: { point: number; low: number; high: number },
  signed: boolean,
): string {
  const write = (x: number) => `${x < 0 ? "−" : signed ? "+" : ""}${Math.abs(x).toFixed(2)}`;
  return `${write(point)} [${write(low)}, ${write(high)}]`;
}

function whole(n: number): string {
  return n.toLocaleString("en-US");
}

if (import.meta.main) {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error("usage: node scripts/default-audit.ts RUN_FOLDER");
  const record = runRecord.parse(JSON.parse(readFileSync(path.join(folder, "run.json"), "utf8")));
  const result = kept(record);
  writeFileSync(stored, `${JSON.stringify(result, undefined, 2)}\n`);
  const text = readFileSync(readme, "utf8");
  writeFileSync(readme, text.replace(shownIn(text), shown(result)));
}
