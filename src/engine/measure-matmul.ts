// The machine's own matmul rate, by the runtime that the engine uses: what every time is scaled by.

import { graphBuilder } from "./graph/graph.ts";
import { openSession } from "./graph/session.ts";
import { matmul } from "./ops/matmul.ts";

/** Side lengths tried; the best rate counts. Below, call overhead shows; above, memory does. */
const SIDES = [768, 1024, 1536] as const;
const RUNS = 8;

/** Best rate of square float32 products, in GFLOP/s (2 side^3 operations each). @param now milliseconds, from any origin */
export async function measureMatmul(threads: number, now: () => number): Promise<number> {
  let best = 0;
  for (const side of SIDES) {
    const g = graphBuilder("matmul-rate");
    const shape = [side, side];
    g.output("c", matmul(g, g.input("a", "float32", shape), g.input("b", "float32", shape), []));
    const session = await openSession(g.finish(), new Map(), { weightsAs: "inputs", threads });
    const values = Float32Array.from({ length: side * side }, (_, i) => (i % 7) - 3);
    for (let run = 0; run < RUNS; run++) {
      const start = now();
      await session.run({ a: { shape, values }, b: { shape, values } });
      best = Math.max(best, (2 * side ** 3) / ((now() - start) * 1e6));
    }
    await session.close();
  }
  return best;
}
