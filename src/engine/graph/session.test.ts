import assert from "node:assert/strict";
import { test } from "node:test";
import { collectGarbage } from "../../../test/engine/collect-garbage.ts";
import { linear } from "../ops/matmul.ts";
import { graphBuilder } from "./graph.ts";
import { openSession, type Weight } from "./session.ts";

function product() {
  const g = graphBuilder("product");
  const x = g.input("x", "float32", ["n", 2]);
  g.output("y", linear(g, x, g.weight("w", [3, 2])));
  return g.finish();
}

const weights = (values: readonly number[] = [1, 0, 0, 1, 1, 1]): Map<string, Weight> =>
  new Map([["w", { shape: [3, 2], values: Float32Array.from(values) }]]);
const x = { shape: [1, 2], values: Float32Array.from([5, 7]) };

for (const weightsAs of ["inputs", "constants"] as const) {
  test(`a graph runs with its weights as ${weightsAs}`, async () => {
    const session = await openSession(product(), weights(), { weightsAs, threads: 1 });
    const { y } = await session.run({ x });
    assert.deepEqual(
      [y!.shape, [...y!.values]],
      [
        [1, 3],
        [5, 7, 12],
      ],
    );
    await session.close();
  });
}

test("a weight that lies within a larger buffer is read from its own place", async () => {
  const values = Float32Array.from([9, 9, 1, 0, 0, 1, 1, 1, 9]).subarray(2, 8);
  const session = await openSession(product(), new Map([["w", { shape: [3, 2], values }]]), {
    weightsAs: "constants",
    threads: 1,
  });
  assert.deepEqual([...(await session.run({ x }))["y"]!.values], [5, 7, 12]);
  await session.close();
});

test("a missing weight and one of another shape are refused by name", async () => {
  const open = (map: ReadonlyMap<string, Weight>) =>
    openSession(product(), map, { weightsAs: "inputs", threads: 1 });
  await assert.rejects(open(new Map()), /graph product: the model has no weight w/);
  const turned = new Map([["w", { shape: [2, 3], values: new Float32Array(6) }]]);
  await assert.rejects(open(turned), /weight w should be \[3,2\], is \[2,3\]/);
});

test("what goes wrong in a run names the graph", async () => {
  const session = await openSession(product(), weights(), { weightsAs: "inputs", threads: 1 });
  await assert.rejects(session.run({}), /graph product: /);
  await assert.rejects(session.run({ x: { shape: [1, 3], values: new Float32Array(3) } }), /graph product: /);
  await assert.rejects(session.run({ x: { shape: [1, 2], values: new Float32Array(3) } }), /graph product: /);
  await session.close();
});

test("the arrays that come back stay as they are when the session runs again", async () => {
  const session = await openSession(product(), weights(), { weightsAs: "inputs", threads: 1 });
  const first = (await session.run({ x }))["y"]!.values;
  await session.run({ x: { shape: [1, 2], values: Float32Array.from([-1, -2]) } });
  assert.deepEqual([...first], [5, 7, 12]);
  await session.close();
});

/** Whether what the reference points to goes away. Weak references live until the current turn of the event loop ends. */
async function goesAway(reference: WeakRef<object>): Promise<boolean> {
  for (let i = 0; i < 20 && reference.deref() !== undefined; i++) {
    await collectGarbage();
  }
  return reference.deref() === undefined;
}

test("with weights as constants the open session keeps no copy of them in JavaScript", async () => {
  const watched = new Map<string, WeakRef<object>>();
  const open = async (weightsAs: "inputs" | "constants") => {
    const own = weights();
    watched.set(weightsAs, new WeakRef(own.get("w")!.values));
    return openSession(product(), own, { weightsAs, threads: 1 });
  };
  const [constants, inputs] = [await open("constants"), await open("inputs")];
  assert.equal(await goesAway(watched.get("constants")!), true);
  assert.equal(
    await goesAway(watched.get("inputs")!),
    false,
    "as inputs they are fed each time: the test can tell",
  );
  assert.deepEqual([...(await constants.run({ x }))["y"]!.values], [5, 7, 12]);
  assert.deepEqual([...(await inputs.run({ x }))["y"]!.values], [5, 7, 12]);
  await constants.close();
  await inputs.close();
});
