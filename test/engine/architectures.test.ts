// Both families against PyTorch's transformers, from safetensors and from llama.cpp's GGUF; each known mistake, made once, must be seen.
// See test/golden/arch/README.md for how the golden files were made.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { undoRotaryPermutation } from "../../src/engine/arch/families/rotary-rows.ts";
import { relativeError } from "../../src/engine/check/closeness.ts";
import type { Weight } from "../../src/engine/graph/session.ts";
import type { HookName } from "../../src/engine/hooks/hook-names.ts";
import { openModelFile } from "../../src/engine/model-file.ts";
import { blockPoints, modelPoints } from "../../src/engine/hooks/points.ts";
import {
  goldenArch,
  loadGolden,
  referenceOf,
  transformerLensOf,
  withWhiteBox,
  type Loaded,
} from "./golden-arch.ts";

const LIMIT = 1e-5;
/** A mistake must be seen by a wide margin. */
const SEEN = 1e-3;

type Index = {
  readonly models: Readonly<
    Record<string, { readonly gguf: readonly string[]; readonly referenceOf?: string }>
  >;
};
const { models } = JSON.parse(readFileSync(path.join(goldenArch, "index.json"), "utf8")) as Index;

type Errors = {
  readonly resid: number;
  readonly logits: number;
  readonly pattern: number;
  readonly greedy: boolean;
};

/** The largest relative error over texts and layers: all texts in one batch, left-padded. */
async function errorsOf(loaded: Loaded, reference: string): Promise<Errors> {
  const { texts, arrays } = referenceOf(reference);
  const { nLayers, nCtx, dModel, dVocab, nHeads } = loaded.config;
  // A causal model's numbers at a place don't depend on what follows: a shorter text has the reference's first rows.
  const fitting = texts.map(({ ids }) => ({ tokens: ids.slice(0, nCtx) }));
  const cache: readonly HookName[] = [
    "blocks.0.hook_resid_pre",
    "blocks.*.hook_resid_post",
    "blocks.*.attn.hook_pattern",
  ];
  return withWhiteBox(loaded, async (model) => {
    const run = await model.run(fitting, { cache, logits: "all" });
    let [resid, logits, pattern] = [0, 0, 0];
    for (const [t, { tokens }] of fitting.entries()) {
      const wanted = arrays(`text${t}.residuals`);
      const length = wanted.shape[1]!;
      for (let l = 0; l <= nLayers; l++) {
        const found = run.get(l === 0 ? "blocks.0.hook_resid_pre" : `blocks.${l - 1}.hook_resid_post`, t);
        const row = wanted.values.subarray(l * length * dModel, (l * length + tokens.length) * dModel);
        resid = Math.max(resid, relativeError(found.values, row));
      }
      const rows = arrays(`text${t}.logits`).values.subarray(0, tokens.length * dVocab);
      logits = Math.max(logits, relativeError(run.logits(t).values, rows));
    }
    if (arrays.names.includes("text0.patterns") && fitting[0]!.tokens.length === texts[0]!.ids.length) {
      const wanted = arrays("text0.patterns").values;
      const size = nHeads * texts[0]!.ids.length ** 2;
      for (let l = 0; l < nLayers; l++)
        pattern = Math.max(
          pattern,
          relativeError(
            run.get(`blocks.${l}.attn.hook_pattern`, 0).values,
            wanted.subarray(l * size, (l + 1) * size),
          ),
        );
    }
    const whole = fitting.every(({ tokens }, t) => tokens.length === texts[t]!.ids.length);
    const written = whole ? await model.generate(fitting, { maxTokens: 12 }) : undefined;
    const greedy = written?.replies.every(({ tokens }, t) => tokens.join() === texts[t]!.continuation.join());
    return { resid, logits, pattern, greedy: greedy ?? true };
  });
}

for (const [name, { gguf, referenceOf: other }] of Object.entries(models)) {
  for (const file of ["", ...gguf]) {
    test(`${name} ${file || "safetensors"}: residuals of every layer, patterns, logits and the continuation are those of transformers`, async () => {
      const found = await errorsOf(await loadGolden(path.join(name, file)), other ?? name);
      assert.ok(
        found.resid < LIMIT && found.logits < LIMIT && found.pattern < LIMIT && found.greedy,
        JSON.stringify(found),
      );
    });
  }
}

for (const name of ["llama-gqa", "gpt2"]) {
  test(`${name}: every activation that TransformerLens has by the same name is the same, in the same shape`, async () => {
    const { ids, arrays } = transformerLensOf(name);
    const loaded = await loadGolden(name);
    const own = new Set<string>([
      ...Object.keys(modelPoints),
      ...Array.from({ length: loaded.config.nLayers }, (_, l) =>
        Object.keys(blockPoints).map((point) => `blocks.${l}.${point}`),
      ).flat(),
    ]);
    const shared = arrays.names.filter((n) => own.has(n)) as HookName[];
    await withWhiteBox(loaded, async (model) => {
      const run = await model.run({ tokens: ids }, { cache: shared, logits: "none" });
      for (const point of shared) {
        const [found, wanted] = [run.get(point), arrays(point)];
        assert.deepEqual([1, ...found.shape], wanted.shape, point);
        const finite = (x: Float32Array) => x.map((v) => (v === Number.NEGATIVE_INFINITY ? 0 : v));
        assert.ok(relativeError(finite(found.values), finite(wanted.values)) < LIMIT, point);
        const masked = (x: Float32Array) => x.map((v) => (Number.isFinite(v) ? 0 : 1));
        assert.deepEqual(masked(found.values), masked(wanted.values), point);
      }
    });
    const rotary = loaded.config.positions.kind === "rotary";
    // Of our points, TransformerLens lacks none that this architecture has.
    assert.equal(shared.length, rotary ? 2 * 21 + 5 : 2 * 18 + 6);
  });
}

type Change = (loaded: Loaded) => Loaded;

const withConfig =
  (change: Partial<Loaded["config"]>): Change =>
  ({ config, weights }) => ({ config: { ...config, ...change }, weights });

/** Weights whose name fits, changed one by one. */
const withWeights =
  (which: RegExp, change: (weight: Weight, config: Loaded["config"], name: string) => Float32Array): Change =>
  ({ config, weights }) => ({
    config,
    weights: new Map(
      [...weights].map(([name, w]) => [
        name,
        which.test(name) ? { shape: w.shape, values: change(w, config, name) } : w,
      ]),
    ),
  });

const swapped =
  (a: string, b: string): Change =>
  ({ config, weights }) => ({
    config,
    weights: new Map(
      [...weights].map(([name, w]) => {
        const other = name.includes(a) ? name.replace(a, b) : name.replace(b, a);
        return [name, weights.get(other) ?? w];
      }),
    ),
  });

const zeros = ({ values }: Weight) => new Float32Array(values.length);
const headsOf = ({ nHeads, nKeyValueHeads }: Loaded["config"], name: string) =>
  /[WB]_Q/iu.test(name) ? nHeads : nKeyValueHeads;
const neighbours = withWeights(/attn\.[Wb]_[QK]$/u, (w, config, name) =>
  undoRotaryPermutation(w.values, headsOf(config, name), config.dHead, w.shape[1] ?? 1),
);
const transposed = ({ shape, values }: Weight) =>
  Float32Array.from(values, (_, i) => values[(i % shape[1]!) * shape[0]! + Math.floor(i / shape[1]!)]!);

/** Query heads as if key/value head h % n served head h: the heads change places, and so do their columns of W_O. */
const tiled = withWeights(/attn\.W_[QO]$/u, ({ shape, values }, { nHeads, nKeyValueHeads, dHead }, name) => {
  const out = new Float32Array(values.length);
  const group = nHeads / nKeyValueHeads;
  const width = shape[1]!;
  for (let h = 0; h < nHeads; h++) {
    const from = (h % nKeyValueHeads) + nKeyValueHeads * Math.floor(h / nKeyValueHeads);
    const to = (h % nKeyValueHeads) * group + Math.floor(h / nKeyValueHeads);
    if (name.endsWith("W_Q"))
      out.set(values.subarray(from * dHead * width, (from + 1) * dHead * width), to * dHead * width);
    else
      for (let row = 0; row < shape[0]!; row++)
        out.set(
          values.subarray(row * width + from * dHead, row * width + (from + 1) * dHead),
          row * width + to * dHead,
        );
  }
  return out;
});

/** Rows of the joint matrix read as (head, 3, d_head) instead of contiguous thirds. */
const interleaved: Change = ({ config, weights }) => {
  const { nHeads, dHead } = config;
  const changed = new Map(weights);
  for (let l = 0; l < config.nLayers; l++)
    for (const kind of ["W", "b"]) {
      const names = ["Q", "K", "V"].map((part) => `blocks.${l}.attn.${kind}_${part}`);
      const joint = names.flatMap((n) => [...weights.get(n)!.values]);
      const width = kind === "W" ? config.dModel : 1;
      names.forEach((name, part) => {
        const rows = Array.from({ length: nHeads }, (_, h) =>
          joint.slice((h * 3 + part) * dHead * width, (h * 3 + part + 1) * dHead * width),
        );
        changed.set(name, { shape: weights.get(name)!.shape, values: Float32Array.from(rows.flat()) });
      });
    }
  return { config, weights: changed };
};

const centred: Change = ({ config, weights }) => ({
  config: { ...config, norm: "layer" },
  weights: new Map(
    [...weights].flatMap(([name, w]) =>
      /ln(?:1|2|_final)\.w$/u.test(name)
        ? [[name, w] as const, [name.replace(/w$/u, "b"), { shape: w.shape, values: zeros(w) }] as const]
        : [[name, w] as const],
    ),
  ),
});

const rotary = (base: number, divisors?: readonly number[]): Change =>
  withConfig({ positions: { kind: "rotary", base, ...(divisors ? { divisors } : {}) } });

const mistakes: readonly (readonly [name: string, model: string, change: Change])[] = [
  ["rotary pairs of neighbours", "llama-gqa", neighbours],
  ["another rotary base", "llama-gqa", rotary(10000)],
  ["the scaling of Llama 3 ignored", "llama3-scaled", rotary(500)],
  ["the scaling of Llama 3 taken for linear", "llama3-scaled", rotary(500, [8, 8, 8, 8])],
  [
    "linear scaling ignored",
    "llama-linear-scaled",
    ({ config, weights }) => rotary((config.positions as { base: number }).base)({ config, weights }),
  ],
  ["key/value heads tiled", "llama-gqa", tiled],
  [
    "scores scaled by width / heads",
    "mistral",
    withWeights(/attn\.W_Q$/u, ({ values }, { dModel, nHeads, dHead }) =>
      values.map((x) => x * Math.sqrt((dHead * nHeads) / dModel)),
    ),
  ],
  ["another epsilon", "mistral-plain", withConfig({ eps: 1e-5 })],
  ["the mean taken off in an RMS norm", "llama-tied-mha", centred],
  ["gate and up exchanged", "llama-tied-mha", swapped("W_gate", "W_in")],
  [
    "an unembedding of its own ignored",
    "llama-gqa",
    ({ config, weights }) => ({
      config,
      weights: new Map(weights).set("unembed.W_U", weights.get("embed.W_E")!),
    }),
  ],
  [
    "biases of queries and keys unpermuted",
    "llama-biased",
    withWeights(/attn\.b_[QK]$/u, (w, config, name) =>
      undoRotaryPermutation(w.values, headsOf(config, name), config.dHead, 1),
    ),
  ],
  ...["b_Q", "b_V", "b_O", "b_gate", "b_in", "b_out"].map(
    (bias) => [`${bias} dropped`, "llama-biased", withWeights(new RegExp(`${bias}$`, "u"), zeros)] as const,
  ),
  ["the exact GELU for the tanh form", "gpt2", withConfig({ activation: "gelu" })],
  ["the tanh form for the exact GELU", "gpt2-exact-gelu", withConfig({ activation: "gelu_new" })],
  ["Conv1D read as a linear layer", "gpt2", withWeights(/attn\.W_O$/u, transposed)],
  ["queries, keys and values interleaved by head", "gpt2", interleaved],
  [
    "positions off by one",
    "gpt2",
    withWeights(/W_pos$/u, ({ values }, { dModel }) =>
      Float32Array.from(values, (_, i) => values[i + dModel] ?? 0),
    ),
  ],
  [
    "the unbiased variance",
    "gpt2",
    withWeights(/ln(?:1|2|_final)\.w$/u, ({ values }, { dModel }) =>
      values.map((x) => x * Math.sqrt((dModel - 1) / dModel)),
    ),
  ],
  ["another epsilon in a LayerNorm", "gpt2", withConfig({ eps: 1e-5 })],
  ["biases of norms dropped", "gpt2", withWeights(/ln(?:1|2|_final)\.b$/u, zeros)],
];

for (const [mistake, model, change] of mistakes) {
  test(`seen: ${mistake} (${model})`, async () => {
    const found = await errorsOf(change(await loadGolden(model)), model);
    assert.ok(found.logits > SEEN, `logits off by ${found.logits} only`);
  });
}

test("seen: rows of queries and keys left as llama.cpp's converter permutes them", async () => {
  const file = await openModelFile(path.join(goldenArch, "llama-gqa/model.gguf"));
  const weights = await file.weights(() => undefined);
  await file.close();
  const found = await errorsOf({ config: file.config, weights }, "llama-gqa");
  assert.ok(found.logits > SEEN);
});
