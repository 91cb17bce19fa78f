// Functions at the boundaries of blocks: what they are given, when, and what becomes of what they leave.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withWhiteBox } from "../../../test/engine/golden-arch.ts";
import type { Boundary, Edit } from "./edit.ts";
import { families, logitsError, refused, sameNumbers, textsOf, tiny } from "./hooks.test.support.ts";
import type { Run } from "./run.ts";

const D_MODEL = 32;

for (const family of families) {
  test(`${family}: a function gets each prompt's stream as a copy, without padding, and what it leaves is what the model goes on with`, async () => {
    const texts = textsOf(family);
    const at = "blocks.0.hook_resid_post";
    await withWhiteBox(await tiny(family), async (model) => {
      const plain = await model.run(texts, { cache: [at], logits: "all" });
      const kept: Boundary[] = [];
      const doubled = await model.run(texts, {
        cache: [at, "blocks.1.hook_resid_pre", "blocks.0.hook_resid_mid"],
        logits: "all",
        edit: [
          {
            at,
            kind: "apply",
            with: async (boundary) => {
              kept.push({ ...boundary, values: boundary.values.slice() });
              await new Promise((resolve) => setImmediate(resolve));
              boundary.values.forEach((x, i) => (boundary.values[i] = 2 * x));
              setImmediate(() => boundary.values.fill(9));
            },
          },
        ],
      });
      assert.deepEqual(new Set(kept.map(({ prompt }) => prompt)), new Set([0, 1, 2]));
      for (const { prompt, positions, dModel, values } of kept) {
        assert.equal(dModel, D_MODEL);
        assert.deepEqual(
          positions,
          texts[prompt]!.tokens.map((_, i) => i),
        );
        sameNumbers(values, plain.get(at, prompt).values);
        sameNumbers(
          doubled.get(at, prompt).values,
          values.map((x) => 2 * x),
        );
        sameNumbers(
          doubled.get("blocks.1.hook_resid_pre", prompt).values,
          values.map((x) => 2 * x),
        );
      }
      const scaled = await model.run(texts, { logits: "all", edit: [{ at, kind: "scale", by: 2 }] });
      assert.ok(logitsError(doubled, scaled) < 1e-6);
      assert.ok(logitsError(doubled, plain) > 1e-3);
    });
  });

  test(`${family}: at each boundary a function that doubles the stream does what scaling by 2 does there`, async () => {
    const texts = textsOf(family);
    const boundaries = [0, 1].flatMap(
      (l) => [`blocks.${l}.hook_resid_pre`, `blocks.${l}.hook_resid_post`] as const,
    );
    await withWhiteBox(await tiny(family), async (model) => {
      const seen: Run[] = [];
      for (const at of boundaries) {
        const double: Edit = {
          at,
          kind: "apply",
          with: ({ values }) => values.forEach((x, i) => (values[i] = 2 * x)),
        };
        const run = await model.run(texts, { edit: [double], cache: [at], logits: "all" });
        const scaled = await model.run(texts, {
          edit: [{ at, kind: "scale", by: 2 }],
          cache: [at],
          logits: "all",
        });
        assert.ok(logitsError(run, scaled) < 1e-6, at);
        sameNumbers(run.get(at, 1).values, scaled.get(at, 1).values, at);
        seen.push(run);
      }
      // What leaves block 0 is what enters block 1: but for these two, each place is another one.
      const errors = seen.map((run) => logitsError(run, seen[0]!));
      assert.ok(errors[1]! > 1e-3 && errors[3]! > 1e-3, `${errors}`);
    });
  });

  test(`${family}: between points the order is the model's, at a point the other edits come first and functions in their order`, async () => {
    const text = textsOf(family)[1]!;
    const [before, post, pre] = [
      "blocks.0.hook_resid_pre",
      "blocks.0.hook_resid_post",
      "blocks.1.hook_resid_pre",
    ] as const;
    const seen: string[] = [];
    const say = (at: typeof pre | typeof post | typeof before, name: string, by: number): Edit => ({
      at,
      kind: "apply",
      with: ({ values }) => {
        seen.push(`${name} ${values[0]}`);
        values[0] = values[0]! * by;
      },
    });
    const first = { positions: [0], neurons: [0] };
    await withWhiteBox(await tiny(family), async (model) => {
      const run = await model.run(text, {
        cache: [before, post, pre],
        edit: [
          say(pre, "pre", 2),
          say(pre, "pre again", 5),
          { at: pre, kind: "add", value: 1, ...first },
          say(post, "post", 10),
          { at: post, kind: "set", value: 3, ...first },
          say(before, "before", 0.5),
          { at: before, kind: "set", value: 8, ...first },
        ],
      });
      assert.deepEqual(seen, ["before 8", "post 3", "pre 31", "pre again 62"]);
      assert.deepEqual(
        [before, post, pre].map((at) => run.get(at).values[0]),
        [4, 30, 310],
      );
    });
  });

  test(`${family}: while text is written a function is called for the prompt and for each new token, at its place`, async () => {
    const texts = textsOf(family).slice(1);
    const calls: string[] = [];
    await withWhiteBox(await tiny(family), async (model) => {
      const { replies } = await model.generate(texts, {
        maxTokens: 3,
        edit: [
          {
            at: "blocks.1.hook_resid_post",
            kind: "apply",
            with: ({ prompt, positions, values }) => {
              assert.equal(values.length, positions.length * D_MODEL);
              calls.push(`${prompt}: ${positions[0]}-${positions.at(-1)}`);
            },
          },
        ],
      });
      assert.deepEqual(replies, (await model.generate(texts, { maxTokens: 3 })).replies);
    });
    assert.deepEqual(calls, ["0: 0-8", "1: 0-16", "0: 9-9", "1: 17-17", "0: 10-10", "1: 18-18"]);
  });

  test(`${family}: an error in a function ends the run with that error, and the model goes on`, async () => {
    const text = textsOf(family)[1]!;
    const fault = new RangeError("mine");
    const at = "blocks.1.hook_resid_pre";
    await withWhiteBox(await tiny(family), async (model) => {
      const plain = await model.run(text);
      for (const bad of [
        () => {
          throw fault;
        },
        () => Promise.reject(fault),
      ]) {
        const edit: Edit[] = [{ at, kind: "apply", with: bad }];
        await assert.rejects(model.run(text, { edit }), (error) => error === fault);
        await assert.rejects(model.generate(text, { maxTokens: 2, edit }), (error) => error === fault);
      }
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
        const edit: Edit[] = [{ at, kind: "apply", with: ({ values }) => void (values[3] = value) }];
        await refused(
          () => model.run(text, { edit }),
          "EDIT",
          /blocks\.1\.hook_resid_pre: the function left a number that is not finite in prompt 0/,
        );
      }
      sameNumbers((await model.run(text)).logits().values, plain.logits().values);
    });
  });
}
