// What a run returns belongs to the user: no later run changes it, and changing it changes nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withWhiteBox } from "../../../test/engine/golden-arch.ts";
import { families, pointsOf, refused, sameNumbers, textsOf, tiny } from "./hooks.test.support.ts";

for (const family of families) {
  test(`${family}: changing what was returned changes neither what is returned next nor a later run`, async () => {
    const texts = textsOf(family).map(({ tokens }) => ({ tokens: [...tokens] }));
    await withWhiteBox(await tiny(family), async (model) => {
      const cache = pointsOf(model.config);
      const weights = [...(await tiny(family)).weights].map(([, w]) => w.values.slice());
      const run = await model.run(texts, { cache, logits: "all" });
      const kept = cache.map((name) => run.get(name, 2).values);
      const logits = run.logits(2).values;
      for (const name of cache) run.get(name, 2).values.fill(7);
      run.logits(2).values.fill(7);
      cache.forEach((name, i) => sameNumbers(run.get(name, 2).values, kept[i]!, name));
      sameNumbers(run.logits(2).values, logits, "logits");
      await model.run(texts.toReversed(), {
        cache,
        logits: "all",
        edit: [{ at: "hook_embed", kind: "add", value: 3 }],
      });
      await model.generate(texts, { maxTokens: 3 });
      cache.forEach((name, i) => sameNumbers(run.get(name, 2).values, kept[i]!, name));
      const again = await model.run(texts, { cache, logits: "all" });
      cache.forEach((name, i) => sameNumbers(again.get(name, 2).values, kept[i]!, name));
      [...(await tiny(family)).weights].forEach(([name, w], i) => sameNumbers(w.values, weights[i]!, name));
    });
  });

  test(`${family}: tokens and values that the user changes while a run is on don't reach it`, async () => {
    const tokens = [...textsOf(family)[1]!.tokens];
    const value = new Float32Array(32).fill(1);
    await withWhiteBox(await tiny(family), async (model) => {
      const edit = [{ at: "blocks.0.hook_resid_post", kind: "add", value }] as const;
      const wanted = await model.run({ tokens: [...tokens] }, { edit });
      const going = model.run({ tokens }, { edit });
      tokens.fill(1);
      value.fill(5);
      const run = await going;
      sameNumbers(run.logits().values, wanted.logits().values);
      assert.deepEqual(run.prompts, wanted.prompts);
    });
  });

  test(`${family}: a run that was disposed of refuses, by hand or by using`, async () => {
    const text = textsOf(family)[1]!;
    await withWhiteBox(await tiny(family), async (model) => {
      const run = await model.run(text, { cache: ["hook_embed"] });
      const copy = run.get("hook_embed").values;
      run.dispose();
      run.dispose();
      await refused(() => run.get("hook_embed"), "RUN_DISPOSED", /disposed of/);
      await refused(() => run.logits(), "RUN_DISPOSED", /disposed of/);
      assert.ok(copy.some((x) => x !== 0));
      let outlived = run;
      {
        using inner = await model.run(text, { cache: ["hook_embed"] });
        assert.ok(inner.get("hook_embed").values.length > 0);
        outlived = inner;
      }
      await refused(() => outlived.get("hook_embed"), "RUN_DISPOSED", /disposed of/);
      const { run: written } = await model.generate(text, { maxTokens: 2, cache: ["hook_embed"] });
      written.dispose();
      await refused(() => written.get("hook_embed"), "RUN_DISPOSED", /disposed of/);
    });
  });
}
