import assert from "node:assert/strict";
import { test } from "node:test";
import { SetupError } from "../../core/errors.ts";
import { refuseTooLarge, type Memory } from "./refuse-too-large.ts";

/** 10 x 100 million + 7: a thousand million parameters and a bit, 4 GB as float32. */
const tensors = new Map([
  ["matrix", { shape: [10, 100_000_000], type: "Q4_K" }],
  ["gain", { shape: [7], type: "F32" }],
]);
const bytes = 4 * 1_000_000_007;

function refusal(memory: Memory, of = tensors): SetupError | undefined {
  try {
    refuseTooLarge("a/model.gguf", of, memory);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof SetupError && error.code === "MODEL_TOO_LARGE", String(error));
    return error;
  }
}

test("a model is let through from the very byte that its loading needs: 1.3 times its float32 size, 2.5 times as constants", () => {
  for (const [weightsAs, factor] of [
    ["inputs", 1.3],
    ["constants", 2.5],
  ] as const) {
    assert.equal(refusal({ weightsAs, available: bytes * factor }), undefined);
    assert.ok(refusal({ weightsAs, available: bytes * factor - 1 }));
  }
});

test("the refusal names the file, the parameters, what they need and what there is", () => {
  const error = refusal({ weightsAs: "constants", available: 5.25e9 });
  assert.equal(
    error?.message,
    "a/model.gguf: its 1,000,000,007 parameters take 4.00 GB as float32 and 10.00 GB while they are loaded (weights as constants), but 5.25 GB of memory are available",
  );
});

test("the way out names weights as inputs where that would fit, and only there", () => {
  assert.match(
    refusal({ weightsAs: "constants", available: 5.25e9 })?.hint ?? "",
    /^With its weights as inputs it needs 5\.20 GB/,
  );
  for (const memory of [
    { weightsAs: "constants", available: 5e9 },
    { weightsAs: "inputs", available: 5e9 },
  ] as const)
    assert.match(refusal(memory)?.hint ?? "", /^Use a smaller model/);
});

test("a model of no tensors, single values and empty ones needs next to nothing", () => {
  const small = new Map([
    ["one", { shape: [], type: "F32" }],
    ["none", { shape: [0, 9], type: "F32" }],
  ]);
  assert.equal(refusal({ weightsAs: "inputs", available: 5.2 }, small), undefined);
  assert.ok(refusal({ weightsAs: "inputs", available: 5.1 }, small));
  assert.equal(refusal({ weightsAs: "inputs", available: 0 }, new Map()), undefined);
});
