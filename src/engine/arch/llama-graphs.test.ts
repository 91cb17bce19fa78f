// Process replay: the bytes of the graphs of a tiny model, so that a refactor that changes a graph is seen.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { tinyConfig } from "../../../test/engine/tiny-llama.ts";
import type { Graph } from "../graph/graph.ts";
import { serialize } from "../graph/serialize.ts";
import { llamaHead, llamaScoringHead } from "./llama-head.ts";
import { llamaTrunk } from "./llama-trunk.ts";

const golden = path.resolve(import.meta.dirname, "../../../test/golden/engine/graphs.json");

const graphs: Readonly<Record<string, Graph>> = {
  "llama-trunk": llamaTrunk(tinyConfig),
  "llama-head": llamaHead(tinyConfig),
  "llama-scoring-head": llamaScoringHead(tinyConfig),
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

test("another size, another epsilon and a further output are seen in the bytes", () => {
  const hash = (graph: Graph) => createHash("sha256").update(serialize(graph, "inputs")).digest("hex");
  const others = [
    llamaTrunk({ ...tinyConfig, eps: 2e-4 }),
    llamaTrunk({ ...tinyConfig, nLayers: 3 }),
    llamaTrunk(tinyConfig, (g) => (name, value) => {
      if (name.endsWith("hook_pattern")) g.output(name, value);
      return value;
    }),
  ];
  const all = [llamaTrunk(tinyConfig), ...others].map(hash);
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

test("hooks bear TransformerLens's names, each once a layer", () => {
  const names: string[] = [];
  llamaTrunk(tinyConfig, () => (name, value) => {
    names.push(name);
    return value;
  });
  const ofLayer =
    "hook_resid_pre attn.hook_v attn.hook_pattern attn.hook_z hook_attn_out hook_resid_mid mlp.hook_post hook_mlp_out hook_resid_post";
  assert.deepEqual(
    names,
    [0, 1].flatMap((l) => ofLayer.split(" ").map((name) => `blocks.${l}.${name}`)),
  );
});
