import assert from "node:assert/strict";
import { test } from "node:test";
import { logprobOf, plainForward } from "../../../test/engine/plain-forward.ts";
import { engineWeights, tinyCheckpoint, tinyConfig } from "../../../test/engine/tiny-llama.ts";
import { rngFrom } from "../../stats/rng.ts";
import { openForward, type Forward } from "../forward/forward.ts";
import { prefixCache } from "../forward/prefix.ts";
import type { EncodedAsk } from "./encode-ask.ts";
import { planChoices } from "./plan-choices.ts";
import { scoreChoices, type TrieLayout } from "./score-choices.ts";

const checkpoint = tinyCheckpoint();

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

/** Token ids in words, so that a text shows its tokens. */
const spelt = { padding: 0, decode: (ids: readonly number[]) => ids.join(" ") };

/** Asks that share beginnings of several lengths, with options that share beginnings and one that is another's beginning. */
function someAsks(): readonly EncodedAsk[] {
  const rng = rngFrom("asks");
  const draw = (n: number) => Array.from({ length: n }, () => rng.int(tinyConfig.dVocab));
  const [start, stem] = [draw(4), draw(9)];
  return Array.from({ length: 30 }, (_, i) => {
    const shared = draw(2);
    return {
      prompt: [...start, ...(i % 3 ? stem : []), ...draw(1 + (i % 5))],
      options: [draw(1), [...shared, ...draw(2)], shared, [...shared, ...draw(1)]],
    };
  });
}

/** The greedy continuation of a prompt, by plain loops. */
function greedy(prompt: readonly number[], count: number): readonly number[] {
  const text = [...prompt];
  for (let i = 0; i < count; i++) {
    const last = plainForward(tinyConfig, checkpoint, text).logits.at(-1)!;
    text.push(last.indexOf(Math.max(...last)));
  }
  return text.slice(prompt.length);
}

async function scored(forward: Forward, asks: readonly EncodedAsk[]) {
  const prefixes = prefixCache(forward);
  const found: { logprobs: readonly number[]; prefilled: number }[] = [];
  const plan = planChoices(asks);
  for (const batch of plan) {
    const members = batch.members.map((i) => asks[i]!);
    const answers = await scoreChoices(
      members,
      batch.layout as unknown as TrieLayout,
      forward,
      prefixes,
      spelt,
    );
    answers.forEach(({ answer, usage }, n) => {
      assert.equal(answer.kind, "chosen");
      if (answer.kind !== "chosen") return;
      assert.deepEqual(
        answer.tokens,
        members[n]!.options.map((o) => o.length),
      );
      found[batch.members[n]!] = { logprobs: answer.logprobs, prefilled: usage.prefilled };
    });
  }
  return { found, plan };
}

test("every option's score is the sum of its tokens' log-probabilities, written out by plain loops", async () => {
  await withForward(async (forward) => {
    const asks = someAsks();
    const { found } = await scored(forward, asks);
    asks.forEach((ask, i) => {
      ask.options.forEach((option, o) => {
        const { logits } = plainForward(tinyConfig, checkpoint, [...ask.prompt, ...option]);
        const wanted = option.reduce(
          (sum, token, t) => sum + logprobOf(logits[ask.prompt.length - 1 + t]!, token),
          0,
        );
        assert.ok(Math.abs(found[i]!.logprobs[o]! - wanted) < 2e-5, `ask ${i}, option ${o}`);
      });
    });
  });
});

test("tokens prefilled are those of the tries and of the prefix, once", async () => {
  await withForward(async (forward) => {
    const asks = someAsks();
    const { found, plan } = await scored(forward, asks);
    const total = found.reduce((sum, f) => sum + f.prefilled, 0);
    const written = asks.reduce(
      (sum, a) => sum + a.options.reduce((n, o) => n + a.prompt.length + o.length - 1, 0),
      0,
    );
    assert.ok(total < written / 3, `${total} instead of ${written}`);
    assert.equal(plan[0]!.layout["prefix"], 4);
  });
});

test("the same plan twice is equal to the bit, and a lone ask agrees with the batch", async () => {
  await withForward(async (forward) => {
    const asks = someAsks();
    const first = await scored(forward, asks);
    const second = await scored(forward, asks);
    assert.deepEqual(
      second.found.map((f) => f.logprobs),
      first.found.map((f) => f.logprobs),
    );
    const alone = await scored(forward, [asks[3]!]);
    alone.found[0]!.logprobs.forEach((x, o) => {
      assert.ok(Math.abs(x - first.found[3]!.logprobs[o]!) < 1e-5);
    });
  });
});

test("a layout that was planned for other asks is refused", async () => {
  await withForward(async (forward) => {
    const asks = someAsks();
    const layout = { kind: "trie", prefix: 4, width: 100, rows: [2] };
    const score = (members: readonly EncodedAsk[], changed: Partial<TrieLayout>) =>
      scoreChoices(members, { ...layout, ...changed }, forward, prefixCache(forward), spelt);
    await assert.rejects(score(asks.slice(0, 1), {}), /does not fit its planned layout/);
    await assert.rejects(score(asks.slice(0, 3), {}), /does not fit its planned layout/);
    await assert.rejects(score(asks.slice(0, 2), { width: 3 }), /planned width of 3/);
    await assert.rejects(score(asks.slice(0, 2), { prefix: 6 }), /after a prefix of 6/);
    const stranger = { prompt: [63, 62, 61, 60, 59], options: [[1], [2]] };
    await assert.rejects(score([asks[0]!, stranger], {}), /does not fit its planned layout/);
  });
});

test("where the model's numbers overflow, the answer is a failed one with its reason", async () => {
  const weights = new Map(engineWeights(checkpoint));
  const { shape, values } = weights.get("unembed.W_U")!;
  weights.set("unembed.W_U", { shape, values: values.map((x) => x * 1e38) });
  const forward = await openForward(tinyConfig, weights, { threads: 1, weightsAs: "inputs" });
  try {
    const ask = someAsks()[0]!;
    const layout = planChoices([ask])[0]!.layout as unknown as TrieLayout;
    const [answered] = await scoreChoices([ask], layout, forward, prefixCache(forward), spelt);
    assert.equal(answered!.answer.kind, "failed");
  } finally {
    await forward.close();
  }
});

test("the words with which a greedy reply begins are those that plain loops write: along an option, and one token more", async () => {
  await withForward(async (forward) => {
    const asks = someAsks().map((ask, i): EncodedAsk => {
      const path = greedy(ask.prompt, 3);
      // The greedy path is an option whole, in part, or not at all; the other options leave it at every place.
      const along = [path, [...path.slice(0, 2), (path[2]! + 1) % tinyConfig.dVocab], [(path[0]! + 1) % 64]][
        i % 3
      ]!;
      return { ...ask, options: [...ask.options, along], begins: { overlap: "" } };
    });
    const lengths = new Set<number>();
    for (const { members, layout } of planChoices(asks)) {
      const batch = members.map((i) => asks[i]!);
      const answers = await scoreChoices(
        batch,
        layout as unknown as TrieLayout,
        forward,
        prefixCache(forward),
        spelt,
      );
      batch.forEach((ask, n) => {
        const path = greedy(ask.prompt, 4);
        const followed = ask.options.map((option) => {
          const out = option.findIndex((token, t) => token !== path[t]);
          // A whole option shows the token after it, too.
          return out < 0 ? option.length + 1 : out + 1;
        });
        const wanted = path.slice(0, Math.max(...followed));
        lengths.add(wanted.length);
        const { answer } = answers[n]!;
        assert.equal(answer.kind === "chosen" ? answer.begins : answer.kind, wanted.join(" "));
      });
    }
    assert.ok(lengths.has(1) && lengths.has(3) && lengths.has(4), `${[...lengths]}`);
  });
});

test("where every option carries its own version of the opening's end, the words are those after it, or unknown", async () => {
  await withForward(async (forward) => {
    const prompt = someAsks()[1]!.prompt;
    const path = greedy(prompt, 3);
    const score = async (overlap: string, wanted: true | undefined) => {
      const ask: EncodedAsk = {
        prompt,
        options: [path, [1, 2]],
        ...(wanted ? { begins: { overlap } } : {}),
      };
      const layout = planChoices([ask])[0]!.layout as unknown as TrieLayout;
      const [answered] = await scoreChoices([ask], layout, forward, prefixCache(forward), spelt);
      return answered!.answer.kind === "chosen" ? answered!.answer.begins : "failed";
    };
    const one = greedy(prompt, 4);
    assert.equal(await score(`${path[0]} `, true), one.slice(1).join(" "));
    assert.equal(await score("another beginning", true), undefined);
    assert.equal(await score("", undefined), undefined);
  });
});
