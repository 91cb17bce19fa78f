// A scripted model does what its script says, whatever else it was asked before.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChooseAsk, WriteAsk } from "../../core/sample.ts";
import type { AnswerBook } from "./answer-book.ts";
import type { Behaviour } from "./behaviour.ts";
import { behaviours } from "./index.ts";
import { scriptedModel, type Script } from "./scripted-model.ts";

const choose: ChooseAsk = {
  kind: "choose",
  messages: [{ role: "user", content: "What is the capital of France?" }],
  opening: "It is",
  options: [" Rome.", " Paris.", " Oslo."],
};
const write: WriteAsk = {
  kind: "write",
  messages: choose.messages,
  maxTokens: 8,
  temperature: 0,
  topP: 1,
  seed: 0,
};
const book: AnswerBook = {
  page: () => ({ kind: "fact", answers: ["Rome", "Paris", "Oslo"], right: 1 }),
  knowsWord: () => true,
};

function modelOf(behaviour: Behaviour, change: Partial<Script> = {}) {
  return scriptedModel({ name: "test", path: "logprob", behaviour, book, seed: 1, ...change });
}

async function chosen(
  behaviour: Behaviour,
  ask = choose,
  change: Partial<Script> = {},
): Promise<readonly number[]> {
  const { choose: capability } = modelOf(behaviour, change);
  assert.ok(capability.kind === "present");
  const [answered] = await capability.use([ask]);
  assert.ok(answered?.answer.kind === "chosen");
  return answered.answer.logprobs;
}

async function written(behaviour: Behaviour, ask = write, change: Partial<Script> = {}): Promise<string> {
  const [answered] = await modelOf(behaviour, change).write([ask]);
  assert.ok(answered?.answer.kind === "wrote");
  return answered.answer.text;
}

test("the chosen option gets the probability of the script, the others share the rest", async () => {
  const shares = (await chosen(behaviours.keeps, choose, { probability: 0.9 })).map(Math.exp);
  assert.ok(Math.abs(shares[1]! - 0.9) < 1e-12);
  assert.ok(Math.abs(shares[0]! - 0.05) < 1e-12 && Math.abs(shares[2]! - 0.05) < 1e-12);
  assert.throws(() => modelOf(behaviours.keeps, { probability: 1 }), RangeError);
});

test("a draw depends on the ask and the seed, not on what was asked before", async () => {
  const guess = behaviours["uniform-guesser"];
  const asks = Array.from({ length: 40 }, (_, i) => ({
    ...choose,
    messages: [{ role: "user" as const, content: `Question ${i}?` }],
  }));
  const places = async (change: Partial<Script>, order: readonly ChooseAsk[]) => {
    const { choose: capability } = modelOf(guess, change);
    assert.ok(capability.kind === "present");
    const answers = await capability.use(order);
    return answers.map(({ answer }) =>
      answer.kind === "chosen" ? answer.logprobs.indexOf(Math.max(...answer.logprobs)) : -1,
    );
  };
  const first = await places({}, asks);
  assert.deepEqual(await places({}, asks.toReversed()), first.toReversed());
  assert.notDeepEqual(await places({ seed: 2 }, asks), first);
  assert.deepEqual(new Set(first), new Set([0, 1, 2]));
});

test("at temperature 0 the seed of an ask changes nothing; above it every seed is a draw of its own", async () => {
  const guess = behaviours["uniform-guesser"];
  const replies = async (temperature: number) =>
    new Set(
      await Promise.all(
        Array.from({ length: 30 }, (_, seed) => written(guess, { ...write, temperature, seed })),
      ),
    );
  assert.equal((await replies(0)).size, 1);
  assert.equal((await replies(1)).size, 3);
});

test("a script that only writes gives no log-probabilities, and says why", () => {
  const { choose: capability } = modelOf(behaviours.keeps, { path: "sampling" });
  assert.deepEqual(capability, { kind: "absent", because: "this scripted model only writes" });
});

test("asked for a word of confidence, it adds the one that its script takes", async () => {
  const content =
    "What is the capital of France? Add one of these words for how sure you are: certain, likely.";
  const asked = { ...write, messages: [{ role: "user" as const, content }] };
  assert.equal(await written(behaviours.keeps, asked), "Paris. I am certain.");
  assert.equal(await written(() => ({ kind: "answer", place: 0, word: 1 }), asked), "Rome. I am likely.");
  assert.equal(await written(behaviours.keeps), "Paris.");
});

test("the last mention counts for the echo, a single one for the parrot", async () => {
  const ask = (content: string) => ({ ...choose, messages: [{ role: "user" as const, content }] });
  const place = async (behaviour: Behaviour, content: string) => {
    const logprobs = await chosen(behaviour, ask(content));
    return logprobs.indexOf(Math.max(...logprobs));
  };
  assert.equal(await place(behaviours["echoes-the-last-mentioned"], "Rome, Oslo or rome?"), 0);
  assert.equal(await place(behaviours["echoes-the-last-mentioned"], "Rome or Oslo?"), 2);
  assert.equal(await place(behaviours.parrot, "Oslo, says one."), 2);
  assert.equal(await place(behaviours.parrot, "Rome or Oslo?"), 1);
  assert.equal(await place(behaviours.parrot, "Romeo says nothing."), 1);
});

test("what a script can't do is a failed answer with its reason", async () => {
  const answers = async (behaviour: Behaviour, path: Script["path"] = "logprob") => {
    const model = modelOf(behaviour, { path });
    const [answered] =
      model.choose.kind === "present" ? await model.choose.use([choose]) : await model.write([write]);
    return answered?.answer;
  };
  const failed = (because: string) => ({ kind: "failed", because });
  assert.deepEqual(
    await answers(() => ({ kind: "answer", place: 7 })),
    failed("the script took answer 7 of 3"),
  );
  assert.deepEqual(
    await answers(() => ({ kind: "reply", text: "Hm." })),
    failed("the script wrote where a choice was asked"),
  );
  assert.deepEqual(
    await answers(() => ({ kind: "fail", because: "no line" }), "sampling"),
    failed("no line"),
  );
});
