// Edits that change nothing must change no bit: what an edit adds to a graph is exact where it does not act.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withWhiteBox } from "../../../test/engine/golden-arch.ts";
import { relativeError } from "../check/closeness.ts";
import type { Edit } from "./edit.ts";
import {
  families,
  logitsError,
  numbers,
  pointsOf,
  sameNumbers,
  textsOf,
  tiny,
} from "./hooks.test.support.ts";
import { lengthOf } from "./points.ts";
import { resolveNames } from "./resolve-names.ts";

for (const family of families) {
  test(`${family}: add 0, scale 1, patch from itself and what touches another prompt alone are bit-equal to no edit at every point`, async () => {
    const loaded = await tiny(family);
    const texts = textsOf(family);
    await withWhiteBox(loaded, async (model) => {
      for (const at of pointsOf(loaded.config, [1])) {
        const options = { cache: [at], logits: "all" } as const;
        const plain = await model.run(texts, options);
        const last = resolveNames(loaded.config, [at])[0]!.point.axes.at(-1)!;
        const edit: Edit[] = [
          { at, kind: "add", value: 0 },
          { at, kind: "scale", by: 1 },
          { at, kind: "patch", from: plain },
          { at, kind: "scale", by: 3, prompts: [0], positions: [0, 1] },
        ];
        if (last !== "key" && last !== "one" && last !== "pos")
          edit.push({
            at,
            kind: "project_out",
            direction: numbers(lengthOf(loaded.config, last), 3),
            prompts: [0],
          });
        const sham = await model.run(texts, { ...options, edit });
        for (const prompt of [1, 2]) {
          sameNumbers(sham.logits(prompt).values, plain.logits(prompt).values, `${at} ${prompt}`);
          sameNumbers(sham.get(at, prompt).values, plain.get(at, prompt).values, `${at} ${prompt}`);
        }
        // No sham for the prompt that the last two are meant for.
        const error = relativeError(sham.logits(0).values, plain.logits(0).values);
        assert.ok(error > 1e-4, `${at}: ${error}`);
      }
    });
  });

  test(`${family}: a function that does nothing, at every boundary at once, changes no bit`, async () => {
    const loaded = await tiny(family);
    const texts = textsOf(family);
    await withWhiteBox(loaded, async (model) => {
      const options = {
        cache: ["blocks.*.hook_resid_post", "blocks.*.hook_resid_pre"],
        logits: "all",
      } as const;
      const plain = await model.run(texts, options);
      let calls = 0;
      const cut = await model.run(texts, {
        ...options,
        edit: (["blocks.*.hook_resid_pre", "blocks.*.hook_resid_post"] as const).map((at) => ({
          kind: "apply",
          at,
          with: () => void calls++,
        })),
      });
      assert.equal(calls, 4 * texts.length);
      for (const prompt of [0, 1, 2]) {
        sameNumbers(cut.logits(prompt).values, plain.logits(prompt).values, "logits");
        for (const name of ["blocks.0.hook_resid_pre", "blocks.1.hook_resid_post"] as const)
          sameNumbers(cut.get(name, prompt).values, plain.get(name, prompt).values, name);
      }
    });
  });

  test(`${family}: edits at one point work in their order, and the edited value is the one that is cached`, async () => {
    const at = "blocks.0.hook_mlp_out";
    const text = textsOf(family)[1]!;
    await withWhiteBox(await tiny(family), async (model) => {
      const read = async (edit: Edit[]) =>
        await model.run(text, { cache: [at, "blocks.0.hook_resid_mid", "blocks.0.hook_resid_post"], edit });
      const plain = await read([]);
      const x = plain.get(at).values;
      const v = numbers(32, 9);
      const addFirst = await read([
        { at, kind: "add", value: v },
        { at, kind: "scale", by: 2 },
      ]);
      const scaleFirst = await read([
        { at, kind: "scale", by: 2 },
        { at, kind: "add", value: v },
      ]);
      sameNumbers(
        addFirst.get(at).values,
        x.map((y, i) => Math.fround(y + v[i % 32]!) * 2),
        "add first",
      );
      sameNumbers(
        scaleFirst.get(at).values,
        x.map((y, i) => y * 2 + v[i % 32]!),
        "scale first",
      );
      const mid = addFirst.get("blocks.0.hook_resid_mid").values;
      sameNumbers(
        addFirst.get("blocks.0.hook_resid_post").values,
        addFirst.get(at).values.map((y, i) => y + mid[i]!),
        "what follows",
      );
      assert.ok(logitsError(addFirst, scaleFirst) > 1e-4);
      const setLast = await read([
        { at, kind: "add", value: v },
        { at, kind: "set", value: 0.5 },
        { at, kind: "set", value: 7, positions: [2], neurons: [4] },
      ]);
      const wanted = new Float32Array(x.length).fill(0.5);
      wanted[2 * 32 + 4] = 7;
      sameNumbers(setLast.get(at).values, wanted, "set last");
    });
  });
}
