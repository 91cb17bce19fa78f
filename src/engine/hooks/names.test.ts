import assert from "node:assert/strict";
import { test } from "node:test";
import { withWhiteBox } from "../../../test/engine/golden-arch.ts";
import type { HookName } from "./hook-names.ts";
import { families, pointsOf, refused, textsOf, tiny, type TinyFamily } from "./hooks.test.support.ts";

for (const family of families) {
  test(`${family}: a run returns the activations that were asked for, those of every block by a star, and no other`, async () => {
    const text = textsOf(family)[1]!;
    await withWhiteBox(await tiny(family), async (model) => {
      const run = await model.run(text, {
        cache: ["blocks.*.attn.hook_z", "hook_embed", "blocks.1.attn.hook_z"],
      });
      assert.deepEqual(run.cached, ["blocks.0.attn.hook_z", "blocks.1.attn.hook_z", "hook_embed"]);
      assert.deepEqual(run.get("blocks.1.attn.hook_z").shape, [9, 4, 8]);
      for (const name of pointsOf(model.config).filter((n) => !run.cached.includes(n)))
        await refused(() => run.get(name), "NOT_CACHED", /was not cached/);
      await refused(() => run.get("blocks.*.attn.hook_z"), "NOT_CACHED", /was not cached/);
      await refused(() => run.get("blocks.2.attn.hook_z"), "NO_HOOK", /2 blocks, 0 to 1/);
    });
  });

  test(`${family}: logits are those asked for, whatever is cached of the head`, async () => {
    const texts = textsOf(family);
    await withWhiteBox(await tiny(family), async (model) => {
      const { dVocab } = model.config;
      for (const cache of [[], ["ln_final.hook_scale", "unembed.hook_out"]] as const) {
        const last = await model.run(texts, { cache });
        assert.deepEqual(last.logits(2).shape, [1, dVocab]);
        const none = await model.run(texts, { cache, logits: "none" });
        await refused(() => none.logits(2), "NOT_CACHED", /no logits/);
        const all = await model.run(texts, { cache, logits: "all" });
        assert.deepEqual(all.logits(2).shape, [17, dVocab]);
        if (cache.length === 0) continue;
        assert.deepEqual(last.get("unembed.hook_out", 2).shape, [17, dVocab]);
        assert.deepEqual(last.logits(2).values, all.logits(2).values.subarray(16 * dVocab));
        assert.deepEqual(all.get("unembed.hook_out", 2).values, all.logits(2).values);
      }
    });
  });
}

const lacking: readonly (readonly [family: TinyFamily, name: string, reason: RegExp])[] = [
  ["llama-gqa", "hook_pos_embed", /llama model .*positions are rotary/],
  ["gpt2", "blocks.0.attn.hook_rot_q", /gpt2 model .*positions are learned/],
  ["gpt2", "blocks.*.attn.hook_rot_k", /positions are learned/],
  ["gpt2", "blocks.1.mlp.hook_pre_linear", /no gate.*mlp\.hook_pre/],
  ["gpt2", "blocks.0.hook_attn_in", /copy of hook_resid_pre/],
  ["llama-gqa", "blocks.0.hook_mlp_in", /copy of hook_resid_mid/],
  ["llama-gqa", "hook_tokens", /tokens are no activation/],
  ["llama-gqa", "blocks.2.hook_resid_pre", /2 blocks, 0 to 1/],
  ["gpt2", "blocks.99999999999999999999.hook_resid_pre", /2 blocks, 0 to 1/],
  ["gpt2", "blocks.-1.hook_resid_pre", /no activation has this name/],
  ["gpt2", "blocks.01.hook_resid_pre", /no activation has this name/],
  ["gpt2", "blocks.0.5.hook_resid_pre", /no activation has this name/],
  ["gpt2", "blocks.1.__proto__", /no activation has this name/],
  ["gpt2", "blocks.*.constructor", /no activation has this name/],
  ["llama-gqa", "__proto__", /no activation has this name/],
  ["llama-gqa", "toString", /no activation has this name/],
  ["llama-gqa", "", /no activation has this name/],
  ["llama-gqa", "hook_resid_pre", /no activation has this name/],
  ["llama-gqa", "blocks.0.hook_embed", /no activation has this name/],
  ["llama-gqa", "blocks.0.hook_resid_pre\n", /no activation has this name/],
];

for (const [family, name, reason] of lacking) {
  test(`${family}: ${JSON.stringify(name)} is refused with the reason, to be read and to be changed`, async () => {
    const at = name as HookName;
    const text = textsOf(family)[1]!;
    await withWhiteBox(await tiny(family), async (model) => {
      await refused(() => model.run(text, { cache: [at] }), "NO_HOOK", reason);
      await refused(() => model.run(text, { edit: [{ at, kind: "scale", by: 2 }] }), "NO_HOOK", reason);
      await refused(() => model.generate(text, { maxTokens: 1, cache: [at] }), "NO_HOOK", reason);
      const run = await model.run(text, { logits: "none" });
      await refused(() => run.get(at), "NO_HOOK", reason);
    });
  });
}
