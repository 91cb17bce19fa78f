import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { plainForward } from "../../../test/engine/plain-forward.ts";
import { tinyCheckpoint, tinyConfig } from "../../../test/engine/tiny-llama.ts";
import type { TruelineError } from "../../core/errors.ts";
import { decodeAll } from "./decode-all.ts";
import type { DecodeEvent } from "./decoder.ts";
import { ask, decodeWith, numbers, tokensFrom, withForward, writtenOut } from "./decoder.test.support.ts";
import { openDecoder, type DecoderOptions } from "./open-decoder.ts";

const draw = tokensFrom("decoder");
const lengths = [5, 1, 9, 3, 30, 2, 17, 8, 12, 1];
const prompts = lengths.map((n) => draw(n));

const written = prompts.map((prompt) => writtenOut(prompt, 10));

for (const options of [
  { rows: 1 },
  { rows: 3 },
  { rows: 32 },
  { rows: 4, prefillTokens: 7 },
  { rows: 32, slots: 50 },
] satisfies DecoderOptions[]) {
  test(`every reply is what plain loops write, with ${JSON.stringify(options)}`, async () => {
    assert.ok(Math.min(...written.map((w) => w.lead)) > 1e-4, "no near tie that rounding could decide");
    await withForward(async ({ forward, passes }) => {
      const decoded = await decodeWith(
        forward,
        prompts.map((p) => ask(p)),
        options,
      );
      assert.deepEqual(
        decoded.map((d) => d.tokens),
        written.map((w) => w.tokens),
      );
      assert.ok(passes.every((pass) => pass.rows <= options.rows));
    });
  });
}

test("replies of different lengths hand their rows on, and the last ones are right too", async () => {
  await withForward(async ({ forward, passes }) => {
    const requests = prompts.map((p, i) => ask(p, { maxTokens: 1 + ((i * 3) % 10) }));
    const decoded = await decodeWith(forward, requests, { rows: 3 });
    decoded.forEach(({ tokens, text, finish, promptTokens }, i) => {
      assert.deepEqual(tokens, written[i]!.tokens.slice(0, requests[i]!.maxTokens));
      assert.equal(text, tokens.map((t) => `${t} `).join(""));
      assert.deepEqual({ finish, promptTokens }, { finish: "length", promptTokens: lengths[i] });
    });
    const steps = passes.filter((pass) => pass.past.rows === pass.rows && pass.width === 1);
    // 45 tokens after the first ones: 15 steps at best, 30 if each three waited for their longest.
    assert.ok(steps.length <= 20, `${steps.length} steps`);
  });
});

test("draws hang on the request's own seed alone, not on what else runs nor on when it comes", async () => {
  await withForward(async ({ forward }) => {
    const requests = prompts.map((p, i) => ask(p, { temperature: 1.5, topP: i % 2 ? 1 : 0.8, seed: i }));
    const alone = [];
    for (const request of requests) alone.push((await decodeWith(forward, [request]))[0]!.tokens);
    for (const rows of [2, 7]) {
      const decoded = await decodeWith(forward, [...requests].reverse(), { rows });
      assert.deepEqual(decoded.map((d) => d.tokens).reverse(), alone);
    }
    const others = await decodeWith(
      forward,
      requests.map((r) => ({ ...r, seed: r.seed + 100 })),
    );
    assert.notDeepEqual(
      others.map((d) => d.tokens),
      alone,
    );
  });
});

test("an abort ends its own request with the signal's reason and frees the row; a listener that leaves does too", async () => {
  await withForward(async ({ forward, passes }) => {
    const decoder = openDecoder(forward, numbers(), { rows: 3 });
    const controller = new AbortController();
    const aborted = (async () => {
      let n = 0;
      for await (const _ of decoder.decode(ask(prompts[0]!, { maxTokens: 100, signal: controller.signal })))
        if (++n === 3) controller.abort(new Error("enough"));
    })();
    const left = (async () => {
      let n = 0;
      for await (const _ of decoder.decode(ask(prompts[1]!, { maxTokens: 100 }))) if (++n === 5) break;
    })();
    const whole = decodeAll(decoder, [ask(prompts[2]!), ask(prompts[3]!), ask(prompts[4]!)]);
    await assert.rejects(aborted, /enough/);
    await left;
    assert.deepEqual(
      (await whole).map((d) => d.tokens),
      [2, 3, 4].map((i) => written[i]!.tokens),
    );
    assert.ok(passes.length < 60, "nobody is written to the end for nobody");
    const patient = new AbortController();
    await decodeAll(decoder, [ask(prompts[1]!, { signal: patient.signal })]);
    assert.equal(
      getEventListeners(patient.signal, "abort").length,
      0,
      "a reply that is over listens no more",
    );
    // One that was over before it began, and one that waits for a row when it is aborted.
    await assert.rejects(decodeAll(decoder, [ask(prompts[0]!, { signal: controller.signal })]), /enough/);
    const second = new AbortController();
    const busy = decodeAll(
      decoder,
      [5, 6, 7].map((i) => ask(prompts[i]!)),
    );
    const waits = decodeAll(decoder, [ask(prompts[8]!, { signal: second.signal })]);
    second.abort(new Error("no longer"));
    await assert.rejects(waits, /no longer/);
    assert.deepEqual(
      (await busy).map((d) => d.tokens),
      [5, 6, 7].map((i) => written[i]!.tokens),
    );
    await decoder.close();
  });
});

const poison = tinyConfig.dVocab - 1;
const clean = prompts
  .map((_, i) => i)
  .filter((i) => ![...prompts[i]!, ...written[i]!.tokens].includes(poison));
const poisoned = [...draw(6).map((t) => t % poison), poison, 3];

test("a pass that fails ends only the requests that fail on their own", async () => {
  await withForward(
    async ({ forward }) => {
      const decoder = openDecoder(forward, numbers(), { rows: 4 });
      const bad = decodeAll(decoder, [ask(poisoned)]);
      const good = decodeAll(
        decoder,
        clean.map((i) => ask(prompts[i]!)),
      );
      await assert.rejects(bad, /can't stand this/);
      assert.ok(clean.length >= 5);
      assert.deepEqual(
        (await good).map((d) => d.tokens),
        clean.map((i) => written[i]!.tokens),
      );
      await decoder.close();
    },
    async (pass, run) => {
      if (pass.tokens.includes(poison)) throw new Error("can't stand this");
      return run(pass);
    },
  );
});

test("a request that is aborted while its numbers overflow leaves none of them to who gets its row", async () => {
  const controller = new AbortController();
  await withForward(
    async ({ forward }) => {
      const decoder = openDecoder(forward, numbers(), { rows: 1 });
      const results = await Promise.allSettled([
        decodeAll(decoder, [ask(poisoned, { signal: controller.signal })]),
        decodeAll(decoder, [ask(prompts[clean[0]!]!)]),
      ]);
      assert.ok(results[0].status === "rejected" && /enough/.test(String(results[0].reason)));
      assert.ok(results[1].status === "fulfilled");
      assert.deepEqual(results[1].value[0]!.tokens, written[clean[0]!]!.tokens);
      await decoder.close();
    },
    async (pass, run) => {
      const made = await run(pass);
      if (pass.width === 1 && !controller.signal.aborted) {
        controller.abort(new Error("enough"));
        for (const part of [made.resid, ...made.k, ...made.v]) part.fill(NaN);
      }
      return made;
    },
  );
});

test("numbers that overflow end their request, and neither its company nor who gets its row sees any of them", async () => {
  await withForward(
    async ({ forward }) => {
      for (const change of [{}, { temperature: 1 }]) {
        const decoder = openDecoder(forward, numbers(), { rows: 2 });
        const results = await Promise.allSettled(
          [
            ask(poisoned, change),
            ask(prompts[clean[0]!]!),
            ask(poisoned, change),
            ...clean.slice(1).map((i) => ask(prompts[i]!)),
          ].map((request) => decodeAll(decoder, [request])),
        );
        for (const i of [0, 2]) {
          const result = results[i]!;
          assert.ok(result.status === "rejected" && (result.reason as TruelineError).code === "NOT_FINITE");
        }
        assert.deepEqual(
          results.flatMap((r) => (r.status === "fulfilled" ? [r.value[0]!.tokens] : [])),
          clean.map((i) => written[i]!.tokens),
        );
        await decoder.close();
      }
    },
    async (pass, run) => {
      const made = await run(pass);
      for (let r = 0; r < pass.rows; r++) {
        if (!pass.tokens.subarray(r * pass.width, (r + 1) * pass.width).includes(poison)) continue;
        for (const part of [made.resid, ...made.k, ...made.v])
          part.fill(NaN, (r * part.length) / pass.rows, ((r + 1) * part.length) / pass.rows);
      }
      return made;
    },
  );
});

test("a prompt that leaves no room is refused with both lengths; a context that becomes full ends the reply", async () => {
  await withForward(async ({ forward, passes }) => {
    const { nCtx } = tinyConfig;
    await assert.rejects(decodeWith(forward, [ask(draw(nCtx))]), (error: TruelineError) => {
      assert.equal(error.code, "TOO_LONG");
      assert.match(error.message, new RegExp(`${nCtx} tokens.*context holds ${nCtx}`));
      return true;
    });
    assert.equal(passes.length, 0);
    const [last, full] = await decodeWith(forward, [ask(draw(nCtx - 1)), ask(draw(nCtx - 4))]);
    assert.deepEqual([last!.tokens.length, last!.finish], [1, "length"]);
    assert.deepEqual([full!.tokens.length, full!.finish], [4, "length"]);
    assert.ok(passes.every((pass) => pass.positions.every((p) => p < nCtx)));
  });
});

/** A reply whose first four tokens differ. */
const varied = written.findIndex(({ tokens }) => new Set(tokens.slice(0, 4)).size === 4);

test("a reply ends at a token that ends texts, or at a stop text that tokens share between them", async () => {
  await withForward(async ({ forward }) => {
    const tokens = written[varied]!.tokens;
    const [first, second, third, fourth] = tokens as [number, number, number, number];
    const prompt = prompts[varied]!;
    const [ended] = await decodeWith(forward, [ask(prompt)], {}, numbers([fourth]));
    assert.deepEqual(ended, {
      text: `${first} ${second} ${third} `,
      tokens: [first, second, third],
      finish: "stop",
      promptTokens: prompt.length,
      logprobs: [],
    });
    const stop = `${second} ${third} `;
    const events: DecodeEvent[] = [];
    const decoder = openDecoder(forward, numbers());
    for await (const event of decoder.decode(ask(prompt, { stops: ["nothing", stop] }))) events.push(event);
    assert.deepEqual(events, [
      { kind: "token", token: first, text: `${first} ` },
      { kind: "token", token: second, text: "" },
      { kind: "token", token: third, text: "" },
      { kind: "end", text: "", finish: "stop", promptTokens: prompt.length, completionTokens: 3 },
    ]);
    const [cut] = await decodeAll(decoder, [ask(prompt, { stops: [`${stop}#`], maxTokens: 3 })]);
    assert.deepEqual([cut!.text, cut!.finish], [`${first} ${stop}`, "length"]);
    await decoder.close();
  });
});

test("log-probabilities are those of plain loops at temperature 1, whatever the temperature of the draw", async () => {
  await withForward(async ({ forward }) => {
    const change = { temperature: 2, topP: 0.9, topLogprobs: 3, maxTokens: 4 };
    const [decoded] = await decodeWith(forward, [ask(prompts[0]!, change), ask(prompts[1]!)]);
    assert.equal(decoded!.logprobs.length, 4);
    decoded!.logprobs.forEach(({ chosen, top }, n) => {
      const text = [...prompts[0]!, ...decoded!.tokens.slice(0, n)];
      const logits = plainForward(tinyConfig, tinyCheckpoint(), text).logits.at(-1)!;
      const total = Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0));
      assert.ok(Math.abs(chosen - (logits[decoded!.tokens[n]!]! - total)) < 1e-4);
      const order = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!).slice(0, 3);
      assert.deepEqual(
        top.map((t) => t.token),
        order,
      );
      for (const t of top) assert.ok(Math.abs(t.logprob - (logits[t.token]! - total)) < 1e-4);
    });
  });
});

test("closing ends what runs and what waits, and nothing is begun afterwards", async () => {
  await withForward(async ({ forward, passes }) => {
    const decoder = openDecoder(forward, numbers(), { rows: 2 });
    const running = Promise.allSettled(prompts.map((p) => decodeAll(decoder, [ask(p, { maxTokens: 90 })])));
    while (passes.length < 4) await new Promise((resolve) => setImmediate(resolve));
    await decoder.close();
    const before = passes.length;
    for (const result of await running)
      assert.ok(result.status === "rejected" && (result.reason as TruelineError).code === "DECODER_CLOSED");
    await assert.rejects(decodeAll(decoder, [ask(prompts[0]!)]), { code: "DECODER_CLOSED" });
    assert.equal(passes.length, before);
  });
});
