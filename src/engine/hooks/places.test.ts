// Where an edit acts: positions, prompts, heads, neurons and keys of a left-padded batch, and never ahead or in another prompt.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withWhiteBox } from "../../../test/engine/golden-arch.ts";
import { relativeError } from "../check/closeness.ts";
import type { Edit, GraphEdit, Where } from "./edit.ts";
import type { HookName } from "./hook-names.ts";
import { anyDiffer, families, numbers, sameNumbers, textsOf, tiny } from "./hooks.test.support.ts";

const LENGTHS = [24, 9, 17];
const STREAM = 32;

/** For each prompt the numbers that a place picks, as [position, index behind it]. */
type Wanted = (prompt: number, position: number, index: number) => boolean;

const places: readonly (readonly [what: string, where: Where, wanted: Wanted])[] = [
  ["all of them", { at: "blocks.0.hook_mlp_out" }, () => true],
  ["positions by number", { at: "blocks.0.hook_mlp_out", positions: [0, 5] }, (_, p) => p === 0 || p === 5],
  [
    "positions from each prompt's end",
    { at: "blocks.0.hook_mlp_out", positions: [-1, -3] },
    (b, p) => [1, 3].includes(LENGTHS[b]! - p),
  ],
  ["each prompt's last", { at: "blocks.0.hook_mlp_out", positions: "last" }, (b, p) => p === LENGTHS[b]! - 1],
  ["the whole prompt", { at: "blocks.0.hook_mlp_out", positions: "prompt" }, () => true],
  ["chosen prompts", { at: "blocks.0.hook_mlp_out", prompts: [0, 2] }, (b) => b !== 1],
  [
    "a place that only a chosen prompt has",
    { at: "blocks.0.hook_mlp_out", prompts: [0], positions: [20, -24] },
    (b, p) => b === 0 && (p === 20 || p === 0),
  ],
  ["chosen neurons", { at: "blocks.1.mlp.hook_post", neurons: [0, 23] }, (_, __, i) => i === 0 || i === 23],
  ["chosen heads", { at: "blocks.0.attn.hook_z", heads: [3] }, (_, __, i) => i >= 24],
  [
    "chosen query heads",
    { at: "blocks.0.attn.hook_q", heads: [0, 2] },
    (_, __, i) => Math.floor(i / 8) % 2 === 0,
  ],
  [
    "a key head, and numbers within it",
    { at: "blocks.0.attn.hook_k", heads: [1], neurons: [2] },
    (_, __, i) => i === 10,
  ],
  [
    "a value head",
    { at: "blocks.1.attn.hook_v", heads: [0], positions: "last" },
    (b, p, i) => p === LENGTHS[b]! - 1 && i < 8,
  ],
  [
    "a head's result",
    { at: "blocks.1.attn.hook_result", heads: [2], neurons: [1] },
    (_, __, i) => i === 2 * STREAM + 1,
  ],
  ["the embedding", { at: "hook_embed", positions: [-1] }, (b, p) => p === LENGTHS[b]! - 1],
  ["a norm's scale", { at: "blocks.0.ln2.hook_scale", positions: [3] }, (_, p) => p === 3],
  [
    "a token's logits",
    { at: "unembed.hook_out", neurons: [100], positions: [-2] },
    (b, p, i) => i === 100 && p === LENGTHS[b]! - 2,
  ],
];

for (const family of families) {
  for (const [what, where, wanted] of places) {
    test(`${family}: an edit at ${where.at} acts at ${what} and nowhere else`, async () => {
      const texts = textsOf(family);
      const { at } = where;
      await withWhiteBox(await tiny(family), async (model) => {
        const plain = await model.run(texts, { cache: [at] });
        const run = await model.run(texts, { cache: [at], edit: [{ ...where, kind: "set", value: 7.5 }] });
        texts.forEach((_, prompt) => {
          const { shape, values } = plain.get(at, prompt);
          const inner = values.length / shape[0]!;
          const expected = values.map((x, i) => (wanted(prompt, Math.floor(i / inner), i % inner) ? 7.5 : x));
          sameNumbers(run.get(at, prompt).values, expected, `prompt ${prompt}`);
        });
      });
    });
  }

  test(`${family}: a knocked-out look is 0, and the others share its weight`, async () => {
    const [scores, pattern] = ["blocks.0.attn.hook_attn_scores", "blocks.0.attn.hook_pattern"] as const;
    const edit: Edit = {
      at: scores,
      kind: "set",
      value: Number.NEGATIVE_INFINITY,
      keys: [0, -2],
      heads: [1],
      positions: [3, 5, -1],
    };
    const texts = textsOf(family);
    await withWhiteBox(await tiny(family), async (model) => {
      const plain = await model.run(texts, { cache: [scores, pattern] });
      const run = await model.run(texts, { cache: [scores, pattern], edit: [edit] });
      texts.forEach((_, prompt) => {
        const length = LENGTHS[prompt]!;
        const [score, look, before] = [
          run.get(scores, prompt),
          run.get(pattern, prompt),
          plain.get(pattern, prompt),
        ];
        assert.deepEqual(look.shape, [4, length, length]);
        for (let head = 0; head < 4; head++)
          for (let position = 0; position < length; position++) {
            const row = (x: Float32Array) =>
              x.subarray((head * length + position) * length, (head * length + position + 1) * length);
            const [is, was] = [row(look.values), row(before.values)];
            const acts = head === 1 && (position === 3 || position === 5 || position === length - 1);
            const out = acts ? [0, length - 2].filter((key) => key <= position) : [];
            const left = was.reduce((a, x, key) => a + (out.includes(key) ? 0 : x), 0);
            is.forEach((x, key) => {
              if (key > position || out.includes(key)) {
                assert.equal(x, 0);
                assert.equal(row(score.values)[key], Number.NEGATIVE_INFINITY);
              } else if (acts) assert.ok(Math.abs(x - was[key]! / left) < 1e-6);
              else assert.equal(x, was[key]);
            });
            assert.ok(Math.abs(is.reduce((a, x) => a + x, 0) - 1) < 1e-6);
          }
      });
    });
  });

  test(`${family}: a token that may look nowhere looks nowhere, neither ahead nor at padding`, async () => {
    const [scores, pattern, z] = [
      "blocks.0.attn.hook_attn_scores",
      "blocks.0.attn.hook_pattern",
      "blocks.0.attn.hook_z",
    ] as const;
    const texts = textsOf(family);
    await withWhiteBox(await tiny(family), async (model) => {
      const run = await model.run(texts, {
        cache: [pattern, z, scores],
        edit: [{ at: scores, kind: "set", value: Number.NEGATIVE_INFINITY, keys: [0] }],
      });
      texts.forEach((_, prompt) => {
        const length = LENGTHS[prompt]!;
        const { values } = run.get(pattern, prompt);
        for (let row = 0; row < 4 * length; row++) {
          const sum = values.subarray(row * length, (row + 1) * length).reduce((a, x) => a + x, 0);
          assert.ok(
            Math.abs(sum - (row % length === 0 ? 0 : 1)) < 1e-6,
            `row ${row} of prompt ${prompt}: ${sum}`,
          );
        }
        assert.ok(
          run
            .get(z, prompt)
            .values.subarray(0, STREAM)
            .every((x) => x === 0),
        );
      });
    });
  });

  test(`${family}: no edit of scores or patterns lets a token look ahead: what stands before the last token is bit-equal whatever it is`, async () => {
    const [text] = textsOf(family);
    const changed = { tokens: [...text!.tokens.slice(0, -1), (text!.tokens.at(-1)! + 1) % 100] };
    const edits: readonly GraphEdit[] = (["attn_scores", "pattern"] as const).flatMap((point) => {
      const at: HookName = `blocks.*.attn.hook_${point}`;
      return [
        { at, kind: "set", value: 3 },
        { at, kind: "add", value: 1e6 },
        { at, kind: "scale", by: -1e4 },
        { at, kind: "ablate", with: "zero" },
        ...(point === "attn_scores"
          ? [
              { at, kind: "set", value: Number.NEGATIVE_INFINITY } as const,
              { at, kind: "add", value: -1e30 } as const,
              { at, kind: "scale", by: -1e30 } as const,
            ]
          : []),
      ] as const;
    });
    await withWhiteBox(await tiny(family), async (model) => {
      for (const edit of edits) {
        const [a, b] = [
          await model.run(text!, { edit: [edit], logits: "all" }),
          await model.run(changed, { edit: [edit], logits: "all" }),
        ];
        const before = 23 * model.config.dVocab;
        const [x, y] = [a, b].map((run) => run.logits().values);
        sameNumbers(x!.subarray(0, before), y!.subarray(0, before), JSON.stringify(edit));
        assert.ok(anyDiffer(x!.subarray(before), y!.subarray(before)));
      }
    });
  });

  test(`${family}: a run of so many prompts that it takes several passes edits and returns each as if it were alone`, async () => {
    const at = "blocks.0.hook_resid_post";
    const texts = Array.from({ length: 70 }, (_, i) => ({
      tokens: textsOf(family)[0]!.tokens.slice(i % 5, 24),
    }));
    await withWhiteBox(await tiny(family), async (model) => {
      const edit: GraphEdit = { at, kind: "add", value: numbers(32, 5), positions: [-1, 3] };
      const plain = await model.run(texts, { cache: [at] });
      const run = await model.run(texts, { cache: [at], edit: [{ ...edit, prompts: [3, 69] }] });
      for (const p of texts.keys())
        assert.equal(anyDiffer(run.logits(p).values, plain.logits(p).values), p === 3 || p === 69);
      for (const p of [0, 3, 34, 68, 69]) {
        const alone = await model.run(texts[p]!, {
          cache: [at],
          edit: p === 3 || p === 69 ? [edit] : [{ ...edit, kind: "scale", by: 1 }],
        });
        assert.ok(relativeError(run.get(at, p).values, alone.get(at).values) < 1e-6, `prompt ${p}`);
        assert.ok(relativeError(run.logits(p).values, alone.logits().values) < 1e-5, `prompt ${p}`);
      }
    });
  });

  test(`${family}: an edit at a later position changes nothing before it, one in a prompt nothing in the others`, async () => {
    const texts = textsOf(family);
    const at = [
      "blocks.0.hook_resid_pre",
      "blocks.0.attn.hook_k",
      "blocks.1.attn.hook_v",
      "blocks.0.mlp.hook_post",
    ] as const;
    await withWhiteBox(await tiny(family), async (model) => {
      const { dVocab } = model.config;
      for (const point of at) {
        const options = { logits: "all", cache: [point] } as const;
        const plain = await model.run(texts[0]!, options);
        const late = await model.run(texts[0]!, {
          ...options,
          edit: [{ at: point, kind: "set", value: 2, positions: [15] }],
        });
        const [x, y] = [plain, late].map((run) => run.logits().values);
        sameNumbers(x!.subarray(0, 15 * dVocab), y!.subarray(0, 15 * dVocab), point);
        assert.ok(anyDiffer(x!.subarray(15 * dVocab), y!.subarray(15 * dVocab)));
        const whole = await model.run(texts, options);
        const one = await model.run(texts, {
          ...options,
          edit: [{ at: point, kind: "set", value: 2, prompts: [2] }],
        });
        for (const prompt of [0, 1])
          sameNumbers(whole.logits(prompt).values, one.logits(prompt).values, point);
        assert.ok(anyDiffer(whole.logits(2).values, one.logits(2).values));
      }
    });
  });
}
