// Writing under edits against run() over the whole text with the same edits: a cache of keys and values must change nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withWhiteBox } from "../../../test/engine/golden-arch.ts";
import { relativeError } from "../check/closeness.ts";
import { argmax } from "../decode/pick-token.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { Edit } from "./edit.ts";
import type { Generated } from "./generate.ts";
import { families, numbers, refused, textsOf, tiny } from "./hooks.test.support.ts";
import type { WhiteBox } from "./white-box.ts";

const NEW = 8;
const direction = numbers(32, 4);
const push = numbers(32, 6).map((x) => 2 * x);

/** Edits that act alike while text is written and when all of it is run; `where` of run() where the two are said differently. */
const edits: Readonly<Record<string, readonly Edit[]>> = {
  nothing: [],
  "a direction": [{ at: "blocks.*.hook_resid_post", kind: "project_out", direction }],
  "a push at the stream": [{ at: "blocks.0.hook_resid_post", kind: "add", value: push }],
  "a head and a neuron": [
    { at: "blocks.0.attn.hook_z", kind: "ablate", with: "zero", heads: [1] },
    { at: "blocks.1.mlp.hook_post", kind: "set", value: 3, neurons: [2] },
  ],
  "keys, values and queries": [
    { at: "blocks.0.attn.hook_k", kind: "scale", by: 1.5, heads: [0] },
    { at: "blocks.1.attn.hook_v", kind: "add", value: 0.5 },
    { at: "blocks.1.attn.hook_q", kind: "scale", by: 2 },
  ],
  "attention knocked out": [
    {
      at: "blocks.*.attn.hook_attn_scores",
      kind: "set",
      value: Number.NEGATIVE_INFINITY,
      keys: [0, 2],
      heads: [0, 3],
    },
    { at: "blocks.0.attn.hook_pattern", kind: "scale", by: 0.5, keys: [-1] },
  ],
  "norms and the head": [
    { at: "blocks.1.ln2.hook_scale", kind: "scale", by: 0.5 },
    { at: "ln_final.hook_normalized", kind: "add", value: push },
    { at: "unembed.hook_out", kind: "add", value: 2, neurons: [5, 6, 7, 8] },
  ],
  "a function at two boundaries": [
    {
      at: "blocks.1.hook_resid_pre",
      kind: "apply",
      with: ({ values, positions }) =>
        values.forEach((x, i) => (values[i] = x * (1 + 0.1 * (positions[Math.floor(i / 32)]! % 3)))),
    },
    {
      at: "blocks.1.hook_resid_post",
      kind: "apply",
      with: ({ values }) => values.forEach((x, i) => (values[i] = x + push[i % 32]!)),
    },
  ],
};

/** Every token that was written is the most probable one of run() over the whole text, at its place. */
async function assertGreedy(
  model: WhiteBox,
  { replies, run }: Generated,
  edit: (length: number) => readonly Edit[],
  lengths: readonly number[],
) {
  const { dVocab } = model.config;
  for (const [p, { tokens }] of run.prompts.entries()) {
    const whole = await model.run({ tokens }, { edit: edit(lengths[p]!), logits: "all" });
    const { values } = whole.logits();
    const predicted = replies[p]!.tokens.map((_, i) => {
      const place = lengths[p]! + i - 1;
      return argmax(values.subarray(place * dVocab, (place + 1) * dVocab));
    });
    assert.deepEqual(replies[p]!.tokens, predicted, `prompt ${p}`);
  }
}

for (const family of families) {
  for (const [what, edit] of Object.entries(edits)) {
    test(`${family}: under ${what}, what is written in a batch and alone is what run() over the whole text predicts`, async () => {
      const texts = textsOf(family);
      const lengths = texts.map(({ tokens }) => tokens.length);
      await withWhiteBox(await tiny(family), async (model) => {
        const batch = await model.generate(texts, { maxTokens: NEW, edit });
        // A negative key is one of the prompt: as a number from 0 it is the same key of the whole text.
        const whole = (length: number) =>
          edit.map((e) =>
            "keys" in e && e.keys ? { ...e, keys: e.keys.map((k) => (k < 0 ? length + k : k)) } : e,
          );
        await assertGreedy(model, batch, whole, lengths);
        for (const [p, text] of texts.entries())
          assert.deepEqual(
            (await model.generate(text, { maxTokens: NEW, edit })).replies[0],
            batch.replies[p],
          );
        if (edit.length === 0) return;
        const plain = await model.generate(texts, { maxTokens: NEW });
        assert.notDeepEqual(batch.replies, plain.replies, "the edit changes no token: it proves nothing");
      });
    });
  }

  test(`${family}: edits of the prompt alone and of what is generated alone act there, and the cached activations say so`, async () => {
    const texts = textsOf(family);
    const lengths = texts.map(({ tokens }) => tokens.length);
    const at = "blocks.0.hook_resid_post";
    const seen = new Set<string>();
    await withWhiteBox(await tiny(family), async (model) => {
      for (const positions of ["prompt", "generated", "last"] as const) {
        const by = (where: (length: number) => Edit) => where;
        const made = await model.generate(texts, {
          maxTokens: NEW,
          edit: [{ at, kind: "add", value: push, positions }],
          cache: [at],
        });
        const places = (length: number) => {
          const all = Array.from({ length: length + NEW }, (_, i) => i);
          return positions === "prompt"
            ? all.slice(0, length)
            : positions === "last"
              ? [length - 1]
              : all.slice(length);
        };
        const whole = by((length) => ({ at, kind: "add", value: push, positions: places(length) }));
        await assertGreedy(model, made, (length) => [whole(length)], lengths);
        seen.add(JSON.stringify(made.replies));
      }
    });
    assert.equal(seen.size, 3, "where the edit acts makes no difference: it proves nothing");
  });

  test(`${family}: activations cached while writing are those of run() over the whole text`, async () => {
    const texts = textsOf(family);
    const edit: readonly Edit[] = [{ at: "blocks.0.hook_resid_post", kind: "add", value: push }];
    const cache = [
      "hook_embed",
      "blocks.*.hook_resid_post",
      "blocks.0.attn.hook_k",
      "blocks.1.attn.hook_result",
      "blocks.1.ln1.hook_scale",
      "ln_final.hook_normalized",
      "unembed.hook_out",
    ] as const;
    await withWhiteBox(await tiny(family), async (model) => {
      const { run, replies } = await model.generate(texts, { maxTokens: NEW, edit, cache });
      const whole = await model.run(run.prompts, { edit, cache, logits: "none" });
      for (const [p, { tokens }] of texts.entries()) {
        assert.deepEqual(run.prompts[p]!.tokens, [...tokens, ...replies[p]!.tokens]);
        for (const name of run.cached as typeof cache) {
          const [found, wanted] = [run.get(name, p), whole.get(name, p)];
          // For the last token nothing was computed.
          assert.deepEqual(found.shape, [tokens.length + NEW - 1, ...wanted.shape.slice(1)], name);
          assert.ok(relativeError(found.values, wanted.values.subarray(0, found.values.length)) < 1e-5, name);
        }
      }
      await refused(
        () => model.generate(texts, { maxTokens: 1, cache: ["blocks.0.attn.hook_pattern"] }),
        "NO_HOOK",
        /can't be cached while text is generated/,
      );
      await refused(() => run.logits(), "NOT_CACHED", /no logits/);
    });
  });

  test(`${family}: patched from what was written before, the same is written again; a donor that ends too early is refused there`, async () => {
    const texts = textsOf(family);
    const at = "blocks.0.hook_resid_post";
    await withWhiteBox(await tiny(family), async (model) => {
      const push0: Edit = { at, kind: "add", value: push };
      const pushed = await model.generate(texts, { maxTokens: NEW, edit: [push0], cache: [at] });
      const patch: Edit = { at, kind: "patch", from: pushed.run };
      const again = await model.generate(texts, { maxTokens: NEW, edit: [patch] });
      assert.deepEqual(again.replies, pushed.replies);
      await refused(
        () => model.generate(texts, { maxTokens: NEW + 1, edit: [patch] }),
        "EDIT",
        /prompt \d is longer than its donor: position \d+ of \d+/,
      );
    });
  });

  test(`${family}: a reply ends at a stop token or at its length, and the others go on as if nothing were`, async () => {
    const texts = textsOf(family);
    await withWhiteBox(await tiny(family), async (model) => {
      const free = (await model.generate(texts, { maxTokens: NEW })).replies.map(({ tokens }) => tokens);
      const stop = free[1]![2]!;
      const stops = model.tokenizer.stops as Set<number>;
      stops.add(stop);
      try {
        const { replies, run } = await model.generate(texts, {
          maxTokens: NEW,
          cache: ["blocks.1.hook_resid_post"],
        });
        replies.forEach(({ tokens, finish }, p) => {
          const end = free[p]!.indexOf(stop);
          assert.deepEqual(tokens, end < 0 ? free[p] : free[p]!.slice(0, end));
          assert.equal(finish, end < 0 ? "length" : "stop");
          const last = run.prompts[p]!.tokens.length - (end < 0 ? 1 : 0);
          assert.equal(run.get("blocks.1.hook_resid_post", p).shape[0], last);
        });
        assert.equal(replies[1]!.finish, "stop");
      } finally {
        stops.delete(stop);
      }
    });
  });

  test(`${family}: the same seed draws the same tokens whatever the batch, in 130 prompts too, and another seed others`, async () => {
    await withWhiteBox(await tiny(family), async (model) => {
      const rng = rngFrom(2);
      const texts = Array.from({ length: 130 }, (_, i) => ({
        tokens: Array.from({ length: 3 + (i % 7) }, () => rng.int(model.config.dVocab)),
      }));
      const options = { maxTokens: 4, temperature: 1, topP: 0.9, seed: 5 };
      const prompts = new Set<number>();
      /** Prompts that were read since the last token was written: those of one pass. */
      let [together, most] = [0, 0];
      const watch: Edit = {
        at: "blocks.0.hook_resid_pre",
        kind: "apply",
        with: ({ prompt, positions }) => {
          prompts.add(prompt);
          together = positions[0] === 0 ? together + 1 : 0;
          most = Math.max(most, together);
        },
      };
      const all = await model.generate(texts, { ...options, edit: [watch], cache: ["hook_embed"] });
      assert.deepEqual([prompts.size, most], [130, 64]);
      const { values } = model.weight("embed.W_E");
      all.run.prompts.forEach(({ tokens }, p) => {
        assert.deepEqual(tokens.slice(0, -4), texts[p]!.tokens);
        const rows = tokens.slice(0, -1).flatMap((t) => [...values.subarray(t * 32, (t + 1) * 32)]);
        assert.deepEqual([...all.run.get("hook_embed", p).values], rows);
      });
      const few = await model.generate(texts.slice(0, 3), options);
      assert.deepEqual(few.replies, all.replies.slice(0, 3));
      const others = await model.generate([texts[0]!, texts[60]!, texts[2]!], options);
      assert.deepEqual([others.replies[0], others.replies[2]], [all.replies[0], all.replies[2]]);
      assert.deepEqual((await model.generate(texts, options)).replies, all.replies);
      assert.notDeepEqual((await model.generate(texts, { ...options, seed: 6 })).replies, all.replies);
      // Twice the same prompt: two streams.
      const twins = await model.generate(
        Array.from({ length: 8 }, () => texts[6]!),
        options,
      );
      assert.ok(new Set(twins.replies.map(({ tokens }) => tokens.join())).size > 4);
    });
  });
}
