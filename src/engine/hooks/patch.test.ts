// Values out of another run: a whole patch gives that run, a sham none; means and resampled values are those that they should be.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withWhiteBox } from "../../../test/engine/golden-arch.ts";
import { relativeError } from "../check/closeness.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { Edit } from "./edit.ts";
import {
  anyDiffer,
  families,
  logitsError,
  refused,
  sameNumbers,
  textsOf,
  tiny,
} from "./hooks.test.support.ts";

const EXACT = 1e-6;

/** Two prompts of 17 tokens, another one of 9. */
function promptsOf(family: "llama-gqa" | "gpt2", dVocab: number) {
  const [, short, long] = textsOf(family);
  const rng = rngFrom(4).split(family);
  const other = { tokens: Array.from({ length: 17 }, () => rng.int(dVocab)) };
  return { short: short!, long: long!, other };
}

for (const family of families) {
  test(`${family}: patching the residual stream at the beginning gives the other run, at any boundary`, async () => {
    await withWhiteBox(await tiny(family), async (model) => {
      const { long, other } = promptsOf(family, model.config.dVocab);
      for (const at of [
        "blocks.0.hook_resid_pre",
        "blocks.0.hook_resid_post",
        "blocks.1.hook_resid_post",
      ] as const) {
        const donor = await model.run(other, { cache: [at], logits: "all" });
        const plain = await model.run(long, { cache: [at], logits: "all" });
        const patched = await model.run(long, {
          edit: [{ at, kind: "patch", from: donor }],
          cache: [at],
          logits: "all",
        });
        sameNumbers(patched.logits().values, donor.logits().values, at);
        assert.ok(logitsError(plain, donor) > 0.1);
        const sham = await model.run(long, {
          edit: [{ at, kind: "patch", from: plain }],
          cache: [at],
          logits: "all",
        });
        sameNumbers(sham.logits().values, plain.logits().values, at);
      }
    });
  });

  test(`${family}: pattern and values of a layer together give its z, either alone does not`, async () => {
    const looks = { at: "blocks.0.attn.hook_pattern", kind: "patch" } as const;
    const values = { at: "blocks.0.attn.hook_v", kind: "patch" } as const;
    const z = "blocks.0.attn.hook_z";
    await withWhiteBox(await tiny(family), async (model) => {
      const { long, other } = promptsOf(family, model.config.dVocab);
      const donor = await model.run(other, { cache: [looks.at, values.at, z] });
      const zOf = async (...edit: Edit[]) => (await model.run(long, { cache: [z], edit })).get(z).values;
      const from = donor;
      const wanted = donor.get(z).values;
      assert.ok(relativeError(await zOf({ ...looks, from }, { ...values, from }), wanted) < EXACT);
      assert.ok(relativeError(await zOf({ ...looks, from }), wanted) > 0.01);
      assert.ok(relativeError(await zOf({ ...values, from }), wanted) > 0.01);
    });
  });

  test(`${family}: a donor takes its values to the prompt that it is chosen for, in batches of any lengths`, async () => {
    const at = "blocks.0.hook_resid_post";
    await withWhiteBox(await tiny(family), async (model) => {
      const { short, long, other } = promptsOf(family, model.config.dVocab);
      const donor = await model.run([short, other], { cache: [at], logits: "all" });
      const patched = await model.run([long, short], {
        edit: [{ at, kind: "patch", from: donor, fromPrompt: [1, 0] }],
        logits: "all",
      });
      assert.ok(relativeError(patched.logits(0).values, donor.logits(1).values) < EXACT);
      assert.ok(relativeError(patched.logits(1).values, donor.logits(0).values) < EXACT);
      // Where no donor is named, it is the prompt of the same number.
      const second = await model.run([long, short], {
        edit: [{ at, kind: "patch", from: donor, fromPrompt: [1], prompts: [1], positions: [0, 1] }],
        cache: [at],
      });
      sameNumbers(second.get(at, 1).values.subarray(0, 64), donor.get(at, 1).values.subarray(0, 64));
      const away = second.get(at, 1).values.subarray(64);
      assert.ok(anyDiffer(away, donor.get(at, 1).values.subarray(64, 9 * 32)));
    });
  });

  test(`${family}: a donor that is too short, absent, of another model or without the point is refused`, async () => {
    const at = "blocks.0.hook_resid_post";
    const looks = "blocks.0.attn.hook_pattern";
    await withWhiteBox(await tiny(family), async (model) => {
      const { short, long } = promptsOf(family, model.config.dVocab);
      const from = await model.run(short, { cache: [at, looks] });
      const patched = (edit: Edit) => () => model.run([long], { edit: [edit] });
      const tooShort = /prompt 0 is longer than its donor: position 9 of 9/;
      await refused(patched({ at, kind: "patch", from }), "EDIT", tooShort);
      await refused(patched({ at: looks, kind: "patch", from }), "EDIT", tooShort);
      await patched({ at, kind: "patch", from, positions: [0, 8] })();
      await refused(
        () => model.run([long, long], { edit: [{ at, kind: "patch", from, positions: [0] }] }),
        "EDIT",
        /prompt 1 has no donor/,
      );
      await refused(patched({ at, kind: "patch", from, fromPrompt: [1] }), "EDIT", /prompt 0 has no donor/);
      await refused(
        patched({ at: "blocks.1.hook_resid_post", kind: "patch", from }),
        "NOT_CACHED",
        /blocks\.1\.hook_resid_post was not cached/,
      );
      const neurons = "blocks.0.mlp.hook_post";
      const stranger = family === "gpt2" ? "llama-gqa" : "gpt2";
      const foreign = await withWhiteBox(await tiny(stranger), (other) =>
        other.run({ tokens: long.tokens.map((t) => t % 100) }, { cache: [neurons] }),
      );
      await refused(
        patched({ at: neurons, kind: "patch", from: foreign }),
        "EDIT",
        /another model: its d_mlp is/,
      );
      await refused(
        patched({ at: neurons, kind: "ablate", with: "mean", of: foreign }),
        "EDIT",
        /another model: its d_mlp is/,
      );
      from.dispose();
      await refused(patched({ at, kind: "patch", from, positions: [0] }), "RUN_DISPOSED", /disposed of/);
    });
  });

  test(`${family}: the mean is the one over prompts and positions but the first`, async () => {
    const points = ["blocks.0.hook_mlp_out", "blocks.0.attn.hook_k", "blocks.1.ln1.hook_scale"] as const;
    await withWhiteBox(await tiny(family), async (model) => {
      const texts = textsOf(family);
      const of = await model.run(texts, { cache: points });
      for (const at of points) {
        const run = await model.run(texts, { cache: [at], edit: [{ at, kind: "ablate", with: "mean", of }] });
        const [wanted, withFirst] = [1, 0].map((from) =>
          meanFrom(
            texts.map((_, p) => of.get(at, p)),
            from,
          ),
        );
        for (const prompt of [0, 1, 2]) {
          const { values } = run.get(at, prompt);
          const tiled = (mean: readonly number[]) =>
            Float32Array.from(values, (_, i) => mean[i % mean.length]!);
          assert.ok(relativeError(values, tiled(wanted!)) < EXACT, at);
          assert.ok(relativeError(values, tiled(withFirst!)) > 1e-4, `${at}: the first position counts`);
        }
      }
      const looks = "blocks.0.attn.hook_pattern";
      const patterns = await model.run(texts, { cache: [looks] });
      await refused(
        () => model.run(texts, { edit: [{ at: looks, kind: "ablate", with: "mean", of: patterns }] }),
        "EDIT",
        /mean over prompts of different lengths/,
      );
      const single = await model.run({ tokens: [1] }, { cache: ["hook_embed"] });
      await refused(
        () => model.run(texts, { edit: [{ at: "hook_embed", kind: "ablate", with: "mean", of: single }] }),
        "EDIT",
        /no token beyond/,
      );
    });
  });

  test(`${family}: resampling takes another prompt's values, by the seed, never the prompt's own`, async () => {
    const at = "blocks.0.hook_resid_post";
    await withWhiteBox(await tiny(family), async (model) => {
      const { dVocab } = model.config;
      const rng = rngFrom(9);
      const texts = Array.from({ length: 5 }, () => ({
        tokens: Array.from({ length: 6 }, () => rng.int(dVocab)),
      }));
      const of = await model.run(texts, { cache: [at] });
      const donorsBy = async (seed: number) => {
        const run = await model.run(texts, {
          cache: [at],
          edit: [{ at, kind: "ablate", with: "resample", of, seed }],
        });
        return texts.map((_, p) =>
          texts.findIndex((__, q) => !anyDiffer(run.get(at, p).values, of.get(at, q).values)),
        );
      };
      const seen = new Set<string>();
      for (let seed = 0; seed < 12; seed++) {
        const donors = await donorsBy(seed);
        donors.forEach((donor, prompt) => assert.ok(donor >= 0 && donor !== prompt, `${donors}`));
        seen.add(donors.join());
      }
      assert.ok(seen.size > 6);
      assert.deepEqual(await donorsBy(3), await donorsBy(3));
      const one = await model.run(texts[0]!, { cache: [at] });
      await refused(
        () => model.run(texts[0]!, { edit: [{ at, kind: "ablate", with: "resample", of: one, seed: 1 }] }),
        "EDIT",
        /one prompt alone/,
      );
    });
  });
}

function meanFrom(
  activations: readonly { shape: readonly number[]; values: Float32Array }[],
  first: number,
): number[] {
  const inner = activations[0]!.values.length / activations[0]!.shape[0]!;
  const rows = activations.flatMap(({ shape, values }) =>
    Array.from({ length: shape[0]! - first }, (_, r) =>
      values.subarray((r + first) * inner, (r + first + 1) * inner),
    ),
  );
  return Array.from({ length: inner }, (_, i) => rows.reduce((a, row) => a + row[i]!, 0) / rows.length);
}
