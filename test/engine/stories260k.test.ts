// A real trained Llama of 260,000 parameters against its float64 re-computation: losses of every token, top logits, residual norms.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { HookName } from "../../src/engine/hooks/hook-names.ts";
import { withWhiteBox } from "./golden-arch.ts";
import { readLlama2c } from "./llama2c.ts";

const folder = path.resolve(import.meta.dirname, "../../../shared/data/models");
const skip = existsSync(path.join(folder, "stories260K.bin")) ? false : "shared data is not there";

type Golden = {
  readonly texts: readonly {
    readonly text: string;
    readonly ids: readonly number[];
    /** Five decimals. */
    readonly nll: readonly number[];
    readonly last_top5: readonly (readonly [number, string, number])[];
    readonly resid_norm_last_token: readonly number[];
  }[];
};

test("stories260K: losses, top logits and residual norms are those of float64 loops", { skip }, async () => {
  const golden = JSON.parse(readFileSync(path.join(folder, "stories260K.golden.json"), "utf8")) as Golden;
  const loaded = readLlama2c(path.join(folder, "stories260K.bin"));
  const { dVocab, nLayers } = loaded.config;
  const names: readonly HookName[] = [
    "blocks.0.hook_resid_pre",
    ...Array.from({ length: nLayers }, (_, l): HookName => `blocks.${l}.hook_resid_post`),
  ];
  await withWhiteBox(loaded, async (model) => {
    const run = await model.run(
      golden.texts.map(({ ids }) => ({ tokens: ids })),
      { cache: names, logits: "all" },
    );
    let compared = 0;
    golden.texts.forEach(({ ids, nll, last_top5: top, resid_norm_last_token: norms, text }, t) => {
      const { values } = run.logits(t);
      nll.forEach((wanted, i) => {
        const row = values.subarray(i * dVocab, (i + 1) * dVocab);
        const most = Math.max(...row);
        const sum = row.reduce((a, x) => a + Math.exp(x - most), 0);
        const found = most + Math.log(sum) - row[ids[i + 1]!]!;
        assert.ok(Math.abs(found - wanted) < 2e-5, `${text}: token ${i + 1}: ${found} for ${wanted}`);
        compared++;
      });
      const last = values.subarray((ids.length - 1) * dVocab);
      const best = [...last.keys()].toSorted((a, b) => last[b]! - last[a]!).slice(0, top.length);
      assert.deepEqual(
        best,
        top.map(([id]) => id),
      );
      top.forEach(([id, , logit]) => assert.ok(Math.abs(last[id]! - logit) < 2e-4, `${id}`));
      names.forEach((name, i) => {
        const { values: resid, shape } = run.get(name, t);
        const row = resid.subarray((shape[0]! - 1) * shape[1]!);
        const norm = Math.sqrt(row.reduce((a, x) => a + x * x, 0));
        assert.ok(Math.abs(norm - norms[i]!) < 1e-4, `${name}: ${norm} for ${norms[i]}`);
      });
    });
    assert.ok(compared > 40);
  });
});
