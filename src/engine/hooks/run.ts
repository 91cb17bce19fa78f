// What a run gives back: logits and activations of each prompt, as copies that no later run can change.

import { SetupError } from "../../core/errors.ts";
import type { ModelConfig } from "../arch/model-config.ts";
import { MASKED } from "../forward/forward.ts";
import type { Activation } from "./activation.ts";
import type { HookName } from "./hook-names.ts";
import type { Layout } from "./layout.ts";
import { logitRows } from "./logit-parts.ts";
import { lengthOf } from "./points.ts";
import { resolveNames, type Resolved } from "./resolve-names.ts";

/** One prompt as it was run. */
export type RunPrompt = { readonly tokens: readonly number[] };

export interface Run extends Disposable {
  readonly prompts: readonly RunPrompt[];
  /** The names that were cached, stars spread. */
  readonly cached: readonly string[];
  /** A copy of one prompt's activation, without padding. @throws SetupError where the run did not cache it, or was disposed of */
  get(name: HookName, prompt?: number): Activation;
  /** Logits [pos, d_vocab]; [1, d_vocab] where only the last token's were asked for. */
  logits(prompt?: number): Activation;
  /** Lets go of the memory before the garbage collector would. */
  dispose(): void;
}

/** What one pass gave: arrays of all its rows, by name. */
export type PassOutput = {
  readonly layout: Layout;
  readonly values: ReadonlyMap<string, Float32Array>;
  /** Rows of the logits (see `logitRows`): row and column of each. */
  readonly logitPlaces: readonly (readonly [row: number, column: number])[];
};

export function runOf(
  config: ModelConfig,
  prompts: readonly RunPrompt[],
  cached: readonly Resolved[],
  passes: readonly PassOutput[],
): Run {
  let held: readonly PassOutput[] | undefined = passes;
  const points = new Map(cached.map((resolved) => [resolved.name as string, resolved]));
  const alive = (prompt: number) => {
    if (!held)
      throw new SetupError("RUN_DISPOSED", "this run was disposed of: its activations are gone", {
        hint: "Take copies with get() before.",
      });
    if (!(prompt in prompts))
      throw new SetupError("RUN_PROMPT", `there is no prompt ${prompt}: the run has ${prompts.length}`, {
        hint: "Prompts are counted from 0, in the order in which they were given.",
      });
    return held;
  };
  const rowsOf = (prompt: number) =>
    alive(prompt).flatMap((pass) => {
      const row = pass.layout.prompts.indexOf(prompt);
      return row < 0 ? [] : [{ pass, row }];
    });

  const dispose = () => {
    // Nobody else holds these arrays: what was handed out are copies. Let go of at once, their pages serve the next run.
    for (const { values } of held ?? [])
      for (const { buffer } of values.values())
        if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0);
    held = undefined;
  };
  return {
    prompts,
    cached: [...points.keys()],
    get: (name, prompt = 0) => {
      const found = points.get(name);
      if (!found) {
        // A point that does not exist is refused with its own reason.
        resolveNames(config, [name]);
        throw new SetupError("NOT_CACHED", `${name} was not cached in this run`, {
          hint: `Name it in \`cache\`. Cached: ${[...points.keys()].slice(0, 8).join(", ") || "nothing"}${points.size > 8 ? ", …" : ""}.`,
        });
      }
      const { axes } = found.point;
      return axes[0] === "pos"
        ? byPosition(config, found, rowsOf(prompt))
        : looks(config, found, rowsOf(prompt));
    },
    logits: (prompt = 0) => {
      const parts = rowsOf(prompt).flatMap(({ pass, row }) => {
        const rowAt = logitRows(pass.values, config.dVocab);
        return pass.logitPlaces.flatMap(([r, column], i) =>
          r === row && pass.layout.positions[row * pass.layout.width + column]! >= 0 && rowAt
            ? [rowAt(i)]
            : [],
        );
      });
      if (parts.length === 0)
        throw new SetupError("NOT_CACHED", "this run made no logits", {
          hint: 'Ask for `logits: "last"` or "all".',
        });
      return {
        name: "logits",
        axes: ["pos", "d_vocab"],
        shape: [parts.length, config.dVocab],
        values: joined(parts),
      };
    },
    dispose,
    [Symbol.dispose]: dispose,
  };
}

type RowOfPass = { readonly pass: PassOutput; readonly row: number };

function byPosition(config: ModelConfig, { name, point }: Resolved, rows: readonly RowOfPass[]): Activation {
  const inner = point.axes.slice(1).map((axis) => lengthOf(config, axis as "head"));
  const size = inner.reduce((a, d) => a * d, 1);
  const parts = rows.flatMap(({ pass: { layout, values }, row }) => {
    const all = values.get(name)!;
    const from = row * layout.width;
    const columns = Array.from({ length: layout.width }, (_, c) => c);
    const first = columns.find((c) => layout.positions[from + c]! >= 0);
    // Padding stands on the left alone.
    return first === undefined ? [] : [all.subarray((from + first) * size, (from + layout.width) * size)];
  });
  const values = joined(parts);
  return { name, axes: point.axes, shape: [values.length / size, ...inner], values };
}

/** Attention of one pass: [head, pos, key], padding cut off. Later passes would have more keys: they are not cached. */
function looks(config: ModelConfig, { name, point }: Resolved, rows: readonly RowOfPass[]): Activation {
  const { pass, row } = rows[0]!;
  const { layout, values } = pass;
  const { width, all } = layout;
  const source = values.get(name)!;
  const columns = Array.from({ length: width }, (_, c) => c).filter(
    (c) => layout.positions[row * width + c]! >= 0,
  );
  const slots = Array.from({ length: all }, (_, s) => s).filter((s) => layout.keys[row * all + s]! >= 0);
  const out = new Float32Array(config.nHeads * columns.length * slots.length);
  let at = 0;
  for (let head = 0; head < config.nHeads; head++)
    for (const column of columns) {
      const from = ((row * config.nHeads + head) * width + column) * all;
      for (const slot of slots) {
        const value = source[from + slot]!;
        out[at++] = value <= MASKED / 2 ? Number.NEGATIVE_INFINITY : value;
      }
    }
  return { name, axes: point.axes, shape: [config.nHeads, columns.length, slots.length], values: out };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((a, p) => a + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
