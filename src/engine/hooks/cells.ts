// Which numbers of an activation an edit touches: by prompt, position, head, neuron and key.

import { SetupError } from "../../core/errors.ts";
import type { ModelConfig } from "../arch/model-config.ts";
import type { GraphEdit } from "./edit.ts";
import type { Layout } from "./layout.ts";
import { lengthOf } from "./points.ts";
import type { Resolved } from "./resolve-names.ts";

/** @param place in the graph's array @param index over the axes behind the position: head * length + place on the last axis; for attention: the key's position */
type Visit = (place: number, prompt: number, position: number, index: number, head: number) => void;

export type Cells = { readonly each: (layout: Layout, visit: Visit) => void };

/** The shape that the point has in the graph: [tokens, …] where positions come first, but for queries, keys and values. */
export function rankOf(
  config: ModelConfig,
  { name, point }: Resolved,
  { rows, width, all }: Pick<Layout, "rows" | "width" | "all">,
): readonly number[] {
  if (point.axes[0] !== "pos") return [rows, config.nHeads, width, all];
  const inner = point.axes.slice(1).map((axis) => lengthOf(config, axis as "head"));
  const size = inner.reduce((a, d) => a * d, 1);
  if (/\.hook_(?:rot_)?[qk]$|\.hook_v$/u.test(name)) return [rows, width, size];
  return name.endsWith("attn.hook_result") ? [rows * width, ...inner] : [rows * width, size];
}

/** @throws SetupError where a head, neuron or position can't be there */
export function chosenCells(config: ModelConfig, edit: GraphEdit, at: Resolved): Cells {
  const { axes } = at.point;
  const refuse = (what: string) =>
    new SetupError("EDIT", `${at.name}: ${what}`, {
      hint: `Its axes are [batch, ${axes.join(", ")}].`,
    });
  const headAxis = axes.find((axis) => axis === "head" || axis === "kv_head");
  if (edit.heads && !headAxis) throw refuse("it has no heads to choose from");
  const nHeads = headAxis ? lengthOf(config, headAxis) : 1;
  const heads = within(edit.heads, nHeads, (h) => refuse(`there is no head ${h}: it has ${nHeads}`));
  const last = axes.at(-1)!;
  if (edit.keys && last !== "key") throw refuse("it has no keys to choose from");
  const isPosition = positionsOf(edit);
  const isPrompt = edit.prompts ? new Set(edit.prompts) : undefined;

  if (last === "key") {
    if (edit.neurons) throw refuse("its last axis are keys, not neurons: choose by `keys`");
    return { each: (layout, visit) => eachLook(layout, nHeads, heads, edit.keys, touched, visit) };
  }
  const length = lengthOf(config, last as "d_model");
  const neurons = within(edit.neurons, length, (n) => refuse(`there is no ${last} ${n}: it has ${length}`));
  const inner = headAxis && axes.length === 3 ? nHeads * length : length;
  return {
    each: (layout, visit) => {
      for (let row = 0; row < layout.rows; row++) {
        for (let column = 0; column < layout.width; column++) {
          const token = row * layout.width + column;
          if (!touched(layout, row, token)) continue;
          const [prompt, position] = [layout.prompts[row]!, layout.positions[token]!];
          for (const head of heads)
            for (const neuron of neurons)
              visit(token * inner + head * length + neuron, prompt, position, head * length + neuron, head);
        }
      }
    },
  };

  function touched(layout: Layout, row: number, token: number): boolean {
    const prompt = layout.prompts[row]!;
    const position = layout.positions[token]!;
    if (prompt < 0 || position < 0 || (isPrompt && !isPrompt.has(prompt))) return false;
    return isPosition(position, layout.promptLengths[prompt]!);
  }
}

/** Cells of [rows, heads, width, all]: a token's looks at itself and what stands before it. What is masked stays masked. */
function eachLook(
  layout: Layout,
  nHeads: number,
  heads: readonly number[],
  keys: readonly number[] | undefined,
  touched: (layout: Layout, row: number, token: number) => boolean,
  visit: Visit,
): void {
  const { rows, width, all } = layout;
  for (let row = 0; row < rows; row++) {
    const length = layout.promptLengths[layout.prompts[row]!] ?? 0;
    const wanted = keys && new Set(keys.map((k) => (k < 0 ? length + k : k)));
    for (let column = 0; column < width; column++) {
      const token = row * width + column;
      if (!touched(layout, row, token)) continue;
      const position = layout.positions[token]!;
      for (const head of heads) {
        for (let slot = 0; slot < all; slot++) {
          const key = layout.keys[row * all + slot]!;
          if (key < 0 || key > position || (wanted && !wanted.has(key))) continue;
          const place = ((row * nHeads + head) * width + column) * all + slot;
          visit(place, layout.prompts[row]!, position, key, head);
        }
      }
    }
  }
}

function positionsOf(edit: GraphEdit): (position: number, promptLength: number) => boolean {
  const wanted = edit.positions ?? "all";
  if (wanted === "all") return () => true;
  if (wanted === "prompt") return (position, length) => position < length;
  if (wanted === "generated") return (position, length) => position >= length;
  if (wanted === "last") return (position, length) => position === length - 1;
  return (position, length) => wanted.some((p) => (p < 0 ? length + p : p) === position);
}

function within(
  chosen: readonly number[] | undefined,
  length: number,
  refuse: (x: number) => SetupError,
): readonly number[] {
  if (!chosen) return Array.from({ length }, (_, i) => i);
  const stranger = chosen.find((x) => !Number.isInteger(x) || x < 0 || x >= length);
  if (stranger !== undefined) throw refuse(stranger);
  return [...new Set(chosen)];
}
