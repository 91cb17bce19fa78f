// From an edit in the user's words to the numbers that one pass feeds to its graph: keep and put, or a direction and a mask.

import { SetupError } from "../../core/errors.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { ModelConfig } from "../arch/model-config.ts";
import { MASKED } from "../forward/forward.ts";
import type { Feed } from "../graph/session.ts";
import type { EditValue, GraphEdit } from "./edit.ts";
import type { EditOp } from "./hooked-graph.ts";
import type { Layout } from "./layout.ts";
import { orthonormal } from "./orthonormal.ts";
import { lengthOf } from "./points.ts";
import type { Resolved } from "./resolve-names.ts";
import { chosenCells, rankOf, type Cells } from "./cells.ts";
import { donors, meanOf, type SourceOf } from "./donors.ts";

/** An edit at one point, checked once, that gives its inputs for any pass. */
export type LoweredEdit = {
  readonly op: EditOp;
  readonly feeds: (layout: Layout, input: string) => Readonly<Record<string, Feed>>;
};

/** @param prompts how many the run has @throws SetupError naming point and edit where the edit can't be made */
export function lowerEdit(
  config: ModelConfig,
  edit: GraphEdit,
  at: Resolved,
  promptLengths: readonly number[],
): LoweredEdit {
  const cells = chosenCells(config, edit, at);
  if (edit.kind === "project_out") return projection(config, edit, at, cells);
  const [keep, source] = affineOf(config, edit, at, promptLengths);
  return {
    op: { name: at.name, op: "affine" },
    feeds: (layout, input) => {
      const shape = shapeOf(config, at, layout);
      const size = shape.reduce((a, d) => a * d, 1);
      const kept = new Float32Array(size).fill(1);
      const put = new Float32Array(size);
      cells.each(layout, (place, prompt, position, index, head) => {
        kept[place] = keep;
        const value = source(prompt, position, index, head);
        put[place] = value === Number.NEGATIVE_INFINITY ? MASKED : value;
      });
      return { [`${input}.keep`]: { shape, values: kept }, [`${input}.put`]: { shape, values: put } };
    },
  };
}

function affineOf(
  config: ModelConfig,
  edit: Exclude<GraphEdit, { readonly kind: "project_out" }>,
  at: Resolved,
  promptLengths: readonly number[],
): readonly [keep: number, source: SourceOf] {
  switch (edit.kind) {
    case "set":
      return [0, constant(config, edit.value, at)];
    case "add":
      return [1, constant(config, edit.value, at)];
    case "scale":
      if (!Number.isFinite(Math.fround(edit.by))) throw bad(at, `can't be scaled by ${edit.by}`);
      return [edit.by, () => 0];
    case "patch":
      return [
        0,
        donors(
          config,
          edit.from,
          at,
          promptLengths.map((_, i) => edit.fromPrompt?.[i] ?? i),
        ),
      ];
    case "ablate":
      if (edit.with === "zero") return [0, () => 0];
      if (edit.with === "mean") return [0, meanOf(config, edit.of, at)];
      return [
        0,
        donors(config, edit.of, at, othersOf(edit.of.prompts.length, promptLengths.length, edit.seed, at)),
      ];
  }
}

/** For each prompt the number of another one: never its own number while there is a choice. */
function othersOf(available: number, wanted: number, seed: number, at: Resolved): readonly number[] {
  if (available < 2) throw bad(at, "can't be resampled: the other run has one prompt alone");
  const rng = rngFrom(seed).split("resample");
  return Array.from({ length: wanted }, (_, i) => {
    if (i >= available) return rng.int(available);
    const other = rng.int(available - 1);
    return other < i ? other : other + 1;
  });
}

function constant(config: ModelConfig, value: EditValue, at: Resolved): SourceOf {
  if (typeof value === "number") {
    // A score of -Infinity is a look that may not be; anywhere else it would be no number to go on with.
    const cutsLook = value === Number.NEGATIVE_INFINITY && at.name.endsWith("attn.hook_attn_scores");
    if (!cutsLook && !Number.isFinite(Math.fround(value))) throw bad(at, `can't be changed by ${value}`);
    return () => value;
  }
  const last = at.point.axes.at(-1)!;
  if (last === "key")
    throw bad(at, "takes one number: how many keys there are depends on the text; choose them by `keys`");
  const length = lengthOf(config, last as Exclude<typeof last, "pos" | "key">);
  if (value.length !== length)
    throw bad(at, `takes one number or ${length} (${last}), was given ${value.length}`);
  const values = Float32Array.from(value);
  if (!values.every(Number.isFinite)) throw bad(at, "was given a value that is not finite");
  return (_prompt, _position, index) => values[index % length]!;
}

function projection(
  config: ModelConfig,
  edit: Extract<GraphEdit, { readonly kind: "project_out" }>,
  at: Resolved,
  cells: Cells,
): LoweredEdit {
  const last = at.point.axes.at(-1)!;
  if (last === "key" || last === "pos" || last === "one")
    throw bad(at, "has no direction that could be projected out");
  if (edit.neurons) throw bad(at, "a direction is projected out of whole vectors, not of chosen neurons");
  const length = lengthOf(config, last);
  const given = typeof edit.direction[0] === "number" ? [edit.direction] : edit.direction;
  const basis = orthonormal(Array.from(given as readonly ArrayLike<number>[]), length);
  if (typeof basis === "string") throw bad(at, basis);
  // In the graph heads stand side by side in one axis: each chosen head gets its own copy of the basis.
  const joined = at.point.axes.length === 3 && at.point.axes[2] === "d_head";
  const heads = joined ? lengthOf(config, at.point.axes[1] as "head" | "kv_head") : 1;
  const chosen = joined ? [...new Set(edit.heads ?? Array.from({ length: heads }, (_, h) => h))] : [0];
  const [d, k] = [length * heads, basis.length * chosen.length];
  const direction = new Float32Array(d * k);
  const transposed = new Float32Array(k * d);
  chosen.forEach((head, c) =>
    basis.forEach((vector, b) =>
      vector.forEach((x, i) => {
        const [row, column] = [head * length + i, c * basis.length + b];
        direction[row * k + column] = x;
        transposed[column * d + row] = x;
      }),
    ),
  );
  return {
    op: { name: at.name, op: "project" },
    feeds: (layout, input) => {
      const whole = shapeOf(config, at, layout);
      const shape = [...whole.slice(0, -1), 1];
      const mask = new Float32Array(shape.reduce((a, x) => a * x, 1));
      const inner = whole.at(-1)!;
      cells.each(layout, (place) => {
        mask[Math.floor(place / inner)] = 1;
      });
      return {
        [`${input}.mask`]: { shape, values: mask },
        [`${input}.direction`]: { shape: [d, k], values: direction },
        [`${input}.transposed`]: { shape: [k, d], values: transposed },
      };
    },
  };
}

/** The shape that the point has in the graph for this pass. */
function shapeOf(config: ModelConfig, at: Resolved, { rows, width, all }: Layout): readonly number[] {
  return rankOf(config, at, { rows, width, all });
}

function bad(at: Resolved, what: string): SetupError {
  return new SetupError("EDIT", `${at.name} ${what}`, {
    hint: "An edit names a point, and what to do there: see docs/white-box.md for each kind.",
  });
}
