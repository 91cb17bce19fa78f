// Edits that would do nothing, and edits that the types rule out, are refused in words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGolden, withWhiteBox } from "../../../test/engine/golden-arch.ts";
import { SetupError } from "../../core/errors.ts";
import type { Edit } from "./edit.ts";

const at = "blocks.0.hook_resid_post";
const tokens = { tokens: [5, 6, 7, 8] };

test("what a caller without types may pass is refused, each by the field that is wrong", async () => {
  await withWhiteBox(await loadGolden("gpt2"), async (model) => {
    const refused = (edit: unknown, words: RegExp) =>
      assert.rejects(
        model.run(tokens, { edit: [edit as Edit] }),
        (error: unknown) => error instanceof SetupError && words.test(error.message),
        JSON.stringify(edit),
      );
    await refused({ at, kind: "double" }, /no kind of edit 'double'/u);
    await refused({ at, kind: "set" }, /needs `value`/u);
    await refused({ at, kind: "scale" }, /needs `by`/u);
    await refused({ at, kind: "patch" }, /needs `from`/u);
    await refused({ at, kind: "ablate", with: "noise" }, /needs `with`/u);
    await refused({ at, kind: "ablate", with: "mean" }, /needs `of`/u);
    await refused({ at, kind: "apply" }, /needs `with`/u);
    await refused({ at, kind: "add", value: 1, positions: "first" }, /`positions` is 'first'/u);
    await refused({ at, kind: "add", value: 1, prompts: 0 }, /`prompts` is 0/u);
    await refused({ kind: "add", value: 1 }, /`at` is undefined/u);
    const shorter = (boundary: { values: Float32Array }) => {
      boundary.values = boundary.values.slice(1);
    };
    await refused({ at, kind: "apply", with: shorter }, /left 127 numbers in prompt 0, not 128/u);
    const bad = (prompt: unknown, options: unknown) =>
      assert.rejects(model.run(prompt as never, options as never), SetupError);
    await bad([1, 2], {});
    await bad([[1, 2]], {});
    await bad(tokens, { logits: "first" });
  });
});

test("an edit of a token that nothing is computed for would do nothing: it is refused", async () => {
  await withWhiteBox(await loadGolden("gpt2"), async (model) => {
    const generate = (edit: Partial<Edit>, maxTokens: number) =>
      model.generate(tokens, {
        maxTokens,
        edit: [{ at, kind: "add", value: 1, ...edit } as Edit],
      });
    await assert.rejects(generate({ positions: "generated" } as Partial<Edit>, 1), SetupError);
    await assert.rejects(generate({ positions: [5] } as Partial<Edit>, 2), /no position 5/u);
    await generate({ positions: [4] } as Partial<Edit>, 2);
    const looks = { at: "blocks.0.attn.hook_pattern", keys: [5], positions: "prompt" } as Partial<Edit>;
    await assert.rejects(generate(looks, 4), /would do nothing/u);
  });
});
