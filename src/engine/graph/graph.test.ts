import assert from "node:assert/strict";
import { test } from "node:test";
import { graphBuilder } from "./graph.ts";
import { serialize } from "./serialize.ts";

test("equal literals are one, unequal ones are not", () => {
  const g = graphBuilder("literals");
  const a = g.literal("int64", [2], [1, 2]);
  assert.equal(g.literal("int64", [2], [1, 2]), a);
  assert.notEqual(g.literal("float32", [2], [1, 2]), a);
  assert.notEqual(g.literal("int64", [1, 2], [1, 2]), a);
  assert.notEqual(g.literal("int64", [2], [2, 1]), a);
});

test("a weight asked for twice is one, an output named twice is refused", () => {
  const g = graphBuilder("twice");
  assert.equal(g.weight("w", [1]), g.weight("w", [1]));
  const x = g.input("x", "float32", [1]);
  g.output("y", x);
  assert.throws(() => g.output("y", x), /graph twice: output y is named twice/);
});

test("equal graphs give equal bytes", () => {
  const build = () => {
    const g = graphBuilder("same");
    const x = g.input("x", "float32", ["n", 2]);
    g.output("y", g.node("Add", [x, g.literal("float32", [1], [0.5])], [["n", 2]])[0]!);
    return serialize(g.finish(), "inputs");
  };
  assert.deepEqual(build(), build());
});
