// Edits against surgery on the weights, which needs no hooks: what either does to the logits must be the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withWhiteBox, type Loaded } from "../../../test/engine/golden-arch.ts";
import type { Edit } from "./edit.ts";
import type { Run } from "./run.ts";
import type { Prompt } from "./white-box.ts";
import {
  families,
  logitsError,
  numbers,
  operated,
  textsOf,
  tiny,
  type TinyFamily,
} from "./hooks.test.support.ts";

const LIMIT = 1e-5;
/** Another operation, or none, must be seen by a wide margin. */
const SEEN = 1e-3;

const D_MODEL = 32;
const D_HEAD = 8;
const shift = numbers(D_MODEL, 1);
const direction = numbers(D_MODEL, 2);

/** Sets columns [from, to) of a matrix [out, in] to 0. */
const clearColumns =
  (from: number, to: number) =>
  (values: Float32Array, [, width]: readonly number[]) => {
    for (let i = 0; i < values.length; i++) if (i % width! >= from && i % width! < to) values[i] = 0;
  };
const times = (by: number) => (values: Float32Array) => {
  for (let i = 0; i < values.length; i++) values[i]! *= by;
};

/** The part along the direction taken out of what a matrix [out, in], or a bias, writes. */
function projectOutputs(values: Float32Array, shape: readonly number[]): void {
  const width = shape[1] ?? 1;
  const size = direction.reduce((a, d) => a + d * d, 0);
  for (let column = 0; column < width; column++) {
    const along = direction.reduce((a, d, row) => a + d * values[row * width + column]!, 0) / size;
    direction.forEach((d, row) => (values[row * width + column]! -= along * d));
  }
}

/** Rows of the embedding shifted; a tied unembedding is a weight of its own here. */
const shiftRows = (values: Float32Array, [, width]: readonly number[]) => {
  for (let i = 0; i < values.length; i++) values[i]! += shift[i % width!]!;
};

type Case = {
  readonly what: string;
  readonly edit: readonly Edit[];
  readonly surgery: (loaded: Loaded) => Loaded;
  /** The same surgery at another place, which must be told apart. */
  readonly wrong: (loaded: Loaded) => Loaded;
  readonly only?: TinyFamily;
};

const on = (which: RegExp, change: Parameters<typeof operated>[2]) => (loaded: Loaded) =>
  operated(loaded, which, change);

const cases: readonly Case[] = [
  {
    what: "attn_out of a block ablated = its W_O and b_O are 0",
    edit: [{ at: "blocks.1.hook_attn_out", kind: "ablate", with: "zero" }],
    surgery: on(/^blocks\.1\.attn\.[Wb]_O$/, times(0)),
    wrong: on(/^blocks\.0\.attn\.[Wb]_O$/, times(0)),
  },
  {
    what: "z of one head ablated = its columns of W_O are 0",
    edit: [{ at: "blocks.0.attn.hook_z", kind: "ablate", with: "zero", heads: [2] }],
    surgery: on(/^blocks\.0\.attn\.W_O$/, clearColumns(2 * D_HEAD, 3 * D_HEAD)),
    wrong: on(/^blocks\.0\.attn\.W_O$/, clearColumns(D_HEAD, 2 * D_HEAD)),
  },
  {
    what: "the result of one head ablated = its columns of W_O are 0",
    edit: [{ at: "blocks.0.attn.hook_result", kind: "ablate", with: "zero", heads: [2] }],
    surgery: on(/^blocks\.0\.attn\.W_O$/, clearColumns(2 * D_HEAD, 3 * D_HEAD)),
    wrong: on(/^blocks\.0\.attn\.W_O$/, clearColumns(D_HEAD, 2 * D_HEAD)),
  },
  {
    what: "mlp_out doubled = W_out and b_out doubled",
    edit: [{ at: "blocks.0.hook_mlp_out", kind: "scale", by: 2 }],
    surgery: on(/^blocks\.0\.mlp\.[Wb]_out$/, times(2)),
    wrong: on(/^blocks\.1\.mlp\.[Wb]_out$/, times(2)),
  },
  {
    what: "one neuron ablated = its column of W_out is 0",
    edit: [{ at: "blocks.1.mlp.hook_post", kind: "set", value: 0, neurons: [7] }],
    surgery: on(/^blocks\.1\.mlp\.W_out$/, clearColumns(7, 8)),
    wrong: on(/^blocks\.1\.mlp\.W_out$/, clearColumns(8, 9)),
  },
  {
    what: "a vector added at hook_embed = every row of the embedding shifted by it",
    edit: [{ at: "hook_embed", kind: "add", value: shift }],
    surgery: on(/^embed\.W_E$/, shiftRows),
    wrong: on(/^unembed\.W_U$/, shiftRows),
  },
  {
    what: "a vector added at hook_pos_embed = every learned position shifted by it",
    edit: [{ at: "hook_pos_embed", kind: "add", value: shift }],
    surgery: on(/^pos_embed\.W_pos$/, shiftRows),
    wrong: on(/^pos_embed\.W_pos$/, times(2)),
    only: "gpt2",
  },
  {
    what: "a direction projected out of mlp_out = out of W_out and b_out",
    edit: [{ at: "blocks.*.hook_mlp_out", kind: "project_out", direction }],
    surgery: on(/\.mlp\.[Wb]_out$/, projectOutputs),
    wrong: on(/^blocks\.0\.mlp\.[Wb]_out$/, projectOutputs),
  },
  {
    what: "the scale of a norm doubled = its gain halved, its bias kept",
    edit: [{ at: "blocks.1.ln2.hook_scale", kind: "scale", by: 2 }],
    surgery: on(/^blocks\.1\.ln2\.w$/, times(0.5)),
    wrong: on(/^blocks\.1\.ln2\.w$/, times(2)),
  },
  {
    what: "the final norm's normalized values tripled = its gain tripled",
    edit: [{ at: "ln_final.hook_normalized", kind: "scale", by: 3 }],
    surgery: on(/^ln_final\.w$/, times(3)),
    wrong: on(/^unembed\.W_U$/, times(2)),
  },
  {
    what: "queries halved = W_Q and b_Q halved",
    edit: [{ at: "blocks.*.attn.hook_q", kind: "scale", by: 0.5 }],
    surgery: on(/attn\.[Wb]_Q$/, times(0.5)),
    wrong: on(/attn\.[Wb]_Q$/, times(1)),
  },
  {
    what: "scores doubled = W_K and b_K doubled",
    edit: [{ at: "blocks.*.attn.hook_attn_scores", kind: "scale", by: 2 }],
    surgery: on(/attn\.[Wb]_K$/, times(2)),
    wrong: on(/attn\.[Wb]_V$/, times(2)),
  },
  {
    what: "values of a key/value head ablated = its rows of W_V and b_V are 0",
    edit: [{ at: "blocks.0.attn.hook_v", kind: "ablate", with: "zero", heads: [1] }],
    surgery: on(/^blocks\.0\.attn\.[Wb]_V$/, (values, [, width = 1]) =>
      values.fill(0, D_HEAD * width, 2 * D_HEAD * width),
    ),
    wrong: on(/^blocks\.0\.attn\.[Wb]_V$/, (values, [, width = 1]) => values.fill(0, 0, D_HEAD * width)),
  },
  {
    what: "the linear input of a gated MLP doubled = W_in doubled",
    edit: [{ at: "blocks.0.mlp.hook_pre_linear", kind: "scale", by: 2 }],
    surgery: on(/^blocks\.0\.mlp\.W_in$/, times(2)),
    wrong: on(/^blocks\.0\.mlp\.W_gate$/, times(2)),
    only: "llama-gqa",
  },
  {
    what: "a neuron before its activation set to 0 = its row of the weights into it is 0",
    edit: [{ at: "blocks.0.mlp.hook_pre", kind: "set", value: 0, neurons: [3, 5] }],
    surgery: on(/^blocks\.0\.mlp\.(?:W_gate|W_in|b_in)$/, (values, [, width = 1], name) => {
      // Of a gated MLP the gate alone: it is the activation's input.
      if (name.endsWith("W_in") && values.length < 128 * D_MODEL) return;
      for (const row of [3, 5]) values.fill(0, row * width, (row + 1) * width);
    }),
    wrong: on(/^blocks\.1\.mlp\.(?:W_gate|W_in|b_in)$/, times(0)),
  },
];

const logits = (of: Loaded, texts: readonly Prompt[], edit: readonly Edit[] = []) =>
  withWhiteBox(of, (model) => model.run(texts, { edit, logits: "all" }));

const unedited = new Map<TinyFamily, Run>();
const plain = async (family: TinyFamily) => {
  const run = unedited.get(family) ?? (await logits(await tiny(family), textsOf(family)));
  unedited.set(family, run);
  return run;
};

for (const { what, edit, surgery, wrong, only } of cases) {
  for (const family of families.filter((f) => only === undefined || f === only)) {
    test(`${family}: ${what}`, async () => {
      const loaded = await tiny(family);
      const texts = textsOf(family);
      const edited = await logits(loaded, texts, edit);
      const error = logitsError(edited, await logits(surgery(loaded), texts));
      assert.ok(error < LIMIT, `${error}`);
      assert.ok(
        logitsError(edited, await logits(wrong(loaded), texts)) > SEEN,
        "another surgery is not told apart",
      );
      assert.ok(logitsError(edited, await plain(family)) > SEEN, "the edit does next to nothing");
    });
  }
}

for (const family of families) {
  test(`${family}: what is projected out of the residual stream is gone there, and nothing else is`, async () => {
    const second = numbers(D_MODEL, 5);
    const at = "blocks.*.hook_resid_post";
    await withWhiteBox(await tiny(family), async (model) => {
      const plain = await model.run(textsOf(family), { cache: [at] });
      const run = await model.run(textsOf(family), {
        cache: [at],
        edit: [{ at, kind: "project_out", direction: [direction, second] }],
      });
      const third = perpendicular(numbers(D_MODEL, 6), [direction, second]);
      for (const prompt of [0, 1, 2]) {
        const [before, after] = [plain, run].map((r) => r.get("blocks.0.hook_resid_post", prompt).values);
        for (const name of ["blocks.0.hook_resid_post", "blocks.1.hook_resid_post"] as const)
          for (const row of rowsOf(run.get(name, prompt).values))
            for (const d of [direction, second])
              assert.ok(Math.abs(dot(row, d)) < 1e-5 * Math.sqrt(dot(row, row) * dot(d, d)), name);
        const [was, is] = [before!, after!].map((x) => rowsOf(x).map((row) => dot(row, third)));
        was!.forEach((x, i) => assert.ok(Math.abs(x - is![i]!) < 1e-4 * (1 + Math.abs(x))));
        assert.ok(rowsOf(before!).some((row) => Math.abs(dot(row, direction)) > 0.1));
      }
    });
  });

  test(`${family}: a direction of one head is projected out of the chosen heads, named twice or not`, async () => {
    const at = "blocks.0.attn.hook_z";
    const d = numbers(D_HEAD, 8);
    await withWhiteBox(await tiny(family), async (model) => {
      const text = textsOf(family)[1]!;
      const plain = (await model.run(text, { cache: [at] })).get(at).values;
      const run = await model.run(text, {
        cache: [at],
        edit: [{ at, kind: "project_out", direction: d, heads: [1, 3, 1] }],
      });
      const found = run.get(at).values;
      for (let start = 0; start < found.length; start += D_HEAD) {
        const [was, is] = [plain, found].map((x) => x.subarray(start, start + D_HEAD));
        const head = (start / D_HEAD) % 4;
        if (head === 1 || head === 3) assert.ok(Math.abs(dot(is!, d)) < 1e-5, `head ${head}`);
        else assert.deepEqual(is, was);
      }
    });
  });
}

function rowsOf(values: Float32Array): readonly Float32Array[] {
  return Array.from({ length: values.length / D_MODEL }, (_, r) =>
    values.subarray(r * D_MODEL, (r + 1) * D_MODEL),
  );
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, x, i) => sum + x * b[i]!, 0);
}

/** By solving for both at once: the two need not be orthogonal. */
function perpendicular(x: Float32Array, [a, b]: readonly [Float32Array, Float32Array]): number[] {
  const [aa, ab, bb, xa, xb] = [dot(a, a), dot(a, b), dot(b, b), dot(x, a), dot(x, b)];
  const determinant = aa * bb - ab * ab;
  const [s, t] = [(xa * bb - xb * ab) / determinant, (xb * aa - xa * ab) / determinant];
  return Array.from(x, (v, i) => v - s * a[i]! - t * b[i]!);
}
