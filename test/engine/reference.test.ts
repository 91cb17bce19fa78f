// The default model against an independent reference: what PyTorch's transformers and the Rust tokenizers make of the same file.
// See test/golden/smollm2/README.md for how the golden files were made.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { Message } from "../../src/core/message.ts";
import { capture } from "../../src/engine/check/capture.ts";
import { relativeError } from "../../src/engine/check/closeness.ts";
import { argmax } from "../../src/engine/decode/pick-token.ts";
import { planReplies } from "../../src/engine/decode/plan-replies.ts";
import { writeReplies, type WriteLayout } from "../../src/engine/decode/write-replies.ts";
import { causalPass } from "../../src/engine/forward/causal-pass.ts";
import { prefixCache } from "../../src/engine/forward/prefix.ts";
import type { LoadedModel } from "../../src/engine/load-model.ts";
import { openModelFile } from "../../src/engine/model-file.ts";
import { tensorTypes } from "../../src/engine/weights/dequantize.ts";
import { openGguf } from "../../src/engine/weights/gguf-file.ts";
import { existingModel, misreadModel, realModel, withoutRealModel } from "../real-model.ts";

const skip = withoutRealModel;
const LIMIT = 1e-4;
/** A lead of the best token over the second that rounding cannot turn: logits are of size 10 to 20, errors of 1e-5. */
const NOISE = 1e-2;

const folder = path.resolve(import.meta.dirname, "../golden/smollm2");
const golden = <T>(name: string): T => JSON.parse(readFileSync(path.join(folder, name), "utf8")) as T;

type Part = { readonly offset: number; readonly shape: readonly number[] };
type Prompt = {
  readonly name: string;
  readonly text?: string;
  readonly messages?: readonly Message[];
  readonly ids: readonly number[];
  readonly argmax: readonly number[];
  readonly argmaxLogit: Part;
  readonly logSumExp: Part;
  readonly nextTokenLogit: Part;
  readonly fixed: Part;
  readonly last?: Part;
};
type Logits = { readonly fixedIds: readonly number[]; readonly prompts: readonly Prompt[] };

function partsOf(): (part: Part) => Float32Array {
  const bytes = readFileSync(path.join(folder, "logits.bin"));
  const all = new Float32Array(Uint8Array.from(bytes).buffer);
  return ({ offset, shape }) => all.subarray(offset, offset + shape.reduce((a, d) => a * d, 1));
}

type Difference = {
  readonly name: string;
  readonly worst: number;
  readonly last: number | undefined;
  readonly argmaxEqual: number;
  readonly places: number;
};

/** All prompts in one left-padded pass; the largest relative error of what is on record for each, and how often the best token agrees. */
async function differences({ forward, config }: LoadedModel): Promise<readonly Difference[]> {
  const { prompts, fixedIds } = golden<Logits>("logits.json");
  const part = partsOf();
  const width = Math.max(...prompts.map((p) => p.ids.length));
  const { dModel, dVocab } = config;
  const { resid } = await forward.pass(
    causalPass(
      prompts.map((p) => p.ids),
      width,
      0,
      forward.emptyPast,
      "all",
    ),
  );
  const out: Difference[] = [];
  for (const [r, prompt] of prompts.entries()) {
    const places = prompt.ids.length;
    const own = resid.subarray(((r + 1) * width - places) * dModel, (r + 1) * width * dModel);
    const logits = await forward.logits(own);
    const row = (i: number) => logits.subarray(i * dVocab, (i + 1) * dVocab);
    const at = (i: number, token: number) => logits[i * dVocab + token]!;
    const following = prompt.ids.slice(1);
    const [logprobs, sums] = [
      await forward.logprobs(
        own.subarray(0, (places - 1) * dModel),
        following.map((id) => [id]),
      ),
      part(prompt.logSumExp),
    ];
    const next = part(prompt.nextTokenLogit);
    const last = prompt.last === undefined ? undefined : relativeError(row(places - 1), part(prompt.last));
    const errors = [
      relativeError(
        prompt.ids.flatMap((_, i) => fixedIds.map((id) => at(i, id))),
        part(prompt.fixed),
      ),
      relativeError(
        prompt.argmax.map((id, i) => at(i, id)),
        part(prompt.argmaxLogit),
      ),
      relativeError(
        following.map((id, i) => at(i, id)),
        next,
      ),
      relativeError(
        logprobs.map(([x]) => x!),
        Float64Array.from(next, (x, i) => x - sums[i]!),
      ),
      ...(last === undefined ? [] : [last]),
    ];
    out.push({
      name: prompt.name,
      worst: Math.max(...errors),
      last,
      argmaxEqual: prompt.argmax.filter((id, i) => argmax(row(i)) === id).length,
      places,
    });
  }
  return out;
}

test("logits agree with PyTorch within 1e-4, and the best token at every position", { skip }, async () => {
  const found = await differences(await realModel());
  assert.ok(found.length >= 6 && found.every((d) => d.places >= 16));
  console.log(
    `reference: ${found.map((d) => `${d.name} ${d.worst.toExponential(1)} (${d.argmaxEqual}/${d.places})`).join(", ")}`,
  );
  for (const d of found) {
    assert.ok(d.worst < LIMIT, `${d.name}: relative error ${d.worst}`);
    assert.equal(d.argmaxEqual, d.places, d.name);
  }
});

test(
  "the same comparison fails for every prompt when the rotary permutation is left out, by what PyTorch says it would",
  { skip },
  async () => {
    const found = await differences(await misreadModel());
    const { prompts } = golden<{
      prompts: readonly { name: string; last: { l2: number }; argmaxEqual: number }[];
    }>("permutation.json");
    for (const d of found) {
      const wanted = prompts.find((p) => p.name === d.name)!;
      assert.ok(d.worst > 100 * LIMIT && d.argmaxEqual < d.places, `${d.name}: ${d.worst}`);
      if (d.last !== undefined)
        assert.ok(Math.abs(d.last / wanted.last.l2 - 1) < 1e-3, `${d.name}: ${d.last}`);
      assert.ok(Math.abs(d.argmaxEqual - wanted.argmaxEqual) <= 1);
    }
  },
);

test("the residual stream agrees at every layer, in its norms and in single values", { skip }, async () => {
  type Stream = {
    readonly name: string;
    readonly norms: readonly number[];
    readonly values: readonly (readonly number[])[];
  };
  const { ids, dims, stream } = golden<{
    ids: readonly number[];
    dims: readonly number[];
    stream: readonly Stream[];
  }>("residuals.json");
  const { config } = await realModel();
  const file = await openModelFile(existingModel());
  const weights = await file.weights();
  await file.close();
  const captured = await capture(config, weights, [ids], 2);
  const { dModel } = config;
  let compared = 0;
  for (const { name, norms, values } of stream) {
    const activation = captured.get(name);
    if (!activation) continue;
    compared++;
    const rows = ids.map((_, i) => activation.subarray(i * dModel, (i + 1) * dModel));
    const found = rows.map((row) => Math.sqrt(row.reduce((a, x) => a + x * x, 0)));
    norms.forEach((norm, i) => assert.ok(Math.abs(found[i]! / norm - 1) < LIMIT, `${name}, place ${i}`));
    const error = relativeError(
      rows.flatMap((row) => dims.map((d) => row[d]!)),
      values.flat(),
    );
    assert.ok(error < LIMIT, `${name}: ${error}`);
  }
  assert.equal(compared, config.nLayers + 1);
});

test("greedy replies are PyTorch's, as far as no step is a near tie", { skip }, async () => {
  type Reply = {
    readonly name: string;
    readonly messages: readonly Message[];
    readonly ids: readonly number[];
    readonly reply: readonly number[];
    readonly margins: readonly number[];
    readonly ended: boolean;
  };
  const { replies } = golden<{ replies: readonly Reply[] }>("greedy.json");
  const { forward, tokenizer } = await realModel();
  const prompts = replies.map((r) => tokenizer.encode(tokenizer.render(r.messages)));
  assert.deepEqual(
    prompts,
    replies.map((r) => r.ids),
  );
  const [batch] = planReplies(prompts);
  const spelling = { ...tokenizer, decode: (ids: readonly number[]) => ids.join(" ") };
  const answers = await writeReplies(
    batch!.members.map((i) => ({
      kind: "write",
      messages: [],
      maxTokens: replies[i]!.reply.length,
      temperature: 0,
      topP: 1,
      seed: 1,
    })),
    batch!.members.map((i) => prompts[i]!),
    batch!.layout as unknown as WriteLayout,
    forward,
    prefixCache(forward),
    spelling,
  );
  let sure = 0;
  batch!.members.forEach((i, n) => {
    const { answer } = answers[n]!;
    const { name, reply, margins, ended } = replies[i]!;
    if (answer.kind !== "wrote") return assert.fail(`${name}: ${answer.kind}`);
    const tie = margins.findIndex((m) => m < NOISE);
    const certain = (ended ? reply.slice(0, -1) : reply).slice(0, tie < 0 ? reply.length : tie);
    assert.equal(answer.text.split(" ").slice(0, certain.length).join(" "), certain.join(" "), name);
    if (tie < 0) assert.equal(answer.finish.unified, ended ? "stop" : "length", name);
    sure += certain.length;
  });
  assert.ok(sure >= 40, `${sure} sure tokens`);
});

test("conversations are rendered and cut as the reference does it", { skip }, async () => {
  type Chat = {
    readonly name: string;
    readonly messages: readonly Message[];
    readonly addGenerationPrompt: boolean;
    readonly text: string;
    readonly ids: readonly number[];
  };
  const chats = golden<{ chats: readonly Chat[] }>("chat.json").chats.filter((c) => c.addGenerationPrompt);
  assert.ok(chats.length >= 10);
  const { tokenizer } = await realModel();
  for (const { name, messages, text, ids } of chats) {
    assert.equal(tokenizer.render(messages), text, name);
    assert.deepEqual(tokenizer.encode(text), ids, name);
  }
});

test(
  "strings of every kind are cut as the reference tokenizer cuts them, and come back",
  { skip },
  async () => {
    const { strings } = golden<{
      strings: readonly { text: string; ids: readonly number[]; idsAsText?: readonly number[] }[];
    }>("tokens.json");
    assert.ok(strings.length >= 200);
    const { tokenizer } = await realModel();
    for (const { text, ids, idsAsText } of strings) {
      assert.deepEqual(tokenizer.encode(text), ids, JSON.stringify(text));
      if (idsAsText === undefined) assert.equal(tokenizer.decode(ids), text);
    }
  },
);

type Dequantized = {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: string;
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly sum: number;
  readonly sumOfMagnitudes: number;
  readonly sumOfSquares: number;
};
type Block = { readonly type: string; readonly base64: string; readonly values: readonly number[] };

test("tensors of the file are dequantised to the gguf package's values, to the bit", { skip }, async () => {
  const { tensors } = golden<{ tensors: readonly Dequantized[] }>("dequant.json");
  assert.ok(tensors.length >= 9);
  const file = await openGguf(existingModel());
  try {
    for (const wanted of tensors) {
      assert.deepEqual(file.tensors.get(wanted.name), { shape: wanted.shape, type: wanted.type });
      const found = await file.read(wanted.name);
      assert.deepEqual(found.subarray(0, 64), Float32Array.from(wanted.first), wanted.name);
      assert.deepEqual(found.subarray(-64), Float32Array.from(wanted.last), wanted.name);
      let [sum, magnitudes, squares] = [0, 0, 0];
      for (const x of found) {
        sum += x;
        magnitudes += Math.abs(x);
        squares += x * x;
      }
      assert.ok(Math.abs(sum - wanted.sum) < 1e-9 * wanted.sumOfMagnitudes, wanted.name);
      assert.ok(Math.abs(magnitudes / wanted.sumOfMagnitudes - 1) < 1e-9, wanted.name);
      assert.ok(Math.abs(squares / wanted.sumOfSquares - 1) < 1e-9, wanted.name);
    }
  } finally {
    await file.close();
  }
});

test("blocks of each supported type are dequantised to the gguf package's values, to the bit", () => {
  const { blocks } = golden<{ blocks: readonly Block[] }>("dequant.json");
  const seen = new Set<string>();
  for (const { type, base64, values } of blocks) {
    const known = Object.values(tensorTypes).find((t) => t.name === type);
    if (!known) continue;
    seen.add(type);
    const out = new Float32Array(values.length);
    known.read(Uint8Array.from(Buffer.from(base64, "base64")), out);
    assert.deepEqual(out, Float32Array.from(values), type);
  }
  assert.deepEqual(seen, new Set(["F16", "Q4_0", "Q4_1", "Q8_0"]));
});
