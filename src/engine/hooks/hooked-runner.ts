// Runs one pass under hooks: through one graph, or through several where functions stand at the boundaries of blocks.

import { SetupError } from "../../core/errors.ts";
import type { ModelConfig } from "../arch/model-config.ts";
import { frameFeeds, integers, pastFeeds, refuseOddPass, rowsOf, type Lookups } from "../forward/feeds.ts";
import type { Pass } from "../forward/forward.ts";
import { openSession, type Feed, type Weight } from "../graph/session.ts";
import type { Boundary, FunctionEdit } from "./edit.ts";
import { hookedGraph, type HookedSpec } from "./hooked-graph.ts";
import type { Layout } from "./layout.ts";
import type { LoweredEdit } from "./lower-edit.ts";
import { partsFor } from "./logit-parts.ts";
import { headAtAll } from "./plan-run.ts";
import { sessionCache } from "./session-cache.ts";

/** A function at the boundary before block `before`; `point` is where the user put it. */
export type Cut = { readonly before: number; readonly point: string; readonly apply: FunctionEdit["with"] };

export type HookedPass = {
  readonly pass: Pass;
  readonly layout: Layout;
  readonly capture: readonly string[];
  readonly edits: readonly LoweredEdit[];
  readonly cuts: readonly Cut[];
  readonly head: HookedSpec["head"];
  readonly keep: boolean;
};

export interface HookedRunner {
  /** Outputs by name: what was captured, `logits`, and `k.l`, `v.l` where they are kept. */
  run(hooked: HookedPass): Promise<ReadonlyMap<string, Float32Array>>;
  close(): Promise<void>;
}

/** Graphs that are kept open: each holds little but its plan, since weights are inputs. */
const KEPT = 8;

export function hookedRunner(
  config: ModelConfig,
  weights: ReadonlyMap<string, Weight>,
  lookups: Lookups,
  options: { readonly threads: number; readonly weightsAs: "inputs" | "constants" },
): HookedRunner {
  // A packed copy of its weights goes with each session whose weights are constants.
  const sessions = sessionCache(options.weightsAs === "constants" ? 1 : KEPT);
  return {
    run: async (hooked) => {
      const { pass, layout, cuts } = hooked;
      refuseOddPass(config, pass);
      const made = new Map<string, Float32Array>();
      let stream = rowsOf(lookups.embedding, pass.tokens, config.dModel);
      const places = [...new Set(cuts.map(placeOf))].sort((a, b) => a - b);
      const ends = [...places, 2 * config.nLayers];
      let start = 0;
      for (const [i, end] of ends.entries()) {
        const last = i === ends.length - 1;
        const { graph, edits } = segment(hooked, start, end, last);
        const feeds = {
          ...feedsOf(config, lookups, pass, stream, graph),
          ...Object.assign({}, ...edits.map((edit, e) => edit.feeds(layout, `edit.${e}`))),
        } as Readonly<Record<string, Feed>>;
        const out = await sessions.use(
          JSON.stringify(graph),
          async () => openSession(hookedGraph(config, graph), weights, options),
          (session) => session.run(feeds),
          ends.length,
        );
        for (const [name, { values }] of Object.entries(out)) if (name !== "resid") made.set(name, values);
        if (last) break;
        stream = out["resid"]!.values;
        for (const cut of cuts.filter((c) => placeOf(c) === end)) {
          await applyTo(config, layout, stream, cut);
          if (made.has(cut.point)) made.set(cut.point, stream.slice());
        }
        start = end;
      }
      if (hooked.edits.length + cuts.length > 0) refuseOverflow(made);
      return made;
    },
    close: () => sessions.close(),
  };
}

/** See `HookedSpec`: behind block b - 1 with all its points, or behind the hook_resid_pre of block b too. */
function placeOf({ before, point }: Cut): number {
  return 2 * before + (point.endsWith("hook_resid_pre") ? 1 : 0);
}

/** @throws SetupError where an edit made the model's numbers overflow */
function refuseOverflow(made: ReadonlyMap<string, Float32Array>): void {
  for (const [name, values] of made)
    // By index: logits are long, and this is several times faster than `every`.
    for (let i = 0; i < values.length; i++) {
      if (Number.isFinite(values[i])) continue;
      throw new SetupError("OVERFLOW", `${name}: a number is not finite after these edits`, {
        hint: "An edit made the model's numbers overflow, or divided by 0: use smaller values.",
      });
    }
}

/** What of a pass belongs between two places: a block's hook_resid_pre comes behind 2 b, its other points behind 2 b + 1. */
function segment(
  { pass, capture, edits, head, keep }: HookedPass,
  start: number,
  end: number,
  last: boolean,
): { readonly graph: HookedSpec; readonly edits: readonly LoweredEdit[] } {
  const inside = (name: string) => {
    const block = /^blocks\.(\d+)\./u.exec(name);
    if (block) {
      const place = 2 * Number(block[1]) + (name.endsWith("hook_resid_pre") ? 0 : 1);
      return place >= start && place < end;
    }
    return name === "hook_embed" || name === "hook_pos_embed" ? start === 0 : last && head !== "none";
  };
  const own = edits.filter(({ op }) => inside(op.name));
  const headIsHooked = headAtAll(capture, edits);
  return {
    edits: own,
    graph: {
      start,
      end,
      head: last ? head : "none",
      logitParts: last && head === "all" && !headIsHooked ? partsFor(pass.tokens.length) : 1,
      capture: capture.filter(inside).toSorted(),
      edits: own.map(({ op }) => op),
      keep,
    },
  };
}

function feedsOf(
  config: ModelConfig,
  lookups: Lookups,
  pass: Pass,
  stream: Float32Array,
  { start, end, head }: HookedSpec,
): Readonly<Record<string, Feed>> {
  const [from, to] = [Math.floor(start / 2), Math.floor(end / 2)];
  const shape = [pass.tokens.length, config.dModel];
  return {
    x: { shape, values: stream },
    ...(start === 0 && config.positions.kind === "learned"
      ? { pos: { shape, values: rowsOf(lookups.positions!, pass.positions, config.dModel) } }
      : {}),
    ...(from === to ? {} : { ...frameFeeds(config, pass), ...pastFeeds(config, pass, [from, to]) }),
    ...(head === "selected" ? { select: integers(pass.select) } : {}),
  };
}

async function applyTo(
  { dModel }: ModelConfig,
  layout: Layout,
  stream: Float32Array,
  cut: Cut,
): Promise<void> {
  const { rows, width, prompts, positions } = layout;
  for (let row = 0; row < rows; row++) {
    if (prompts[row]! < 0) continue;
    const own = positions.subarray(row * width, (row + 1) * width);
    const first = own.findIndex((p) => p >= 0);
    if (first < 0) continue;
    const part = stream.subarray((row * width + first) * dModel, (row + 1) * width * dModel);
    const boundary: Boundary = {
      prompt: prompts[row]!,
      positions: [...own.subarray(first)],
      dModel,
      values: part.slice(),
    };
    await cut.apply(boundary);
    if (boundary.values.length !== part.length)
      throw new SetupError(
        "EDIT",
        `${cut.point}: the function left ${boundary.values.length} numbers in prompt ${boundary.prompt}, not ${part.length}`,
        { hint: "`values` is changed in place: as many numbers must come back." },
      );
    if (!boundary.values.every(Number.isFinite))
      throw new SetupError(
        "EDIT",
        `${cut.point}: the function left a number that is not finite in prompt ${boundary.prompt}`,
        { hint: "What it leaves in `values` is what the model goes on with." },
      );
    part.set(boundary.values);
  }
}
