// prompts.jsonl of a run of a specification: a header, then proxy and gold of each prompt at a few n. Written, and checked when read back.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { SetupError } from "../core/errors.ts";
import { canonicalJson } from "./canonical-json.ts";
import { readJsonLines } from "./json-lines.ts";

export const PROMPTS_FILE = "prompts.jsonl";

const SCHEMA = "trueline.prompts/1";

/** More n than any run writes, fewer than would make a comparison slow. */
const MOST_POINTS = 64;
/** Of n samples the farthest lies at most root n standard deviations from the mean: a greater spread is no sample's. */
const WIDEST = 1e6;

const finite = z.number().min(-1e100).max(1e100);

const header = z.discriminatedUnion("kind", [
  z.object({
    schema: z.literal(SCHEMA),
    kind: z.literal("values"),
    suite: z.string(),
    gap: z.string(),
    unit: z.enum(["share", "sd"]),
    size: z.number().positive().max(1e100),
    range: z.tuple([finite, finite]),
    grid: z.array(z.number().int().positive().max(1e9)).min(2).max(MOST_POINTS),
  }),
  z.object({ schema: z.literal(SCHEMA), kind: z.literal("none"), because: z.string() }),
]);

const hash = z.string().regex(/^[0-9a-f]{32}$/u);
const row = z.object({ prompt: hash, cluster: hash, proxy: z.array(finite), gold: z.array(finite) });

/** Meaning of the fields: `promptValuesOf` in src/goodhart. */
export type PromptValues =
  | {
      readonly kind: "values";
      readonly suite: string;
      readonly gap: string;
      readonly unit: "share" | "sd";
      readonly size: number;
      readonly range: readonly [number, number];
      readonly grid: readonly number[];
      readonly rows: readonly {
        readonly prompt: string;
        readonly cluster: string;
        readonly proxy: readonly number[];
        readonly gold: readonly number[];
      }[];
    }
  | { readonly kind: "none"; readonly because: string };

/** The whole file's text, one JSON value a line. */
export function promptValuesText(values: PromptValues): string {
  const lines =
    values.kind === "none"
      ? [{ schema: SCHEMA, ...values }]
      : [{ schema: SCHEMA, ...values, rows: undefined }, ...values.rows];
  return lines.map((line) => `${canonicalJson(line)}\n`).join("");
}

/**
 * `none` where the folder has no such file, or one that says why it holds nothing.
 * @throws SetupError naming the line that is not what a run writes there.
 */
export function readPromptValues(folder: string): PromptValues {
  const file = join(folder, PROMPTS_FILE);
  if (!existsSync(file)) return { kind: "none", because: `${folder} holds no ${PROMPTS_FILE}` };
  const [first, ...rest] = readJsonLines(file);
  const head = header.safeParse(first).data;
  if (head === undefined) throw corrupt(1, file);
  if (head.kind === "none") {
    if (rest.length > 0) throw corrupt(2, file);
    return { kind: "none", because: head.because };
  }
  const { suite, gap, unit, size, grid } = head;
  const [least, greatest] = head.range;
  const sound =
    grid[0] === 1 &&
    grid.every((n, i) => i === 0 || n > grid[i - 1]!) &&
    least < greatest &&
    (greatest - least) / size <= WIDEST &&
    (unit === "sd" || (size === 1 && least === 0 && greatest === 1));
  if (!sound) throw corrupt(1, file);
  const slack = 1e-6 * (greatest - least);
  const seen = new Set<string>();
  const rows = rest.map((line, i) => {
    const { data } = row.safeParse(line);
    if (
      data === undefined ||
      seen.has(data.prompt) ||
      data.proxy.length !== grid.length ||
      data.gold.length !== grid.length ||
      !data.gold.every((gold) => gold >= least - slack && gold <= greatest + slack)
    )
      throw corrupt(i + 2, file);
    seen.add(data.prompt);
    return data;
  });
  return { kind: "values", suite, gap, unit, size, range: [least, greatest], grid, rows };
}

function corrupt(line: number, file: string): SetupError {
  return new SetupError("CORRUPT_RUN", `line ${line} of ${file} is not what trueline gap writes there`, {
    hint: "The file was changed, damaged, or written by another version. Remove it to compare the two runs without their prompts.",
  });
}
