// The quantised product, run by ONNX Runtime, against the same product with the unpacked weights in float64.

import assert from "node:assert/strict";
import { test } from "node:test";
import { normals } from "../../../test/engine/tiny-llama.ts";
import { TruelineError } from "../../core/errors.ts";
import { rngFrom } from "../../stats/rng.ts";
import { relativeError } from "../check/closeness.ts";
import { graphBuilder } from "../graph/graph.ts";
import { openSession, type PackedWeight, type Weight } from "../graph/session.ts";
import { blockSums, linearQuantised, type Activations } from "./linear-quantised.ts";
import { packBlocks } from "./pack-blocks.ts";
import { quantiseRows } from "./quantise-rows.ts";
import { valuesOf, type QuantisedWeight } from "./quantised-weight.ts";

const [OUT, IN, ROWS] = [40, 96, 3];

/** Q4_1 blocks with d near 2^-5 and m near -8 d, as real weights have them. */
function fourBits(): QuantisedWeight {
  const rng = rngFrom(3);
  const raw = Uint8Array.from({ length: (OUT * IN * 20) / 32 }, () => rng.int(256));
  for (let at = 0; at < raw.length; at += 20) {
    raw[at + 1] = 0x28 | (raw[at + 1]! & 3);
    raw[at + 3] = 0xb4 | (raw[at + 3]! & 3);
  }
  return packBlocks("Q4_1", raw, [OUT, IN]).weight;
}

/** @returns the relative error of x W^T on ONNX Runtime */
async function errorOf(weight: QuantisedWeight, activations: Activations, shared: boolean): Promise<number> {
  const g = graphBuilder("quantised");
  const x = g.input("x", "float32", ["rows", IN]);
  const value = {
    shape: weight.shape,
    bits: weight.bits,
    packed: g.weight("w", [OUT, IN / 32, 4 * weight.bits], "uint8"),
    scales: g.weight("w.scales", [OUT, IN / 32]),
    ...(weight.offsets ? { offsets: g.weight("w.offsets", [IN / 32, OUT]) } : {}),
  };
  g.output("y", linearQuantised(g, x, value, activations, shared ? blockSums(g, x) : undefined));
  const weights = new Map([
    ["w", { shape: [OUT, IN / 32, 4 * weight.bits], values: weight.packed }],
    ["w.scales", { shape: [OUT, IN / 32], values: weight.scales }],
    ...(weight.offsets ? [["w.offsets", { shape: [IN / 32, OUT], values: weight.offsets }] as const] : []),
  ] as [string, Weight | PackedWeight][]);
  const session = await openSession(g.finish(), weights, { weightsAs: "constants", threads: 1 });
  try {
    const values = normals(rngFrom("x"), ROWS * IN);
    const { y } = await session.run({ x: { shape: [ROWS, IN], values } });
    assert.deepEqual(y!.shape, [ROWS, OUT]);
    const w = valuesOf(weight);
    const wanted = Float64Array.from({ length: ROWS * OUT }, (_, at) => {
      const [row, n] = [Math.floor(at / OUT), at % OUT];
      let total = 0;
      for (let i = 0; i < IN; i++) total += values[row * IN + i]! * w[n * IN + i]!;
      return total;
    });
    return relativeError(y!.values, wanted);
  } finally {
    await session.close();
  }
}

test("with float32 activations the product is that of the exact weights", async () => {
  for (const shared of [false, true]) {
    const error = await errorOf(fourBits(), "float32", shared);
    assert.ok(error < 2e-6, `relative error ${error}`);
  }
});

test("with int8 activations it is off by the rounding of x alone, at 4 and at 8 bits", async () => {
  const eight = quantiseRows(normals(rngFrom("w"), OUT * IN), [OUT, IN]).weight;
  for (const weight of [fourBits(), eight]) {
    const error = await errorOf(weight, "int8", false);
    assert.ok(error > 1e-5 && error < 2e-2, `relative error ${error}`);
  }
});

test("an x of another width is refused while the graph is built", () => {
  const g = graphBuilder("misfit");
  const x = g.input("x", "float32", ["rows", 64]);
  const weight = { shape: [8, 32] as const, bits: 8 as const, packed: x, scales: x };
  assert.throws(() => linearQuantised(g, x, weight, "int8"), TruelineError);
});
