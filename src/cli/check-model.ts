// `trueline models check MODEL`: is this model read rightly? Every invariant, and published figures where there are some.

import { homedir } from "node:os";
import { basename, join } from "node:path";
import type { KnownModel } from "../engine/check/known/known-figure.ts";
import { SetupError } from "../core/errors.ts";
import { cacheFolder, resolveModelFile } from "../model/fetch/index.ts";
import { availableMemory } from "./available-memory.ts";
import { exitCode } from "./exit-code.ts";
import { fetchProgress } from "./fetch-progress.ts";
import { textTable } from "./text-table.ts";

export type CheckFlags = {
  readonly threads: number;
  readonly verbose?: boolean;
  readonly known?: string;
  readonly json?: boolean;
};

/** Prints the verdict; exit code 1 where the model fails. The check is run even where a passed one is kept. */
export async function checkModel(spec: string, flags: CheckFlags): Promise<void> {
  const { knownFigures } = await import("../engine/check/known/index.ts");
  const byName: Readonly<Record<string, KnownModel>> = knownFigures;
  const named = knownName(spec, flags.known, Object.keys(byName));
  const progress = fetchProgress(process.stderr);
  const found = await resolveModelFile(spec, {
    env: process.env,
    home: homedir(),
    onEvent: progress.onEvent,
  }).finally(progress.end);
  const [{ openWhiteBox }, { selfCheckLine }, { storeCheck }, { compareFigures }] = await Promise.all([
    import("../engine/open-white-box.ts"),
    import("../engine/check/self-check.ts"),
    import("../engine/check/stored-check.ts"),
    import("../engine/check/known/known-figure.ts"),
  ]);
  await using model = await openWhiteBox(found.path, {
    threads: flags.threads,
    availableBytes: availableMemory(),
    acceptFaults: true,
  });
  const { selfCheck } = model;
  await storeCheck(join(cacheFolder(process.env, homedir()), "checks"), found.sha256, selfCheck).catch(
    () => undefined,
  );
  const known = named === undefined ? undefined : byName[named]!;
  const isKnown = known?.is(model.config) === true;
  if (flags.known !== undefined && !isKnown)
    throw new SetupError(
      "KNOWN",
      `${spec} has other sizes than ${flags.known}: its figures can't be compared`,
      {
        hint: "Leave --known out: the invariants are checked all the same.",
      },
    );
  const figures = await compareFigures(model, isKnown ? known.figures : []);
  const passed = selfCheck.passed && figures.every((f) => f.agrees);
  if (!passed) exitCode.value = 1;
  if (flags.json) {
    console.log(
      JSON.stringify({ path: found.path, sha256: found.sha256, passed, selfCheck, figures }, undefined, 2),
    );
    return;
  }
  console.log(`${spec}: ${selfCheckLine(selfCheck)}`);
  if (figures.length > 0) {
    const agreeing = figures.filter((f) => f.agrees).length;
    console.log(`published figures of ${named}: ${agreeing} of ${figures.length} agree`);
  }
  if (flags.verbose || !passed) console.log(`\n${tableOf(selfCheck.checks, figures)}`);
}

function tableOf(
  checks: readonly { readonly name: string; readonly found: number; readonly limit: number }[],
  figures: readonly {
    readonly name: string;
    readonly found: number;
    readonly wanted: number;
    readonly tolerance: number;
    readonly source: string;
    readonly agrees: boolean;
  }[],
): string {
  const invariants = textTable(
    ["invariant", "found", "limit", ""],
    checks.map((c) => [
      c.name,
      c.limit < 0.01 ? c.found.toExponential(1) : c.found.toFixed(3),
      String(c.limit),
      c.found <= c.limit ? "ok" : "FAILED",
    ]),
    [1, 2],
  );
  if (figures.length === 0) return invariants;
  const published = textTable(
    ["figure", "found", "published", "tolerance", "", "source"],
    figures.map((f) => [
      f.name,
      f.found.toFixed(6),
      String(f.wanted),
      f.tolerance.toExponential(0),
      f.agrees ? "ok" : "FAILED",
      f.source,
    ]),
    [1, 2, 3],
  );
  return `${invariants}\n\n${published}`;
}

/** What the user says; else the name of the model, its file or its folder, where figures are known under it. */
function knownName(spec: string, said: string | undefined, names: readonly string[]): string | undefined {
  if (said !== undefined && !names.includes(said))
    throw new SetupError("KNOWN", `no published figures are known of ${JSON.stringify(said)}`, {
      hint: `Known: ${names.join(", ")}.`,
    });
  return said ?? names.find((name) => name === spec || name === basename(spec));
}
