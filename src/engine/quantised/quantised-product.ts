// The product of a graph whose matrices stand in blocks of 4 or 8 bits; what is not in blocks is multiplied in float32.

import { plainProduct, type Product } from "../arch/product.ts";
import type { GraphBuilder, Value } from "../graph/graph.ts";
import { add } from "../ops/elementwise.ts";
import { blockSums, linearQuantised, type Activations } from "./linear-quantised.ts";
import { BLOCK } from "./quantised-weight.ts";

/** How a matrix stands in blocks. Its parts are the weights NAME.packed, NAME.scales and, where there are any, NAME.offsets. */
export type Form = { readonly bits: 4 | 8; readonly hasOffsets: boolean };

export function quantisedProduct(forms: ReadonlyMap<string, Form>, activations: Activations): Product {
  // Several matrices take the same x: its blocks are summed once in each graph.
  const sums = new WeakMap<GraphBuilder, Map<string, Value>>();
  const sumsOf = (g: GraphBuilder, x: Value) => {
    const known = sums.get(g) ?? new Map<string, Value>();
    sums.set(g, known);
    const found = known.get(x.name) ?? blockSums(g, x);
    known.set(x.name, found);
    return found;
  };
  return (g, x, name, shape, bias) => {
    const form = forms.get(name);
    if (!form) return plainProduct(g, x, name, shape, bias);
    const [out, columns] = shape;
    const { bits, hasOffsets } = form;
    const blocks = columns / BLOCK;
    const weight = {
      shape,
      bits,
      packed: g.weight(`${name}.packed`, [out, blocks, 4 * bits], "uint8"),
      scales: g.weight(`${name}.scales`, [out, blocks]),
      ...(hasOffsets ? { offsets: g.weight(`${name}.offsets`, [blocks, out]) } : {}),
    };
    // At 8 bits there is a fast kernel for rounded activations alone.
    const y = linearQuantised(
      g,
      x,
      weight,
      bits === 8 ? "int8" : activations,
      hasOffsets ? sumsOf(g, x) : undefined,
    );
    return bias ? add(g, y, bias) : y;
  };
}
