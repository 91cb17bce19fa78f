import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { ggufBytes, type Entry, type GgufParts } from "../../test/engine/gguf-bytes.ts";
import { inTemporaryFile } from "../../test/engine/in-temporary-file.ts";
import { plainForward } from "../../test/engine/plain-forward.ts";
import {
  engineWeights,
  spokenConfig,
  tinyCheckpoint,
  tinyGguf,
  tinyMetadata,
} from "../../test/engine/tiny-llama.ts";
import { SetupError } from "../core/errors.ts";
import type { ChooseAsk, WriteAsk } from "../core/sample.ts";
import type { ModelDescription } from "../model/model.ts";
import { relativeError } from "./check/closeness.ts";
import { lossWithOtherPairing } from "./check/other-pairing.ts";
import { englishLoss } from "./check/reads-language.ts";
import { causalPass } from "./forward/causal-pass.ts";
import { loadModel, type LoadedModel, type LoadOptions } from "./load-model.ts";
import { localModel } from "./local-model.ts";

const checkpoint = tinyCheckpoint(spokenConfig);

/** A random model reads no language, so its own check fails; for these tests that is accepted. */
const accepting: LoadOptions = { threads: 1, acceptFaults: true };

function withModel<T>(
  use: (model: LoadedModel) => Promise<T>,
  options: LoadOptions = accepting,
  parts: GgufParts = tinyGguf(checkpoint),
): Promise<T> {
  return inTemporaryFile(ggufBytes(parts), async (path) => {
    const model = await loadModel(path, options);
    try {
      return await use(model);
    } finally {
      await model.close();
    }
  });
}

const withEntry = (key: string, value: Entry | undefined): GgufParts => ({
  ...tinyGguf(checkpoint),
  metadata: tinyMetadata.flatMap(([k, v]) =>
    k !== key ? [[k, v] as const] : value === undefined ? [] : [[k, value] as const],
  ),
});

async function logitsError(model: LoadedModel): Promise<number> {
  const text = Array.from({ length: 12 }, (_, i) => (i * 37 + 5) % spokenConfig.dVocab);
  const { resid } = await model.forward.pass(causalPass([text, text], 12, 0, model.forward.emptyPast, "all"));
  const logits = await model.forward.logits(resid.subarray(0, 12 * spokenConfig.dModel));
  return relativeError(logits, plainForward(spokenConfig, checkpoint, text).logits.flat());
}

test("from the file to the logits, a model is the checkpoint that it was converted from", async () => {
  assert.ok((await withModel(logitsError)) < 1e-5);
});

test("with rotary rows as stored the logits are wrong: the comparison sees the permutation", async () => {
  assert.ok((await withModel(logitsError, { ...accepting, misread: () => undefined })) > 1e-3);
});

test("the file's description is kept: sizes, tensor types, stop tokens", async () => {
  await withModel((model) => {
    assert.deepEqual({ ...model.config, eps: 0 }, { ...spokenConfig, eps: 0 });
    assert.ok(Math.abs(model.config.eps - spokenConfig.eps) < 1e-10);
    assert.deepEqual(model.tensorTypes, { F32: 21 });
    assert.deepEqual(model.tokenizer.stops, new Set([0, 2]));
    return Promise.resolve();
  });
});

test("all that needs no language passes the self-check of a random model; reading English fails it", async () => {
  await withModel(({ selfCheck }) => {
    const failed = selfCheck.checks.filter((c) => !(c.found <= c.limit)).map((c) => c.name);
    assert.deepEqual(failed, ["loss on English / with rotary pairs read otherwise"]);
    assert.equal(selfCheck.checks.length, 8);
    return Promise.resolve();
  });
});

test("a model that fails its self-check is refused, and its file does not stay open", async () => {
  // Where the system does not list them, only the refusal is tested.
  const openFiles = () => (existsSync("/proc/self/fd") ? readdirSync("/proc/self/fd").length : 0);
  const before = openFiles();
  await assert.rejects(
    withModel(() => Promise.resolve(), { threads: 1 }),
    (error: unknown) => error instanceof SetupError && /self-check FAILED/.test(error.message),
  );
  assert.ok(openFiles() <= before);
});

test("a stored check is believed and not run again", async () => {
  const checked = { passed: true, checks: [{ name: "x", found: 0, limit: 1 }] };
  await withModel(
    (model) => {
      assert.equal(model.selfCheck, checked);
      return Promise.resolve();
    },
    { threads: 1, checked },
  );
});

test("the other rotary pairing is another model, with another loss", async () => {
  await withModel(async (model) => {
    const weights = engineWeights(checkpoint, spokenConfig);
    const { loss, tokens } = await englishLoss(model.forward, model.tokenizer);
    const other = await lossWithOtherPairing(spokenConfig, weights, model.tokenizer, 1);
    assert.ok(tokens > 50 && Number.isFinite(loss) && Number.isFinite(other));
    assert.notEqual(loss.toFixed(4), other.toFixed(4));
  });
});

test("what is missing or does not belong together is refused by name", async () => {
  const refused = (parts: GgufParts, words: RegExp) =>
    assert.rejects(
      withModel(() => Promise.resolve(), accepting, parts),
      (error: unknown) =>
        error instanceof SetupError && words.test(error.message) && error.hint !== undefined,
    );
  await refused(withEntry("general.architecture", "qwen2"), /architecture 'qwen2'/);
  await refused(withEntry("llama.block_count", undefined), /llama\.block_count is undefined/);
  await refused(withEntry("llama.block_count", 3), /tensor blk\.2\./);
  await refused(withEntry("llama.block_count", 1), /tensor blk\.1\..* has no place/);
  await refused(withEntry("llama.vocab_size", 100), /its tokenizer has 262 tokens, its embedding only 100/);
  await refused(withEntry("tokenizer.ggml.tokens", undefined), /tokenizer/);
  await refused(withEntry("llama.attention.head_count", 3), /3 heads|key_length/);
});

test("a model without a chat template is loaded, and refused where it is to be spoken to in turns", async () => {
  await withModel(
    (model) => {
      assert.throws(
        () => localModel(model, description),
        (error: unknown) =>
          error instanceof SetupError &&
          /has no chat template/u.test(error.message) &&
          error.hint !== undefined,
      );
      return Promise.resolve();
    },
    accepting,
    withEntry("tokenizer.chat_template", undefined),
  );
});

const description: ModelDescription = {
  id: "tiny",
  title: "tiny",
  kind: "local",
  revision: { kind: "unpinned", because: "made in a test" },
  details: {},
};

const choose = (content: string, options: readonly string[]): ChooseAsk => ({
  kind: "choose",
  messages: [{ role: "user", content }],
  opening: "It is",
  options,
});
const write = (content: string, change: Partial<WriteAsk> = {}): WriteAsk => ({
  kind: "write",
  messages: [{ role: "user", content }],
  maxTokens: 6,
  temperature: 0,
  topP: 1,
  seed: 1,
  ...change,
});

test("a local model plans mixed asks each once, and answers them in the order of the batch", async () => {
  await withModel(async (loaded) => {
    const model = localModel(loaded, description);
    const asks = [
      choose("a?", [" the", " he"]),
      write("b?"),
      choose("long question?", [" the", " he", " t"]),
      write("c?", { opening: "the" }),
    ];
    assert.equal(model.batching.kind, "frozen");
    if (model.batching.kind !== "frozen" || model.choose.kind !== "present") return;
    const plan = model.batching.plan(asks);
    assert.deepEqual(new Set(plan.flatMap((b) => b.members)), new Set([0, 1, 2, 3]));
    for (const { members, layout } of plan) {
      const batch = members.map((i) => asks[i]!);
      const answers =
        batch[0]!.kind === "choose"
          ? await model.choose.use(batch as readonly ChooseAsk[], { layout })
          : await model.write(batch as readonly WriteAsk[], { layout });
      batch.forEach((ask, n) => {
        const { answer } = answers[n]!;
        if (ask.kind === "choose") {
          assert.equal(answer.kind, "chosen");
          if (answer.kind === "chosen") assert.equal(answer.logprobs.length, ask.options.length);
        } else {
          assert.equal(answer.kind, "wrote");
        }
      });
    }
  });
});

test("an ask longer than the context is refused while planning, with both numbers", async () => {
  await withModel((loaded) => {
    const model = localModel(loaded, description);
    if (model.batching.kind !== "frozen") throw new Error("unreachable");
    const { plan } = model.batching;
    const long = "x".repeat(200);
    assert.throws(() => plan([write(long)]), /needs 2\d\d tokens, the model's context holds 128/);
    assert.throws(() => plan([choose(long, [" a", " b"])]), /the model's context holds 128/);
    return Promise.resolve();
  });
});

test("a conversation that comes out as nothing is refused", async () => {
  await withModel(
    (loaded) => {
      const model = localModel(loaded, description);
      if (model.batching.kind !== "frozen") throw new Error("unreachable");
      const { plan } = model.batching;
      assert.throws(() => plan([write("x")]), /no tokens at all/);
      assert.throws(() => plan([{ ...choose("x", [" a", " b"]), opening: "" }]), /no tokens at all/);
      return Promise.resolve();
    },
    accepting,
    withEntry("tokenizer.chat_template", "{# nothing #}"),
  );
});
