// Runs that overlap on one model give what they give one after the other, while graphs come and go; equal structure shares a graph.

import assert from "node:assert/strict";
import { test } from "node:test";
import { InferenceSession } from "onnxruntime-node";
import { logitRows } from "./logit-parts.ts";
import { hookedRunner } from "./hooked-runner.ts";
import { withWhiteBox } from "../../../test/engine/golden-arch.ts";
import { lookupsOf } from "../forward/feeds.ts";
import type { Edit } from "./edit.ts";
import { families, numbers, pointsOf, sameNumbers, textsOf, tiny } from "./hooks.test.support.ts";
import { planRun } from "./plan-run.ts";
import type { Prompt, RunOptions } from "./white-box.ts";

for (const family of families) {
  test(`${family}: twelve graphs at once, each for two runs, give what they give alone`, async () => {
    const texts = textsOf(family);
    await withWhiteBox(await tiny(family), async (model) => {
      const points = pointsOf(model.config).slice(3, 15);
      const jobs = points.flatMap((at) => [0.5, 2].map((by): Edit[] => [{ at, kind: "scale", by }]));
      const run = (edit: Edit[]) => model.run(texts, { edit, logits: "all" });
      const apart: Float32Array[] = [];
      for (const job of jobs) apart.push((await run(job)).logits(1).values);
      const together = await Promise.all(jobs.map(run));
      together.forEach((made, i) => sameNumbers(made.logits(1).values, apart[i]!, JSON.stringify(jobs[i])));
      const wait: Edit = {
        at: "blocks.0.hook_resid_post",
        kind: "apply",
        with: () => new Promise((resolve) => setImmediate(resolve)),
      };
      const [written, alone] = [
        await Promise.all([3, 4, 5].map((maxTokens) => model.generate(texts, { maxTokens, edit: [wait] }))),
        await model.generate(texts, { maxTokens: 5 }),
      ];
      written.forEach(({ replies }, i) =>
        assert.deepEqual(
          replies.map((r) => r.tokens),
          alone.replies.map((r) => r.tokens.slice(0, 3 + i)),
        ),
      );
    });
  });

  test(`${family}: closing waits for what is running, and afterwards nothing runs`, async () => {
    const texts = textsOf(family);
    await withWhiteBox(await tiny(family), async (model) => {
      const wanted = await model.run(texts);
      const going = model.run(texts);
      const closed = model.close();
      sameNumbers((await going).logits(2).values, wanted.logits(2).values);
      await closed;
      await assert.rejects(model.run(texts), { code: "MODEL_CLOSED" });
      await assert.rejects(model.generate(texts, { maxTokens: 1 }), { code: "MODEL_CLOSED" });
    });
  });

  test(`${family}: with its weights as constants, one session at a time, a model gives the same under overlapping runs and functions`, async () => {
    const { config, weights } = await tiny(family);
    const texts = textsOf(family).map(({ tokens }) => tokens);
    const runners = (["inputs", "constants"] as const).map((weightsAs) =>
      hookedRunner(config, weights, lookupsOf(weights), { threads: 1, weightsAs }),
    );
    const edits: readonly Edit[][] = [
      [{ at: "blocks.0.hook_mlp_out", kind: "scale", by: 3 }],
      [
        {
          at: "blocks.1.hook_resid_pre",
          kind: "apply",
          with: ({ values }) => values.forEach((x, i) => (values[i] = x * 1.5)),
        },
      ],
      [],
    ];
    const plans = edits.flatMap((edit) => planRun(config, texts, 0, { edit, logits: "all" }).passes);
    const [inputs, constants] = await Promise.all(
      runners.map((runner) => Promise.all(plans.map((plan) => runner.run(plan)))),
    );
    inputs!.forEach((made, i) => {
      const [a, b] = [logitRows(made, config.dVocab)!, logitRows(constants![i]!, config.dVocab)!];
      const { tokens } = plans[i]!.pass;
      tokens.forEach((_, row) =>
        a(row).forEach((x, at) =>
          assert.ok(Math.abs(x - b(row)[at]!) < 1e-4, `plan ${i}: ${x} ${b(row)[at]}`),
        ),
      );
    });
    await Promise.all(runners.map((runner) => runner.close()));
  });

  test(`${family}: runs of one structure share a graph whatever their numbers, few graphs stay open, and closing leaves none`, async () => {
    const texts = textsOf(family);
    const at = "blocks.0.hook_mlp_out";
    await countingSessions(async (count) => {
      await withWhiteBox(await tiny(family), async (model) => {
        const made = async (options: RunOptions, prompts: Prompt | readonly Prompt[] = texts) => {
          const before = count.opened;
          (await model.run(prompts, options)).dispose();
          return count.opened - before;
        };
        const scale: Edit = { at, kind: "scale", by: 2 };
        assert.equal(await made({ edit: [scale] }), 1);
        assert.equal(await made({ edit: [{ at, kind: "add", value: 3, positions: [1] }] }, texts[1]), 0);
        assert.equal(await made({ edit: [{ at, kind: "set", value: numbers(32, 1), prompts: [2] }] }), 0);
        assert.equal(await made({ edit: [scale, scale] }), 1);
        assert.equal(await made({ edit: [{ at, kind: "project_out", direction: numbers(32, 1) }] }), 1);
        assert.equal(
          await made({ edit: [{ at, kind: "project_out", direction: [numbers(32, 1), numbers(32, 2)] }] }),
          0,
        );
        assert.equal(await made({ edit: [scale], cache: [at, "hook_embed"] }), 1);
        assert.equal(await made({ edit: [scale], cache: ["hook_embed", at] }), 0);
        assert.equal(await made({ edit: [scale], logits: "all" }), 1);
        for (const point of pointsOf(model.config).slice(0, 12)) await made({ cache: [point] });
        assert.equal(count.opened - count.closed, 8);
        // Functions at all boundaries use more graphs in turn than are kept: none of them is opened for each token anew.
        const before = count.opened;
        const edit = (["blocks.*.hook_resid_pre", "blocks.*.hook_resid_post"] as const).map(
          (where): Edit => ({ at: where, kind: "apply", with: () => undefined }),
        );
        await model.generate(texts, { maxTokens: 6, edit });
        assert.equal(count.opened - before, 5);
      });
      assert.equal(count.closed, count.opened);
    });
  });
}

/** Counts the runtime's sessions while `use` runs. */
async function countingSessions(
  use: (count: { opened: number; closed: number }) => Promise<void>,
): Promise<void> {
  const count = { opened: 0, closed: 0 };
  const create = InferenceSession.create.bind(InferenceSession) as (
    ...args: unknown[]
  ) => Promise<InferenceSession>;
  const own = Object.getOwnPropertyDescriptor(InferenceSession, "create")!;
  const counted = async (...args: unknown[]) => {
    const session = await create(...args);
    const release = session.release.bind(session);
    count.opened++;
    session.release = () => {
      count.closed++;
      return release();
    };
    return session;
  };
  Object.defineProperty(InferenceSession, "create", { ...own, value: counted });
  try {
    await use(count);
  } finally {
    Object.defineProperty(InferenceSession, "create", own);
  }
}
