// What can't be done is refused before anything is run, in words that name the point and what is wrong.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withWhiteBox } from "../../../test/engine/golden-arch.ts";
import type { Edit } from "./edit.ts";
import { families, refused, textsOf, tiny } from "./hooks.test.support.ts";

const resid = "blocks.0.hook_resid_post";
const z = "blocks.0.attn.hook_z";
const scores = "blocks.1.attn.hook_attn_scores";
const neurons = "blocks.0.mlp.hook_post";

const vector = (length: number, odd = 0) => {
  const values = Array.from({ length }, () => 1);
  values[2] = odd;
  return values;
};

const edits: readonly (readonly [edit: Edit, reason: RegExp])[] = [
  [
    { at: resid, kind: "add", value: vector(31) },
    /blocks\.0\.hook_resid_post takes one number or 32 \(d_model\), was given 31/,
  ],
  [{ at: z, kind: "set", value: vector(32) }, /takes one number or 8 \(d_head\), was given 32/],
  [{ at: resid, kind: "add", value: [] }, /was given 0/],
  [{ at: scores, kind: "add", value: vector(9) }, /takes one number: how many keys/],
  [{ at: resid, kind: "set", value: Number.NaN }, /can't be changed by NaN/],
  [{ at: resid, kind: "add", value: Number.POSITIVE_INFINITY }, /can't be changed by Infinity/],
  [{ at: scores, kind: "set", value: Number.POSITIVE_INFINITY }, /can't be changed by Infinity/],
  [{ at: resid, kind: "set", value: Number.NEGATIVE_INFINITY }, /can't be changed by -Infinity/],
  [
    { at: "blocks.0.attn.hook_pattern", kind: "set", value: Number.NEGATIVE_INFINITY },
    /can't be changed by -Infinity/,
  ],
  [{ at: resid, kind: "set", value: 1e39 }, /can't be changed by 1e\+39/],
  [{ at: resid, kind: "set", value: vector(32, Number.NaN) }, /a value that is not finite/],
  [{ at: resid, kind: "set", value: vector(32, 1e39) }, /a value that is not finite/],
  [{ at: resid, kind: "scale", by: Number.NaN }, /can't be scaled by NaN/],
  [{ at: resid, kind: "scale", by: -1e39 }, /can't be scaled by -1e\+39/],
  [{ at: resid, kind: "scale", by: 2, positions: [9] }, /no position 9 in prompt 1, which has 9 tokens/],
  [{ at: resid, kind: "scale", by: 2, positions: [-10] }, /no position -10 in prompt 1/],
  [
    { at: resid, kind: "scale", by: 2, positions: [24], prompts: [0] },
    /no position 24 in prompt 0, which has 24/,
  ],
  [{ at: resid, kind: "scale", by: 2, positions: [1.5] }, /no position 1\.5/],
  [{ at: resid, kind: "scale", by: 2, positions: [Number.NaN] }, /no position NaN/],
  [{ at: resid, kind: "scale", by: 2, prompts: [3] }, /no prompt 3: the run has 3/],
  [{ at: resid, kind: "scale", by: 2, prompts: [-1] }, /no prompt -1/],
  [{ at: resid, kind: "scale", by: 2, prompts: [0.5] }, /no prompt 0\.5/],
  [{ at: resid, kind: "scale", by: 2, positions: "generated" }, /a run generates nothing/],
  ...(["prompts", "positions", "heads", "neurons", "keys"] as const).map(
    (part) =>
      [
        { at: part === "keys" ? scores : z, kind: "scale", by: 2, [part]: [] } as Edit,
        new RegExp(`\`${part}\` is an empty list`),
      ] as const,
  ),
  [{ at: z, kind: "scale", by: 2, heads: [4] }, /no head 4: it has 4/],
  [{ at: z, kind: "scale", by: 2, heads: [-1] }, /no head -1/],
  [{ at: z, kind: "scale", by: 2, heads: [0, 0.5] }, /no head 0\.5/],
  [{ at: resid, kind: "scale", by: 2, heads: [0] }, /it has no heads to choose from/],
  [{ at: neurons, kind: "scale", by: 2, neurons: [128] }, /no d_mlp 128/],
  [{ at: z, kind: "scale", by: 2, neurons: [8] }, /no d_head 8: it has 8/],
  [{ at: "blocks.0.ln1.hook_scale", kind: "scale", by: 2, neurons: [1] }, /no one 1/],
  [{ at: scores, kind: "scale", by: 2, neurons: [0] }, /its last axis are keys/],
  [{ at: resid, kind: "scale", by: 2, keys: [0] }, /it has no keys to choose from/],
  [{ at: scores, kind: "scale", by: 2, keys: [9] }, /no position 9 in prompt 1/],
  [
    { at: scores, kind: "scale", by: 2, keys: [5], positions: [2] },
    /all of these keys stand behind these positions/,
  ],
  [{ at: scores, kind: "project_out", direction: vector(9) }, /no direction that could be projected out/],
  [{ at: "blocks.0.ln1.hook_scale", kind: "project_out", direction: [1] }, /no direction that could be/],
  [
    { at: resid, kind: "project_out", direction: vector(32), neurons: [1] },
    /whole vectors, not of chosen neurons/,
  ],
  [{ at: resid, kind: "project_out", direction: vector(8) }, /takes directions of 32 numbers, was given 8/],
  [{ at: resid, kind: "project_out", direction: vector(32, Number.NaN) }, /direction that is not finite/],
  [
    { at: resid, kind: "project_out", direction: Array.from({ length: 32 }, () => 0) },
    /direction of length 0/,
  ],
  [{ at: resid, kind: "project_out", direction: vector(32, 1e200) }, /too long to measure/],
  [{ at: resid, kind: "project_out", direction: [] }, /was given no direction/],
  [
    { at: "blocks.0.hook_resid_mid" as "blocks.0.hook_resid_post", kind: "apply", with: () => undefined },
    /a function can stand at a block's boundary alone/,
  ],
  [
    { at: "hook_embed" as "blocks.0.hook_resid_post", kind: "apply", with: () => undefined },
    /a function can stand at a block's boundary alone/,
  ],
];

for (const family of families) {
  test(`${family}: an edit that can't be made, or would touch nothing, is refused with its point and the reason`, async () => {
    const texts = textsOf(family);
    await withWhiteBox(await tiny(family), async (model) => {
      for (const [edit, reason] of edits) {
        await refused(
          () => model.run(texts, { edit: [edit] }),
          "EDIT",
          reason,
          new RegExp(edit.at.replaceAll(".", "\\.")),
        );
      }
    });
  });

  test(`${family}: an edit that makes the numbers overflow is an error, not a number`, async () => {
    const text = textsOf(family)[1]!;
    await withWhiteBox(await tiny(family), async (model) => {
      for (const edit of [
        { at: "blocks.0.ln1.hook_scale", kind: "ablate", with: "zero" },
        { at: "unembed.hook_in", kind: "scale", by: 3e38 },
      ] as const) {
        await refused(
          () => model.run(text, { edit: [edit] }),
          "OVERFLOW",
          /logits: a number is not finite after these edits/,
        );
        await refused(
          () => model.run(text, { edit: [edit], cache: ["unembed.hook_out"], logits: "none" }),
          "OVERFLOW",
          /not finite after/,
        );
        await refused(
          () => model.generate(text, { maxTokens: 2, edit: [edit] }),
          "OVERFLOW",
          /not finite after/,
        );
      }
    });
  });

  test(`${family}: prompts that can't be run are refused: none, empty, with strange tokens, too long`, async () => {
    const text = textsOf(family)[1]!;
    await withWhiteBox(await tiny(family), async (model) => {
      const { dVocab, nCtx } = model.config;
      const both = [
        (prompts: Parameters<typeof model.run>[0]) => model.run(prompts),
        (prompts: Parameters<typeof model.run>[0]) => model.generate(prompts, { maxTokens: 1 }),
      ];
      for (const start of both) {
        await refused(() => start([]), "NO_PROMPT", /at least one prompt/);
        await refused(() => start({ tokens: [] }), "NO_PROMPT", /no tokens at all/);
        await refused(() => start([text, { tokens: [] }]), "NO_PROMPT", /no tokens at all/);
        for (const token of [-1, dVocab, 1.5, Number.NaN])
          await refused(
            () => start([text, { tokens: [1, token] }]),
            "TOKEN",
            new RegExp(`token ${token} is not among the model's ${dVocab}`),
          );
        await refused(
          () => start({ tokens: Array.from({ length: nCtx + 1 }, () => 1) }),
          "TOO_LONG",
          new RegExp(`${nCtx + 1} tokens .* context of ${nCtx}`),
        );
      }
      const full = { tokens: Array.from({ length: nCtx }, () => 1) };
      assert.equal((await model.run([text, full])).prompts.length, 2);
      await refused(
        () => model.generate(full, { maxTokens: 1 }),
        "TOO_LONG",
        new RegExp(`${nCtx} tokens and 1 new ones .* context of ${nCtx}`),
      );
      for (const maxTokens of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
        await refused(
          () => model.generate(text, { maxTokens }),
          "GENERATE",
          new RegExp(`maxTokens is ${maxTokens}`),
        );
      for (const odd of [
        { temperature: -1 },
        { temperature: Number.NaN },
        { topP: 1.1 },
        { topP: -0.1 },
        { topP: Number.NaN },
      ])
        await refused(
          () => model.generate(text, { maxTokens: 1, ...odd }),
          "GENERATE",
          /temperature .*, topP /,
        );
      const run = await model.run(text, { cache: ["hook_embed"] });
      for (const prompt of [1, -1, 0.5]) {
        await refused(
          () => run.get("hook_embed", prompt),
          "RUN_PROMPT",
          new RegExp(`no prompt ${prompt}: the run has 1`),
        );
        await refused(() => run.logits(prompt), "RUN_PROMPT", /no prompt/);
      }
      await refused(() => model.weight("blocks.0.attn.W_X"), "NO_WEIGHT", /no weight blocks\.0\.attn\.W_X/);
    });
  });

  test(`${family}: a run that was called off before it began does not begin`, async () => {
    const text = textsOf(family)[1]!;
    await withWhiteBox(await tiny(family), async (model) => {
      const signal = AbortSignal.abort(new Error("called off"));
      await assert.rejects(model.run(text, { signal }), /called off/);
      await assert.rejects(model.generate(text, { maxTokens: 2, signal }), /called off/);
    });
  });
}
