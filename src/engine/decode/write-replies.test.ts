import assert from "node:assert/strict";
import { test } from "node:test";
import { plainForward } from "../../../test/engine/plain-forward.ts";
import { engineWeights, tinyCheckpoint, tinyConfig } from "../../../test/engine/tiny-llama.ts";
import type { WriteAsk } from "../../core/sample.ts";
import { rngFrom } from "../../stats/rng.ts";
import { openForward, type Forward } from "../forward/forward.ts";
import { prefixCache } from "../forward/prefix.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { argmax } from "./pick-token.ts";
import { planReplies } from "./plan-replies.ts";
import { writeReplies, type WriteLayout } from "./write-replies.ts";

const checkpoint = tinyCheckpoint();
const rng = rngFrom("prompts");
const draw = (n: number) => Array.from({ length: n }, () => rng.int(tinyConfig.dVocab));
const start = draw(3);
/** Of different lengths behind a common beginning. */
const prompts = [5, 1, 9, 3, 3].map((n) => [...start, ...draw(n)]);

/** Token ids in words, so that a reply's text shows its tokens. */
const numbers = (stops: readonly number[] = []): Pick<Tokenizer, "padding" | "stops" | "decode"> => ({
  stops: new Set(stops),
  padding: 0,
  decode: (ids) => ids.join(" "),
});

const ask = (change: Partial<WriteAsk> = {}): WriteAsk => ({
  kind: "write",
  messages: [],
  maxTokens: 30,
  temperature: 0,
  topP: 1,
  seed: 1,
  ...change,
});

async function write(
  forward: Forward,
  of: readonly (readonly number[])[],
  asks: readonly WriteAsk[],
  tokenizer = numbers(),
  signal?: AbortSignal,
) {
  const [batch] = planReplies(of);
  const members = batch!.members;
  const answered = await writeReplies(
    members.map((i) => asks[i]!),
    members.map((i) => of[i]!),
    batch!.layout as unknown as WriteLayout,
    forward,
    prefixCache(forward),
    tokenizer,
    signal,
  );
  const inOrder = of.map((_, i) => answered[members.indexOf(i)]!);
  return inOrder.map(({ answer, usage }) => {
    assert.equal(answer.kind, "wrote");
    if (answer.kind !== "wrote") throw new Error("unreachable");
    return { ...answer, usage };
  });
}

async function withForward<T>(use: (forward: Forward) => Promise<T>): Promise<T> {
  const forward = await openForward(tinyConfig, engineWeights(checkpoint), {
    threads: 1,
    weightsAs: "inputs",
  });
  try {
    return await use(forward);
  } finally {
    await forward.close();
  }
}

/** Greedy, each step from the beginning by plain loops. Also the smallest lead that a chosen token had. */
function writtenOut(prompt: readonly number[], count: number) {
  const text = [...prompt];
  let lead = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const last = plainForward(tinyConfig, checkpoint, text).logits.at(-1)!;
    const [first, second] = last.toSorted((a, b) => b - a) as [number, number];
    lead = Math.min(lead, first - second);
    text.push(argmax(Float32Array.from(last)));
  }
  return { tokens: text.slice(prompt.length), lead };
}

test("greedy replies of a batch are those that plain loops write, through growths of the cache", async () => {
  await withForward(async (forward) => {
    const found = await write(
      forward,
      prompts,
      prompts.map(() => ask()),
    );
    prompts.forEach((prompt, i) => {
      const wanted = writtenOut(prompt, 30);
      assert.ok(wanted.lead > 1e-4, "the seed gives no near tie");
      assert.equal(found[i]!.text, wanted.tokens.join(" "));
      assert.deepEqual(found[i]!.finish, { unified: "length", raw: "length" });
      assert.equal(found[i]!.tokens, 30);
    });
  });
});

test("a prompt alone is answered as in a batch of five", async () => {
  await withForward(async (forward) => {
    const together = await write(
      forward,
      prompts,
      prompts.map(() => ask()),
    );
    for (const [i, prompt] of prompts.entries()) {
      const [alone] = await write(forward, [prompt], [ask()]);
      assert.equal(alone!.text, together[i]!.text);
    }
  });
});

test("a reply ends before a stop token, each row at its own time, and the others go on as if alone", async () => {
  await withForward(async (forward) => {
    const free = (
      await write(
        forward,
        prompts,
        prompts.map(() => ask()),
      )
    ).map((r) => r.text.split(" "));
    // A stop token for some rows early, for others never.
    const rowsWith = (token: string) => free.filter((tokens) => tokens.includes(token)).length;
    const stop = Number(free.flat().find((token) => [1, 2, 3].includes(rowsWith(token))));
    const found = await write(
      forward,
      prompts,
      prompts.map(() => ask()),
      numbers([stop]),
    );
    const ends = free.map((tokens) => tokens.indexOf(String(stop)));
    assert.ok(ends.some((at) => at >= 0) && ends.some((at) => at < 0), "the case has both kinds");
    found.forEach((reply, i) => {
      const wanted = ends[i]! < 0 ? free[i]! : free[i]!.slice(0, ends[i]);
      assert.equal(reply.text, wanted.join(" "));
      assert.equal(reply.finish.unified, ends[i]! < 0 ? "length" : "stop");
      assert.equal(reply.tokens, wanted.length);
    });
  });
});

test("a reply may end before it began, and one of no tokens is none", async () => {
  await withForward(async (forward) => {
    const first = Number((await write(forward, [prompts[0]!], [ask()]))[0]!.text.split(" ")[0]);
    const [stopped] = await write(forward, [prompts[0]!], [ask()], numbers([first]));
    assert.deepEqual([stopped!.text, stopped!.tokens, stopped!.finish.unified], ["", 0, "stop"]);
    const [none] = await write(forward, [prompts[0]!], [ask({ maxTokens: 0 })]);
    assert.deepEqual([none!.text, none!.tokens, none!.finish.unified], ["", 0, "length"]);
  });
});

test("each row keeps its own limit, temperature and seed", async () => {
  await withForward(async (forward) => {
    const same = prompts.map(() => prompts[2]!);
    const asks = [
      ask({ maxTokens: 2 }),
      ask({ maxTokens: 25 }),
      ask({ temperature: 1, seed: 1 }),
      ask({ temperature: 1, seed: 2 }),
      ask({ temperature: 1, seed: 1 }),
    ];
    const found = await write(forward, same, asks);
    assert.deepEqual(
      found.map((r) => r.tokens),
      [2, 25, 30, 30, 30],
    );
    assert.equal(found[1]!.text.split(" ").slice(0, 2).join(" "), found[0]!.text);
    assert.equal(found[2]!.text, found[4]!.text, "the same seed draws the same");
    assert.notEqual(found[2]!.text, found[3]!.text, "another seed draws otherwise");
  });
});

test("a seeded reply does not hang on who else is in the batch", async () => {
  await withForward(async (forward) => {
    const asks = prompts.map((_, i) => ask({ temperature: 0.8, topP: 0.95, seed: i }));
    const together = await write(forward, prompts, asks);
    const [alone] = await write(forward, [prompts[1]!], [asks[1]!]);
    assert.equal(alone!.text, together[1]!.text);
  });
});

test("a prompt asked twice is prefilled once, and each asking draws as it would alone", async () => {
  await withForward(async (forward) => {
    const of = [prompts[0]!, prompts[2]!, prompts[0]!, prompts[2]!];
    const asks = of.map((_, i) => ask({ temperature: 1, seed: i + 1, maxTokens: 12 }));
    const together = await write(forward, of, asks);
    for (const i of [0, 1, 2, 3]) {
      const [alone] = await write(forward, [of[i]!], [asks[i]!]);
      assert.equal(together[i]!.text, alone!.text, `asking ${i}`);
    }
    assert.notEqual(together[0]!.text, together[2]!.text);
    assert.deepEqual(
      together
        .map(({ usage }) => usage.prefilled)
        .toSorted((a, b) => a - b)
        .slice(0, 2),
      [0, 0],
    );
  });
});

test("the prefix is counted once, with the first that needed it", async () => {
  await withForward(async (forward) => {
    const found = await write(
      forward,
      prompts,
      prompts.map(() => ask({ maxTokens: 1 })),
    );
    const total = found.reduce((sum, r) => sum + r.usage.prefilled, 0);
    assert.equal(total, start.length + prompts.reduce((sum, p) => sum + p.length - start.length, 0));
    assert.ok(found.every((r) => r.usage.decoded === 1));
  });
});

test("an abort ends the writing", async () => {
  await withForward(async (forward) => {
    const abort = new AbortController();
    abort.abort(new Error("enough"));
    await assert.rejects(
      write(
        forward,
        prompts,
        prompts.map(() => ask()),
        numbers(),
        abort.signal,
      ),
      /enough/,
    );
  });
});

test("a layout that was planned for other prompts is refused", async () => {
  await withForward(async (forward) => {
    const bad = (layout: WriteLayout, of = prompts) =>
      writeReplies(
        of.map(() => ask()),
        of,
        layout,
        forward,
        prefixCache(forward),
        numbers(),
      );
    await assert.rejects(bad({ prefix: 3, width: 8 }), /does not fit its planned layout/);
    await assert.rejects(bad({ prefix: 4, width: 20 }), /does not fit its planned layout/);
    await assert.rejects(bad({ prefix: 3, width: 9 }, [...prompts, [63, 62, 61, 60]]), /planned layout/);
  });
});

test("where the model's numbers overflow, the reply is a failed one with its reason", async () => {
  const weights = new Map(engineWeights(checkpoint));
  const { shape, values } = weights.get("unembed.W_U")!;
  weights.set("unembed.W_U", { shape, values: values.map((x) => x * 1e38) });
  const forward = await openForward(tinyConfig, weights, { threads: 1, weightsAs: "inputs" });
  try {
    const answered = await writeReplies(
      [ask()],
      [prompts[0]!],
      { prefix: 0, width: 8 },
      forward,
      prefixCache(forward),
      numbers(),
    );
    assert.equal(answered[0]!.answer.kind, "failed");
  } finally {
    await forward.close();
  }
});
