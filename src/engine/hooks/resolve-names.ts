// From the names that a user writes to the points of one model: stars spread over its blocks, points that it lacks refused.

import { SetupError } from "../../core/errors.ts";
import { families } from "../arch/families/index.ts";
import type { ModelConfig } from "../arch/model-config.ts";
import type { BlockPoint, HookName, ModelPoint } from "./hook-names.ts";
import { blockPoints, modelPoints, otherNames, type Point } from "./points.ts";

export type Resolved = {
  /** Without a star: "blocks.3.hook_resid_post". */
  readonly name: HookName;
  readonly point: Point;
  /** Absent for points of the whole model. */
  readonly layer?: number;
};

/** @throws SetupError naming the point and why it is not there: a wrong tensor in its place would be the worst answer. */
export function resolveNames(config: ModelConfig, names: readonly HookName[]): readonly Resolved[] {
  const found = new Map<string, Resolved>();
  for (const name of names) for (const resolved of resolve(config, name)) found.set(resolved.name, resolved);
  return [...found.values()];
}

function resolve(config: ModelConfig, name: string): readonly Resolved[] {
  const inBlock = /^blocks\.(\*|0|[1-9]\d*)\.(.+)$/u.exec(name);
  if (!inBlock) {
    const point = own(modelPoints, name);
    if (!point) throw unknown(name, name);
    refuseLacking(config, name, point);
    return [{ name: name as ModelPoint, point }];
  }
  const [, layer, rest] = inBlock as unknown as [string, string, string];
  const point = own(blockPoints, rest);
  if (!point) throw unknown(name, rest);
  refuseLacking(config, name, point);
  if (layer !== "*" && Number(layer) >= config.nLayers) {
    throw new SetupError(
      "NO_HOOK",
      `${name}: the model has ${config.nLayers} blocks, 0 to ${config.nLayers - 1}`,
      {
        hint: "Blocks are counted from 0; a star stands for all of them.",
      },
    );
  }
  const layers = layer === "*" ? Array.from({ length: config.nLayers }, (_, l) => l) : [Number(layer)];
  return layers.map((l) => ({ name: `blocks.${l}.${rest as BlockPoint}`, point, layer: l }));
}

function refuseLacking(config: ModelConfig, name: string, point: Point): void {
  const because = point.lacking?.(config);
  if (because === undefined) return;
  throw new SetupError("NO_HOOK", `${name}: a ${config.family} model has no such activation: ${because}`, {
    hint: "Leave it out, or ask for the one that is named.",
  });
}

function unknown(name: string, rest: string): SetupError {
  const because = own(otherNames, rest);
  return new SetupError(
    "NO_HOOK",
    because === undefined ? `${name}: no activation has this name` : `${name}: ${because}`,
    {
      hint: `Known: ${Object.keys(modelPoints).join(", ")}, and blocks.N. before ${Object.keys(blockPoints).join(", ")}. Families: ${Object.keys(families).join(", ")}.`,
    },
  );
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
