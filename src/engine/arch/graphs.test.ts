// Process replay: the bytes of the graphs of a tiny model, so that a refactor that changes a graph is seen.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { tinyConfig } from "../../../test/engine/tiny-llama.ts";
import type { Graph } from "../graph/graph.ts";
import { serialize } from "../graph/serialize.ts";
import { logitsHead, scoringHead } from "./head.ts";
import { trunk } from "./trunk.ts";

const golden = path.resolve(import.meta.dirname, "../../../test/golden/engine/graphs.json");

const graphs: Readonly<Record<string, Graph>> = {
  "llama-trunk": trunk(tinyConfig),
  "llama-head": logitsHead(tinyConfig),
  "llama-scoring-head": scoringHead(tinyConfig),
};

function hashes(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(graphs).flatMap(([name, graph]) =>
      (["inputs", "constants"] as const).map((weightsAs) => [
        `${name}, weights as ${weightsAs}`,
        createHash("sha256").update(serialize(graph, weightsAs)).digest("hex"),
      ]),
    ),
  );
}

test("the graphs' bytes are those on record; where a change is meant, raise ENGINE_VERSION and record the new ones", () => {
  const recorded: unknown = JSON.parse(readFileSync(golden, "utf8"));
  assert.deepEqual(hashes(), recorded, `new: ${JSON.stringify(hashes(), null, 2)}`);
});

test("another size and another epsilon are seen in the bytes", () => {
  const hash = (graph: Graph) => createHash("sha256").update(serialize(graph, "inputs")).digest("hex");
  const others = [trunk({ ...tinyConfig, eps: 2e-4 }), trunk({ ...tinyConfig, nLayers: 3 })];
  const all = [trunk(tinyConfig), ...others].map(hash);
  assert.equal(new Set(all).size, all.length);
});

test("the trunk names what it takes and gives as its documentation says", () => {
  const { inputs, outputs, weights } = graphs["llama-trunk"]!;
  assert.deepEqual(
    inputs.map((v) => v.name).join(" "),
    "x positions cos sin bias select rows_width past_length all_length past_k.0 past_v.0 past_k.1 past_v.1",
  );
  assert.deepEqual(
    outputs.map((v) => `${v.name} [${v.shape}]`).join("; "),
    "k.0 [rows,2,width,8]; v.0 [rows,2,width,8]; k.1 [rows,2,width,8]; v.1 [rows,2,width,8]; resid [places,32]",
  );
  assert.equal(weights.length, 2 * 9);
});
