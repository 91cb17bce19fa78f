// Random edits at random points: numbers or a refusal in words, never another error; and never a number of another prompt.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { withWhiteBox } from "../../../test/engine/golden-arch.ts";
import { SetupError } from "../../core/errors.ts";
import type { Edit } from "./edit.ts";
import type { HookName } from "./hook-names.ts";
import { families, pointsOf, sameNumbers, textsOf, tiny } from "./hooks.test.support.ts";
import { resolveNames } from "./resolve-names.ts";
import type { Run } from "./run.ts";
import { lengthOf } from "./points.ts";
import type { ModelConfig } from "../arch/model-config.ts";

const number = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }) },
  fc.constantFrom(0, 1, -1, 1e6, -1e30, 3e38, Number.NEGATIVE_INFINITY, Number.NaN),
);
const some = (max: number) =>
  fc.option(fc.array(fc.integer({ min: 0, max: max - 1 }), { minLength: 1, maxLength: 3 }), {
    nil: undefined,
  });
/** Mostly right, sometimes out of range. */
const rarelyOdd = (length: number) => fc.oneof({ weight: 9, arbitrary: some(length) }, fc.constant([length]));

function edits(config: ModelConfig, donor: Run): fc.Arbitrary<Edit> {
  return fc.constantFrom(...pointsOf(config)).chain((at) => {
    const { axes } = resolveNames(config, [at])[0]!.point;
    const last = axes.at(-1)!;
    const length = last === "key" || last === "pos" ? 9 : lengthOf(config, last);
    const head = axes.find((axis) => axis === "head" || axis === "kv_head");
    const where = fc.record({
      positions: fc.oneof(fc.constantFrom("all", "prompt", "last", undefined), rarelyOdd(9)),
      heads: head ? rarelyOdd(lengthOf(config, head)) : fc.constant(undefined),
      neurons: last === "key" ? fc.constant(undefined) : rarelyOdd(length),
      keys: last === "key" ? rarelyOdd(9) : fc.constant(undefined),
    });
    const vector = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
      minLength: length,
      maxLength: length,
    });
    const kind = fc.oneof(
      fc.record({ kind: fc.constantFrom("set", "add"), value: fc.oneof(number, vector) }),
      fc.record({ kind: fc.constant("scale"), by: number }),
      fc.constant({ kind: "ablate", with: "zero" }),
      fc.constant({ kind: "ablate", with: "mean", of: donor }),
      fc.record({
        kind: fc.constant("ablate"),
        with: fc.constant("resample"),
        of: fc.constant(donor),
        seed: fc.nat(9),
      }),
      fc.constant({ kind: "patch", from: donor, fromPrompt: [1, 0] }),
      fc.record({
        kind: fc.constant("project_out"),
        direction: fc.oneof(vector, fc.array(vector, { maxLength: 3 })),
      }),
    );
    return fc.tuple(where, kind).map(([w, k]) => {
      const present = Object.entries({ ...w, ...k, at, prompts: [0] }).filter(
        ([, value]) => value !== undefined,
      );
      return Object.fromEntries(present) as unknown as Edit;
    });
  });
}

for (const family of families) {
  test(`${family}: random lists of edits in one prompt give finite logits or a refusal, and leave the other's bits alone`, async () => {
    const loaded = await tiny(family);
    const [long, short] = textsOf(family);
    const texts = [short!, { tokens: long!.tokens.slice(0, 14) }];
    const cache = pointsOf(loaded.config).filter((name) => !name.includes("hook_scale"));
    let ran = 0;
    let refusals = 0;
    await withWhiteBox(loaded, async (model) => {
      const donor = await model.run([texts[1]!, { tokens: long!.tokens.slice(3, 13) }], { cache });
      // A graph computes norms in steps where one is changed: its unedited twin changes them by nothing.
      const twin = (list: readonly Edit[]) =>
        model.run(texts, {
          logits: "all",
          edit: [...new Set(list.map(({ at }) => at))].map((at) => ({
            at: at as HookName,
            kind: "scale",
            by: 1,
          })),
        });
      await fc.assert(
        fc.asyncProperty(
          fc.array(edits(loaded.config, donor), { minLength: 1, maxLength: 4 }),
          async (list) => {
            let run: Run;
            try {
              run = await model.run(texts, { logits: "all", edit: list });
            } catch (error) {
              assert.ok(error instanceof SetupError, `${String(error)}`);
              refusals++;
              return;
            }
            ran++;
            assert.ok(run.logits(0).values.every(Number.isFinite));
            sameNumbers(run.logits(1).values, (await twin(list)).logits(1).values);
          },
        ),
        { seed: 11, numRuns: 40 },
      );
    });
    assert.ok(ran > 12 && refusals > 5, `${ran} ran, ${refusals} were refused`);
  });
}
