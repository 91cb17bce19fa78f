// Self-checks that were passed, kept by file hash and engine version, so that a known file is not checked again.

import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ENGINE_VERSION } from "../version.ts";
import type { SelfCheck } from "./self-check.ts";

const stored = z.object({
  passed: z.literal(true),
  checks: z
    .array(z.object({ name: z.string(), found: z.number(), limit: z.number() }))
    .min(1)
    .refine((checks) => checks.every((c) => c.found <= c.limit)),
});

/** What was checked: the model in float32, or with its matrices in their stored blocks. */
export type Arithmetic = "fp32" | "quantised";

/** The stored check of this file by this engine; undefined where there is none that can be read. */
export async function readStoredCheck(
  folder: string,
  sha256: string,
  arithmetic: Arithmetic = "fp32",
): Promise<SelfCheck | undefined> {
  try {
    return stored.parse(JSON.parse(await readFile(placeOf(folder, sha256, arithmetic), "utf8")));
  } catch {
    // A missing or damaged file only means that the check is run again.
    return undefined;
  }
}

/** Keeps a passed check. Failed ones are never kept: the next load must fail by itself. */
export async function storeCheck(
  folder: string,
  sha256: string,
  check: SelfCheck,
  arithmetic: Arithmetic = "fp32",
): Promise<void> {
  if (!check.passed) return;
  await mkdir(folder, { recursive: true });
  const place = placeOf(folder, sha256, arithmetic);
  await writeFile(`${place}.new`, JSON.stringify(check));
  await rename(`${place}.new`, place);
}

function placeOf(folder: string, sha256: string, arithmetic: Arithmetic): string {
  const how = arithmetic === "fp32" ? "" : `-${arithmetic}`;
  return join(folder, `self-check-${sha256.slice(0, 16)}${how}-engine-${ENGINE_VERSION}.json`);
}
