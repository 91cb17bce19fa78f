// Who has which turn: shared beginnings, pieces of long prompts, and nobody left behind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeAll } from "./decode-all.ts";
import type { DecodeRequest } from "./decoder.ts";
import { ask, numbers, tokensFrom, withForward, writtenOut } from "./decoder.test.support.ts";
import { openDecoder } from "./open-decoder.ts";

const draw = tokensFrom("turns");

test("a beginning that texts share is run once, for those who come together and for one who comes later", async () => {
  const start = draw(40);
  const own = [4, 7, 5, 4].map((n) => [...start, ...draw(n)]);
  await withForward(async ({ forward, passes }) => {
    const decoder = openDecoder(forward, numbers(), { rows: 4 });
    const read = () =>
      passes
        .splice(0)
        .reduce(
          (sum, { rows, width, past }) => sum + (past.rows === rows && width === 1 ? 0 : rows * width),
          0,
        );
    const decoded = await decodeAll(
      decoder,
      own.map((p) => ask(p, { maxTokens: 4 })),
    );
    assert.ok(read() <= 44 + 3 * 7, "40 shared tokens once");
    decoded.forEach(({ tokens }, i) => assert.deepEqual(tokens, writtenOut(own[i]!, 4).tokens));
    // The next turn of a conversation goes on from what the last one left behind.
    const next = [...own[1]!, ...decoded[1]!.tokens, ...draw(3)];
    const [answer] = await decodeAll(decoder, [ask(next, { maxTokens: 3 })]);
    assert.ok(read() <= 4, "only what is new");
    assert.deepEqual(answer!.tokens, writtenOut(next, 3).tokens);
    const shorter = [...start, ...draw(2)];
    const [other] = await decodeAll(decoder, [ask(shorter, { maxTokens: 3 })]);
    assert.deepEqual(other!.tokens, writtenOut(shorter, 3).tokens);
    await decoder.close();
  });
});

test("a long prompt is read in pieces, between which those at work go on and a newcomer is let in", async () => {
  const long = draw(100);
  await withForward(async ({ forward, passes }) => {
    const decoder = openDecoder(forward, numbers(), { rows: 4, prefillTokens: 10 });
    const order: string[] = [];
    const follow = async (name: string, request: DecodeRequest, after?: (n: number) => void) => {
      let n = 0;
      for await (const event of decoder.decode(request)) {
        if (event.kind === "token") {
          after?.(n++);
          order.push(name);
        }
      }
    };
    const others: Promise<void>[] = [];
    await follow("first", ask(draw(5), { maxTokens: 30 }), (n) => {
      if (n === 2) others.push(follow("long", ask(long, { maxTokens: 2 })));
      if (n === 4) others.push(follow("short", ask(draw(3), { maxTokens: 2 })));
    });
    await Promise.all(others);
    assert.ok(
      Math.max(...passes.map(({ rows, width }) => rows * width)) <= 12,
      "no pass holds others up for long",
    );
    const [short, longest] = [order.indexOf("short"), order.indexOf("long")];
    assert.ok(short < longest && short <= 9, `${order.join(" ")}`);
    assert.ok(order.slice(0, longest).filter((name) => name === "first").length >= 10);
    await decoder.close();
  });
});

test("beginnings of different lengths, or all but the last token, are taken over side by side", async () => {
  const [one, two] = [draw(20), draw(34)];
  const first = [
    [...one, ...draw(5)],
    [...two, ...draw(5)],
  ];
  const later = [first[1]!, [...one, ...draw(6)], [...two, ...draw(6)], draw(6)];
  await withForward(async ({ forward, passes }) => {
    const decoder = openDecoder(forward, numbers(), { rows: 6 });
    await decodeAll(
      decoder,
      first.map((p) => ask(p, { maxTokens: 2 })),
    );
    passes.length = 0;
    const decoded = await decodeAll(
      decoder,
      later.map((p) => ask(p, { maxTokens: 3 })),
    );
    assert.deepEqual(
      decoded.map((d) => d.tokens),
      later.map((p) => writtenOut(p, 3).tokens),
    );
    const read = passes.slice(0, -2).map(({ rows, width }) => rows * width);
    assert.ok(read.reduce((a, b) => a + b) <= 4 * 6, `${read.join(" + ")} tokens were read`);
    await decoder.close();
  });
});

test("a long prompt gets its turns although short ones come without end", async () => {
  await withForward(async ({ forward, passes }) => {
    const decoder = openDecoder(forward, numbers(), { rows: 4, prefillTokens: 10 });
    const working = decodeAll(decoder, [ask(draw(5), { maxTokens: 110 })]);
    while (passes.length < 3) await new Promise((resolve) => setImmediate(resolve));
    let begun = false;
    const long = (async () => {
      await decodeAll(decoder, [ask(draw(100), { maxTokens: 1 })]);
      begun = true;
    })();
    let short = 0;
    const stream = async () => {
      for (; !begun && short < 300; short++) await decodeAll(decoder, [ask(draw(9), { maxTokens: 1 })]);
    };
    await Promise.all([stream(), stream(), long, working]);
    assert.ok(short < 100, `${short} short ones went first`);
    await decoder.close();
  });
});

test("a long text that is gone does not lengthen the work of short ones, and what is left of it still serves", async () => {
  const long = draw(100);
  await withForward(async ({ forward, passes }) => {
    const decoder = openDecoder(forward, numbers(), { rows: 3 });
    const write = async (prompt: readonly number[]) => {
      const [decoded] = await decodeAll(decoder, [ask(prompt, { maxTokens: 3 })]);
      assert.deepEqual(decoded!.tokens, writtenOut(prompt, 3).tokens);
    };
    await write(long);
    passes.length = 0;
    await write(draw(5));
    assert.ok(Math.max(...passes.map(({ past }) => past.length)) < 60);
    passes.length = 0;
    await write(long);
    const read = passes[0]!.rows * passes[0]!.width;
    assert.ok(read > 40 && read < 80, `${read} tokens of it were read again`);
    await decoder.close();
  });
});

test("newcomers wait while their rows would take more slots than there are", async () => {
  await withForward(async ({ forward, passes }) => {
    const decoder = openDecoder(forward, numbers(), { rows: 8, slots: 59 });
    const requests = Array.from({ length: 6 }, () => ask(draw(10), { maxTokens: 10 }));
    await decodeAll(decoder, requests);
    assert.equal(Math.max(...passes.map(({ rows }) => rows)), 2, "three of 20 slots are too many");
    await decoder.close();
  });
});
