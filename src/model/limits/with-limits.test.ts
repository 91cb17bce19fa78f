// Tests of the limits: what is tried again, how long it waits, what the caps leave unasked, and how it stops.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SetupError } from "../../core/errors.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { Answered } from "../model.ts";
import { GIVE_UPS_IN_A_ROW, type RetryEvent } from "./limits.ts";
import { again, answeredBy, fakeClock, limitsOf, tellingTries } from "./limits.test.support.ts";
import { sleep } from "./sleep.ts";
import { withLimits } from "./with-limits.ts";

const ok = { kind: "answered", answered: answeredBy("ok") } as const;
const reasons = (answers: readonly Answered[]) =>
  answers.map(({ answer }) => (answer.kind === "failed" ? answer.because : answer.kind));

test("answers come in the order of the asks, whichever is done first", async () => {
  const gates = new Map<string, () => void>();
  const limited = withLimits<string>(
    async (ask) => {
      if (ask === "a") await new Promise<void>((resolve) => gates.set("a", resolve));
      else gates.get("a")?.();
      return { kind: "answered", answered: answeredBy(ask) };
    },
    () => 1,
    limitsOf(),
  );
  const answers = await limited.ask(["a", "b"]);
  assert.deepEqual(
    answers.map(({ answer }) => answer.kind === "wrote" && answer.text),
    ["a", "b"],
  );
});

test("own waits double, are spread by a seeded chance, and end with the tries", async () => {
  const run = async () => {
    const limits = limitsOf();
    const once = tellingTries([again("server", "the server answers 500")]);
    const limited = withLimits(once, () => 1, limits);
    assert.deepEqual(reasons(await limited.ask(["a"])), ["given up after 5 tries: the server answers 500"]);
    assert.equal(once.tried.length, 5);
    assert.deepEqual(limited.spent(), { calls: 5, tokens: 0, retries: 4 });
    return limits.clock.slept;
  };
  const slept = await run();
  assert.equal(slept.length, 4);
  for (const [i, ms] of slept.entries())
    assert.ok(ms >= 250 * 2 ** i && ms <= 500 * 2 ** i, `wait ${i}: ${ms}`);
  assert.deepEqual(await run(), slept);
});

test("no own wait is longer than the longest", async () => {
  const limits = limitsOf({ tries: 12, backoff: { firstMs: 1000, mostMs: 4000 } });
  await withLimits(tellingTries([again("network", "reset")]), () => 1, limits).ask(["a"]);
  assert.equal(limits.clock.slept.length, 11);
  assert.ok(limits.clock.slept.every((ms) => ms <= 4000));
  assert.ok(limits.clock.slept.some((ms) => ms > 2000));
});

test("the server's word is kept to the millisecond, and each wait is told", async () => {
  const events: RetryEvent[] = [];
  const limits = limitsOf({ onRetry: (event) => void events.push(event) });
  const once = tellingTries([again("throttled", "429", 7000), again("server", "503", 1200), ok]);
  assert.deepEqual(reasons(await withLimits(once, () => 1, limits).ask(["a"])), ["wrote"]);
  assert.deepEqual(limits.clock.slept, [7000, 1200]);
  assert.deepEqual(
    events.map(({ cause, attempt, waitMs, concurrency }) => [cause, attempt, waitMs, concurrency]),
    [
      ["throttled", 1, 7000, 2],
      ["server", 2, 1200, 2],
    ],
  );
});

test("nobody asks while the server wants to be left alone", async () => {
  const limits = limitsOf({ concurrency: 2, clock: fakeClock(1000) });
  const asked: (readonly [string, number])[] = [];
  const limited = withLimits<string>(
    async (ask) => {
      const count = asked.push([ask, limits.clock.now()]);
      await Promise.resolve();
      return count === 1 ? again("throttled", "429", 5000) : ok;
    },
    () => 1,
    limits,
  );
  await limited.ask(["a", "b", "c", "d", "e"]);
  const [first, ...later] = asked;
  assert.deepEqual(first, ["a", 1000]);
  // "b" was under way already when the server objected to "a".
  assert.deepEqual(later[0], ["b", 1000]);
  for (const [ask, at] of later.slice(1)) assert.ok(at >= 6000, `${ask} was asked at ${at}`);
  assert.equal(asked.length, 6);
});

test("a failure that no repetition mends is not tried again", async () => {
  const once = tellingTries([
    { kind: "answered", answered: { ...answeredBy(""), answer: { kind: "failed", because: "400" } } },
  ]);
  assert.deepEqual(reasons(await withLimits(once, () => 1, limitsOf()).ask(["a"])), ["400"]);
  assert.equal(once.tried.length, 1);
});

test("never more under way than the limit", async () => {
  let now = 0;
  let most = 0;
  const limited = withLimits<number>(
    async () => {
      most = Math.max(most, ++now);
      for (let i = 0; i < 5; i++) await Promise.resolve();
      now--;
      return ok;
    },
    () => 1,
    limitsOf({ concurrency: 3 }),
  );
  await limited.ask(Array.from({ length: 40 }, (_, i) => i));
  assert.equal(most, 3);
});

test("beyond the cap on calls each remaining ask is answered with that reason; repetitions count as calls", async () => {
  const once = tellingTries([again("server", "500"), ok]);
  const limited = withLimits(once, () => 1, limitsOf({ concurrency: 1, maxCalls: 3 }));
  const cap = "cap on calls reached (3)";
  // While "a" waits to be repeated, the others take their turns.
  assert.deepEqual(reasons(await limited.ask(["a", "b", "c", "d"])), [cap, "wrote", "wrote", cap]);
  assert.equal(limited.spent().calls, 3);
});

test("the cap on tokens is never passed, however many are under way, and once reached it stays", async () => {
  const asks = Array.from({ length: 30 }, (_, i) => `ask ${i}`);
  const limited = withLimits<string>(
    async () => ({ kind: "answered", answered: answeredBy("ok", 16, 4) }),
    () => 20,
    limitsOf({ concurrency: 8, maxTokens: 100 }),
  );
  const found = reasons(await limited.ask(asks));
  assert.equal(found.length, 30);
  assert.ok(limited.spent().tokens <= 100);
  assert.ok(found.includes("wrote"));
  const refused = found.indexOf("cap on tokens reached (100)");
  assert.ok(refused > 0);
  assert.ok(found.slice(refused).every((reason) => reason === "cap on tokens reached (100)"));
  assert.deepEqual(reasons(await limited.ask(["a small one"])), ["cap on tokens reached (100)"]);
});

test("a request that timed out counts with all that it may have cost", async () => {
  const limited = withLimits(tellingTries([again("timeout", "too long"), ok]), () => 50, limitsOf());
  await limited.ask(["a"]);
  assert.equal(limited.spent().tokens, 62);
});

test("a stop ends what is under way, waits for no sleeper, and answers nothing", async () => {
  const stop = new AbortController();
  const ended: string[] = [];
  const limited = withLimits<string>(
    (ask, { signal }) =>
      new Promise((_, reject) => {
        if (ask === "c") setImmediate(() => stop.abort(new Error("called off")));
        signal.addEventListener("abort", () => {
          ended.push(ask);
          reject(signal.reason as Error);
        });
      }),
    () => 1,
    limitsOf({ concurrency: 3 }),
  );
  await assert.rejects(limited.ask(["a", "b", "c", "d"], { signal: stop.signal }), /called off/u);
  assert.deepEqual(ended, ["a", "b", "c"]);
});

test("a stop ends a real sleep", async () => {
  const stop = new AbortController();
  const clock = { now: () => 0, sleep };
  const limited = withLimits(tellingTries([again("server", "500")]), () => 1, {
    concurrency: 1,
    clock,
    rng: rngFrom(1),
    backoff: { firstMs: 1e8, mostMs: 1e8 },
    onRetry: () => setImmediate(() => stop.abort()),
  });
  await assert.rejects(limited.ask(["a"], { signal: stop.signal }), { name: "AbortError" });
  await assert.rejects(sleep(1e8, stop.signal), { name: "AbortError" });
  await sleep(0, new AbortController().signal);
});

test("a broken setup ends its neighbours and is thrown as it is", async () => {
  const fault = new SetupError("SERVER", "no such model", { hint: "Check its name." });
  const limited = withLimits<string>(
    (ask, { signal }) =>
      ask === "bad"
        ? Promise.reject(fault)
        : new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))),
    () => 1,
    limitsOf(),
  );
  await assert.rejects(limited.ask(["a", "bad", "c"]), fault);
});

test("a server that asks to wait for an hour ends the run with what to do", async () => {
  const limited = withLimits(tellingTries([again("throttled", "429", 3_600_000)]), () => 1, limitsOf());
  await assert.rejects(
    limited.ask(["a"]),
    (error) => error instanceof SetupError && /3600 s/u.test(error.message) && error.hint !== undefined,
  );
});

test("many asks in a row without an answer end the run; an answer in between starts the count anew", async () => {
  const dead = again("network", "no answer");
  const limits = () => limitsOf({ concurrency: 1, tries: 1 });
  const all = Array.from({ length: GIVE_UPS_IN_A_ROW }, (_, i) => `ask ${i}`);
  await assert.rejects(withLimits(tellingTries([dead]), () => 1, limits()).ask(all), SetupError);
  const nearly = [...Array.from({ length: GIVE_UPS_IN_A_ROW - 1 }, () => dead), ok, dead];
  const found = reasons(await withLimits(tellingTries(nearly), () => 1, limits()).ask(all));
  assert.equal(found.filter((reason) => reason === "wrote").length, 1);
});

test("asks that are only throttled too long fail one by one, and end no run", async () => {
  const limited = withLimits(
    tellingTries([again("throttled", "429")]),
    () => 1,
    limitsOf({ concurrency: 1, tries: 2 }),
  );
  const found = reasons(await limited.ask(Array.from({ length: 15 }, (_, i) => `ask ${i}`)));
  assert.deepEqual(new Set(found), new Set(["given up after 2 tries: 429"]));
});
