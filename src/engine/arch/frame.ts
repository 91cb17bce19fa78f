// The inputs that all blocks of a trunk share, and the few lengths that their reshapes need.

import type { GraphBuilder, Value } from "../graph/graph.ts";
import type { RotaryInputs } from "../ops/rotary.ts";
import type { ModelConfig } from "./model-config.ts";

/** Rows x width tokens after a past: see `trunk` for what each input holds. */
export type Frame = {
  readonly rotary: RotaryInputs | undefined;
  readonly bias: Value;
  readonly pastLength: Value;
  readonly allLength: Value;
  /** [1]: the width, cut out of `rows_width`. */
  readonly width: () => Value;
  /** [3]: rows, width and one more length, for a reshape. */
  readonly rowsWidthAnd: (last: number) => Value;
  /** [places]: absent where all tokens are returned. */
  readonly select: Value | undefined;
};

/** Declares the inputs, in the order in which they are documented: it is part of the graph's bytes. */
export function frameInputs(g: GraphBuilder, config: ModelConfig, places: "selected" | "all"): Frame {
  const half = config.dHead / 2;
  const rotary =
    config.positions.kind === "rotary"
      ? {
          positions: g.input("positions", "int64", ["rows", "width"]),
          cos: g.input("cos", "float32", ["positions", half]),
          sin: g.input("sin", "float32", ["positions", half]),
        }
      : undefined;
  const bias = g.input("bias", "float32", ["rows", 1, "width", "all"]);
  const select = places === "selected" ? g.input("select", "int64", ["places"]) : undefined;
  const rowsWidth = g.input("rows_width", "int64", [2]);
  const pastLength = g.input("past_length", "int64", [1]);
  const allLength = g.input("all_length", "int64", [1]);
  const one = (x: number) => g.literal("int64", [1], [x]);
  return {
    rotary,
    bias,
    select,
    pastLength,
    allLength,
    width: () => g.node("Gather", [rowsWidth, one(1)], [[1]], { axis: 0 }, { type: "int64" })[0]!,
    rowsWidthAnd: (last) =>
      g.node("Concat", [rowsWidth, one(last)], [[3]], { axis: 0 }, { type: "int64" })[0]!,
  };
}
