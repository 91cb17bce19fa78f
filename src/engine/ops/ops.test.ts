// Every op, run by ONNX Runtime, against the same thing written out in float64.

import assert from "node:assert/strict";
import { test } from "node:test";
import { normals } from "../../../test/engine/tiny-llama.ts";
import { rngFrom } from "../../stats/rng.ts";
import { graphBuilder, type GraphBuilder, type Value } from "../graph/graph.ts";
import { openSession, type Feed } from "../graph/session.ts";
import { relativeError } from "../check/closeness.ts";
import { add, mul, neg, silu } from "./elementwise.ts";
import { linear, matmul, matmulTransposed } from "./matmul.ts";
import { rmsNorm } from "./rms-norm.ts";
import { rotaryTables, rotate } from "./rotary.ts";
import { concatLast, gatherRows, reshape, sliceLast, splitLast, transpose } from "./shape.ts";

const draw = (name: string, ...shape: readonly number[]): Feed & { readonly values: Float32Array } => ({
  shape,
  values: normals(
    rngFrom(name),
    shape.reduce((a, d) => a * d, 1),
  ),
});
const whole = (...values: readonly number[]): Feed => ({
  shape: [values.length],
  values: BigInt64Array.from(values, (x) => BigInt(x)),
});

/** Builds a graph over inputs of the feeds' shapes, runs it, checks the shapes that the ops promised, returns the outputs. */
async function run(
  feeds: Readonly<Record<string, Feed>>,
  build: (g: GraphBuilder, v: Readonly<Record<string, Value>>) => Readonly<Record<string, Value>>,
): Promise<Readonly<Record<string, Float32Array>>> {
  const g = graphBuilder("op");
  const values = Object.fromEntries(
    Object.entries(feeds).map(([name, f]) => [
      name,
      g.input(name, f.values instanceof Float32Array ? "float32" : "int64", f.shape),
    ]),
  );
  const promised = build(g, values);
  for (const [name, value] of Object.entries(promised)) g.output(name, value);
  const session = await openSession(g.finish(), new Map(), { weightsAs: "inputs", threads: 1 });
  try {
    const out = await session.run(feeds);
    for (const [name, value] of Object.entries(promised))
      assert.deepEqual(out[name]!.shape, value.shape, `shape of ${name}`);
    return Object.fromEntries(Object.entries(out).map(([name, t]) => [name, t.values]));
  } finally {
    await session.close();
  }
}

function close(found: ArrayLike<number>, wanted: ArrayLike<number>): void {
  const error = relativeError(found, wanted);
  assert.ok(error < 2e-6, `relative error ${error}`);
}

test("add, mul, neg and silu, with broadcasting", async () => {
  const [a, b] = [draw("a", 3, 4), draw("b", 1, 4)];
  const out = await run({ a, b }, (g, v) => ({
    sum: add(g, v["a"]!, v["b"]!),
    product: mul(g, v["b"]!, v["a"]!),
    minus: neg(g, v["a"]!),
    swish: silu(g, v["a"]!),
  }));
  close(
    out["sum"]!,
    a.values.map((x, i) => x + b.values[i % 4]!),
  );
  close(
    out["product"]!,
    a.values.map((x, i) => x * b.values[i % 4]!),
  );
  close(
    out["minus"]!,
    a.values.map((x) => -x),
  );
  close(
    out["swish"]!,
    Float64Array.from(a.values, (x) => x / (1 + Math.exp(-x))),
  );
});

test("linear is x W^T, matmul a b over leading axes that broadcast", async () => {
  const [x, w, a, b] = [draw("x", 3, 5), draw("w", 4, 5), draw("m", 2, 3, 5), draw("n", 1, 5, 2)];
  const out = await run({ x, w, a, b }, (g, v) => ({
    linear: linear(g, v["x"]!, v["w"]!),
    matmul: matmul(g, v["a"]!, v["b"]!, [2]),
  }));
  const dot = (count: number, term: (i: number) => number) => {
    let total = 0;
    for (let i = 0; i < count; i++) total += term(i);
    return total;
  };
  close(
    out["linear"]!,
    Float64Array.from({ length: 12 }, (_, at) =>
      dot(5, (i) => x.values[Math.floor(at / 4) * 5 + i]! * w.values[(at % 4) * 5 + i]!),
    ),
  );
  close(
    out["matmul"]!,
    Float64Array.from({ length: 12 }, (_, at) =>
      dot(5, (i) => a.values[Math.floor(at / 2) * 5 + i]! * b.values[i * 2 + (at % 2)]!),
    ),
  );
});

test("a product over an axis of length 0 is 0: a pass without a past", async () => {
  const [a, b] = [draw("none", 1, 3, 0), draw("none", 1, 0, 2)];
  const out = await run({ a, b }, (g, v) => ({ c: matmul(g, v["a"]!, v["b"]!, [1]) }));
  assert.deepEqual([...out["c"]!], [0, 0, 0, 0, 0, 0]);
});

test("rmsNorm divides by the root of the mean square plus epsilon, and scales", async () => {
  const [x, gain] = [draw("x", 3, 6), draw("gain", 6)];
  const eps = 0.05;
  const out = await run({ x, gain }, (g, v) => ({ y: rmsNorm(g, v["x"]!, v["gain"]!, eps) }));
  close(
    out["y"]!,
    Float64Array.from(x.values, (value, at) => {
      const row = x.values.subarray(at - (at % 6), at - (at % 6) + 6);
      const mean = row.reduce((s, r) => s + r * r, 0) / 6;
      return (value / Math.sqrt(mean + eps)) * gain.values[at % 6]!;
    }),
  );
});

test("the rotary tables hold the cosine and sine of place x base^(-2i/d)", () => {
  const [d, base] = [8, 100_000];
  const { places, cos, sin } = rotaryTables(8192, d, { base });
  assert.equal(places, 8192);
  for (const place of [0, 1, 5, 8191]) {
    for (let i = 0; i < d / 2; i++) {
      const angle = place / base ** ((2 * i) / d);
      assert.ok(Math.abs(cos[(place * d) / 2 + i]! - Math.cos(angle)) < 1e-7);
      assert.ok(Math.abs(sin[(place * d) / 2 + i]! - Math.sin(angle)) < 1e-7);
    }
  }
});

test("rotate turns dimension i with i + d/2, as a complex product", async () => {
  const [rows, width, heads, d] = [2, 3, 2, 6];
  const x = draw("x", rows, width, heads * d);
  const places = [0, 1, 2, 7, 8, 9];
  const { cos, sin } = rotaryTables(10, d, { base: 50 });
  const tables = (values: Float32Array): Feed => ({ shape: [10, d / 2], values });
  const positions = { ...whole(...places), shape: [rows, width] };
  const out = await run({ x, positions, cos: tables(cos), sin: tables(sin) }, (g, v) => ({
    y: rotate(g, v["x"]!, { positions: v["positions"]!, cos: v["cos"]!, sin: v["sin"]! }, heads),
  }));
  close(
    out["y"]!,
    Float64Array.from(x.values, (value, at) => {
      const i = at % d;
      const angle = places[Math.floor(at / (heads * d))]! / 50 ** ((2 * (i % (d / 2))) / d);
      const partner = x.values[i < d / 2 ? at + d / 2 : at - d / 2]!;
      return value * Math.cos(angle) + (i < d / 2 ? -partner : partner) * Math.sin(angle);
    }),
  );
});

test("a product with a matrix that stands transposed is scaled, and leading axes of one are shared", async () => {
  const [a, b] = [draw("a", 2, 2, 3, 5), draw("b", 1, 2, 4, 5)];
  const out = await run({ a, b }, (g, v) => ({ c: matmulTransposed(g, v["a"]!, v["b"]!, [2, 2], 0.3) }));
  close(
    out["c"]!,
    Float64Array.from({ length: 2 * 2 * 3 * 4 }, (_, at) => {
      const [column, row, head] = [at % 4, Math.floor(at / 4) % 3, Math.floor(at / 12) % 2];
      const lead = Math.floor(at / 24);
      let dot = 0;
      for (let i = 0; i < 5; i++)
        dot += a.values[((lead * 2 + head) * 3 + row) * 5 + i]! * b.values[(head * 4 + column) * 5 + i]!;
      return 0.3 * dot;
    }),
  );
});

test("reshape, transpose, split, concat, slice and gather move values and change none", async () => {
  const x = { shape: [2, 3, 4], values: Float32Array.from({ length: 24 }, (_, i) => i) };
  const table = { shape: [3, 2], values: Float32Array.from([0, 1, 10, 11, 20, 21]) };
  const out = await run(
    { x, table, target: whole(4, -1), index: whole(2, 0), from: whole(1), to: whole(3) },
    (g, v) => {
      const [left, right] = splitLast(g, v["x"]!, [1, 3]) as [Value, Value];
      return {
        reshaped: reshape(g, v["x"]!, v["target"]!, [4, 6]),
        turned: transpose(g, v["x"]!, [2, 0, 1]),
        left,
        back: concatLast(g, [right, left], 4),
        rows: gatherRows(g, v["table"]!, v["index"]!),
        middle: sliceLast(g, v["x"]!, v["from"]!, v["to"]!, 2),
      };
    },
  );
  const of = (length: number, value: (i: number) => number) => Array.from({ length }, (_, i) => value(i));
  assert.deepEqual(
    [...out["reshaped"]!],
    of(24, (i) => i),
  );
  assert.deepEqual(
    [...out["turned"]!],
    of(24, (i) => (i % 6) * 4 + Math.floor(i / 6)),
  );
  assert.deepEqual(
    [...out["left"]!],
    of(6, (i) => i * 4),
  );
  assert.deepEqual(
    [...out["back"]!],
    of(24, (i) => i - (i % 4) + [1, 2, 3, 0][i % 4]!),
  );
  assert.deepEqual([...out["rows"]!], [20, 21, 0, 1]);
  assert.deepEqual(
    [...out["middle"]!],
    of(12, (i) => Math.floor(i / 2) * 4 + 1 + (i % 2)),
  );
});

test("shapes that don't fit are refused while the graph is built", () => {
  const g = graphBuilder("misfit");
  const a = g.input("a", "float32", [2, 3]);
  const b = g.input("b", "float32", [2, 4]);
  assert.throws(() => add(g, a, b), /add: shapes \[2,3\] and \[2,4\] don't broadcast/);
  assert.throws(() => linear(g, a, b), /linear: \[2,3\] with weight \[2,4\]/);
  assert.throws(() => splitLast(g, a, [1, 1]), /split: parts 1,1 don't fill/);
  assert.throws(() => transpose(g, a, [0, 1, 2]), /transpose: order 0,1,2/);
});
