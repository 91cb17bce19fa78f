// Sorts a run's edits: those that become part of the graph, and functions at which the graph is cut. Each is checked here.

import { SetupError } from "../../core/errors.ts";
import type { ModelConfig } from "../arch/model-config.ts";
import type { Edit } from "./edit.ts";
import type { Cut } from "./hooked-runner.ts";
import { lowerEdit, type LoweredEdit } from "./lower-edit.ts";
import { shown } from "../weights/shown.ts";
import { resolveNames } from "./resolve-names.ts";

/**
 * @param promptLengths of all prompts of the run
 * @param more generated tokens after each that the model goes on from: the last one of a reply is not among them
 * @throws SetupError naming the edit that can't be made: one that would touch nothing is an error, not a silent nothing
 */
export function planEdits(
  config: ModelConfig,
  edits: readonly Edit[],
  promptLengths: readonly number[],
  more: number,
): { readonly edits: readonly LoweredEdit[]; readonly cuts: readonly Cut[] } {
  const lowered: LoweredEdit[] = [];
  const cuts: Cut[] = [];
  for (const edit of edits) {
    refuseMalformed(edit);
    for (const at of resolveNames(config, [edit.at])) {
      if (edit.kind !== "apply") {
        refuseAbsent(edit, promptLengths, more);
        lowered.push(lowerEdit(config, edit, at, promptLengths));
        continue;
      }
      const after = at.name.endsWith("hook_resid_post");
      if (!after && !at.name.endsWith("hook_resid_pre"))
        throw new SetupError("EDIT", `${at.name}: a function can stand at a block's boundary alone`, {
          hint: "Boundaries are hook_resid_pre and hook_resid_post; everything else is changed by set, add, scale, ablate, project_out and patch.",
        });
      cuts.push({ before: at.layer! + (after ? 1 : 0), point: at.name, apply: edit.with });
    }
  }
  return { edits: lowered, cuts };
}

const WHOLE = ["all", "prompt", "generated", "last"];

/** What the types rule out, for callers that have none. */
function refuseMalformed(edit: Edit): void {
  const refuse = (what: string) =>
    new SetupError("EDIT", `${String(edit.at)}: ${what}`, {
      hint: "See docs/white-box.md for each kind of edit.",
    });
  const { kind, at, ...rest } = edit as Readonly<Record<string, unknown>>;
  const has = (name: string, right: boolean) => {
    if (!right)
      throw refuse(`an edit of kind ${shown(kind)} needs \`${name}\`, was given ${shown(rest[name])}`);
  };
  const isRun = (value: unknown) =>
    typeof (value as { get?: unknown } | null | undefined)?.get === "function";
  const isList = (value: unknown) =>
    Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  if (typeof at !== "string") throw refuse(`\`at\` is ${shown(at)}, not the name of a point`);
  if (kind === "set" || kind === "add")
    has("value", typeof rest["value"] === "number" || isList(rest["value"]));
  else if (kind === "scale") has("by", typeof rest["by"] === "number");
  else if (kind === "project_out") has("direction", isList(rest["direction"]));
  else if (kind === "patch") has("from", isRun(rest["from"]));
  else if (kind === "apply") has("with", typeof rest["with"] === "function");
  else if (kind === "ablate") {
    has("with", ["zero", "mean", "resample"].includes(rest["with"] as string));
    if (rest["with"] !== "zero") has("of", isRun(rest["of"]));
    if (rest["with"] === "resample") has("seed", typeof rest["seed"] === "number");
  } else throw refuse(`there is no kind of edit ${shown(kind)}`);
  for (const name of ["prompts", "heads", "neurons", "keys", "positions"]) {
    const value = rest[name];
    if (value === undefined || isList(value) || (name === "positions" && WHOLE.includes(value as string)))
      continue;
    throw refuse(
      `\`${name}\` is ${shown(value)}: a list${name === "positions" ? `, or one of ${WHOLE.join(", ")}` : ""} is wanted`,
    );
  }
}

function refuseAbsent(
  edit: Exclude<Edit, { readonly kind: "apply" }>,
  promptLengths: readonly number[],
  more: number,
): void {
  const refuse = (what: string, hint: string) => new SetupError("EDIT", `${edit.at}: ${what}`, { hint });
  const prompt = edit.prompts?.find((p) => !(p in promptLengths));
  if (prompt !== undefined)
    throw refuse(
      `there is no prompt ${prompt}: the run has ${promptLengths.length}`,
      "Prompts are counted from 0.",
    );
  if (edit.positions === "generated" && more === 0)
    throw refuse(
      "a run generates nothing: this edit would do nothing",
      "Use generate(), or other positions.",
    );
  const empty = (["prompts", "positions", "heads", "neurons", "keys"] as const).find(
    (part) => edit[part]?.length === 0,
  );
  if (empty !== undefined)
    throw refuse(
      `\`${empty}\` is an empty list: this edit would do nothing`,
      "Leave it out for all of them.",
    );
  const positions = typeof edit.positions === "string" ? undefined : edit.positions;
  for (const p of edit.prompts ?? promptLengths.keys()) {
    const length = promptLengths[p]!;
    const stranger = [...(positions ?? []), ...(edit.keys ?? [])].find(
      (x) => !Number.isInteger(x) || x < -length || x >= length + more,
    );
    if (stranger !== undefined)
      throw refuse(
        `there is no position ${stranger} in prompt ${p}, which has ${length} tokens`,
        "Positions are counted from 0, or from the prompt's end as -1, -2, …; choose prompts by `prompts`.",
      );
    const fromStart = (x: number) => (x < 0 ? length + x : x);
    const ends = { all: length + more, generated: length + more, prompt: length, last: length };
    const furthest = positions
      ? Math.max(...positions.map(fromStart))
      : ends[(edit.positions as keyof typeof ends | undefined) ?? "all"] - 1;
    if (edit.keys && furthest < Math.min(...edit.keys.map(fromStart)))
      throw refuse(
        `in prompt ${p} all of these keys stand behind these positions: this edit would do nothing`,
        "A token looks at itself and back, never ahead.",
      );
  }
}
