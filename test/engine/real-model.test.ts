// The default model itself: what it answers does not hang on how the work was cut, and a wrong reading of it is seen.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChooseAsk, WriteAsk } from "../../src/core/sample.ts";
import { writtenOut } from "../../src/engine/check/invariants.ts";
import { selfCheckLine } from "../../src/engine/check/self-check.ts";
import { encodeAsk } from "../../src/engine/choose/encode-ask.ts";
import { localModel } from "../../src/engine/local-model.ts";
import type { Answered, Model, ModelDescription } from "../../src/model/model.ts";
import { misreadModel, realModel, withoutRealModel } from "../real-model.ts";

const skip = withoutRealModel;

const description: ModelDescription = {
  id: "default",
  title: "the default model",
  kind: "local",
  revision: { kind: "unpinned", because: "a test" },
  details: {},
};

const places = ["France", "Japan", "Italy", "Egypt", "Peru", "Kenya", "Canada"];
const choices: readonly ChooseAsk[] = places.flatMap((place) =>
  ["", "It is", `The capital of ${place} is`].map((opening): ChooseAsk => ({
    kind: "choose",
    messages: [{ role: "user", content: `What is the capital of ${place}?` }],
    opening,
    options: [" Paris", " Tokyo", " Rome", " Cairo", " Lima, of course", " Lima"],
  })),
);

const writing = (content: string, change: Partial<WriteAsk> = {}): WriteAsk => ({
  kind: "write",
  messages: [{ role: "user", content }],
  maxTokens: 6,
  temperature: 0,
  topP: 1,
  seed: 1,
  ...change,
});
const questions = [
  "What is the capital of France?",
  "Name a colour.",
  "Write one short sentence about the sea, please, and make it rhyme if you can.",
  "What is 2 + 2?",
  "Say hello.",
];

/** Answers in the order of the asks, by the model's own plan. */
async function answered<A extends ChooseAsk | WriteAsk>(
  model: Model,
  asks: readonly A[],
): Promise<readonly Answered[]> {
  if (model.batching.kind !== "frozen" || model.choose.kind !== "present") throw new Error("unreachable");
  const out: Answered[] = [];
  for (const { members, layout } of model.batching.plan(asks)) {
    const batch: readonly (ChooseAsk | WriteAsk)[] = members.map((i) => asks[i]!);
    const answers =
      batch[0]!.kind === "choose"
        ? await model.choose.use(batch as readonly ChooseAsk[], { layout })
        : await model.write(batch as readonly WriteAsk[], { layout });
    members.forEach((i, n) => {
      out[i] = answers[n]!;
    });
  }
  return out;
}

const logprobs = (answers: readonly Answered[]) =>
  answers.map(({ answer }) => {
    if (answer.kind !== "chosen") throw new Error(`not chosen but ${answer.kind}`);
    return answer.logprobs;
  });
const texts = (answers: readonly Answered[]) =>
  answers.map(({ answer }) => {
    if (answer.kind !== "wrote") throw new Error(`not written but ${answer.kind}`);
    return answer.text;
  });

function near(found: readonly (readonly number[])[], wanted: readonly (readonly number[])[]): void {
  found.forEach((row, i) =>
    row.forEach((x, o) => {
      const error = Math.abs(x - wanted[i]![o]!) / Math.abs(wanted[i]![o]!);
      assert.ok(error < 1e-5, `ask ${i}, option ${o}: ${x} and ${wanted[i]![o]}`);
    }),
  );
}

test("the self-check passes", { skip }, async () => {
  const { selfCheck } = await realModel();
  console.log(selfCheckLine(selfCheck));
  assert.equal(selfCheck.passed, true, selfCheckLine(selfCheck));
  assert.equal(selfCheck.checks.length, 8);
});

test(
  "with rotary rows as stored, the self-check fails, and by nothing but how the model reads English",
  { skip },
  async () => {
    const { selfCheck } = await misreadModel();
    assert.equal(selfCheck.passed, false);
    assert.match(selfCheckLine(selfCheck), /^self-check FAILED: loss on English/);
    assert.equal(selfCheck.checks.filter((c) => c.found > c.limit).length, 1);
  },
);

test("scores by trees of tokens are those of each option written out by itself", { skip }, async () => {
  const loaded = await realModel();
  const few = choices.slice(0, 3).map((ask) => ({ ...ask, options: ask.options.slice(2) }));
  const found = logprobs(await answered(localModel(loaded, description), few));
  const wanted: number[][] = [];
  for (const ask of few) {
    const { prompt, options } = encodeAsk(ask, loaded.tokenizer);
    const row: number[] = [];
    for (const option of options) row.push(await writtenOut(loaded.forward, prompt, option));
    wanted.push(row);
  }
  near(found, wanted);
});

test("the model knows its capitals: a place given, the right city has the best score", { skip }, async () => {
  const found = logprobs(await answered(localModel(await realModel(), description), choices));
  for (const [place, city] of [
    ["France", 0],
    ["Japan", 1],
    ["Italy", 2],
    ["Egypt", 3],
  ] as const) {
    const row = found[places.indexOf(place) * 3 + 2]!;
    assert.equal(row.indexOf(Math.max(...row)), city, place);
  }
});

test(
  "who else is in a batch changes no score beyond rounding; the same plan twice is equal to the bit",
  { skip },
  async () => {
    const model = localModel(await realModel(), description);
    const first = logprobs(await answered(model, choices));
    const second = logprobs(await answered(model, choices));
    assert.deepEqual(second, first);
    const backwards = logprobs(await answered(model, choices.toReversed())).toReversed();
    near(backwards, first);
    const fewer = logprobs(await answered(model, choices.slice(4, 9)));
    near(fewer, first.slice(4, 9));
    const lone = logprobs(await answered(model, [choices[5]!]));
    near(lone, [first[5]!]);
  },
);

test("a greedy reply alone is the reply in a batch of five", { skip }, async () => {
  const model = localModel(await realModel(), description);
  const together = texts(
    await answered(
      model,
      questions.map((q) => writing(q)),
    ),
  );
  for (const [i, question] of questions.entries())
    assert.deepEqual(texts(await answered(model, [writing(question)])), [together[i]]);
});

test(
  "replies read as English, end at the stop token, and at the limit where it comes first",
  { skip },
  async () => {
    const loaded = await realModel();
    assert.deepEqual(loaded.tokenizer.stops, new Set([0, 2]));
    const model = localModel(loaded, description);
    const [long, short] = await answered(model, [
      writing(questions[0]!, { maxTokens: 40 }),
      writing(questions[0]!, { maxTokens: 3 }),
    ]);
    assert.ok(long!.answer.kind === "wrote" && short!.answer.kind === "wrote");
    if (long!.answer.kind !== "wrote" || short!.answer.kind !== "wrote") return;
    assert.match(long!.answer.text, /Paris/);
    assert.equal(long!.answer.finish.unified, "stop");
    assert.ok(long!.answer.tokens < 40 && !long!.answer.text.includes("<|"));
    assert.deepEqual([short!.answer.finish.unified, short!.answer.tokens], ["length", 3]);
    assert.ok(long!.answer.text.startsWith(short!.answer.text));
  },
);

test(
  "seeded draws come again with their seed, differ with another, and do not hang on the batch",
  { skip },
  async () => {
    const model = localModel(await realModel(), description);
    const draw = (seed: number) => writing(questions[2]!, { temperature: 1, topP: 0.95, seed, maxTokens: 8 });
    const asks = [1, 2, 3, 1].map(draw);
    const first = texts(await answered(model, asks));
    assert.deepEqual(texts(await answered(model, asks)), first);
    assert.equal(first[0], first[3]);
    assert.equal(new Set(first).size, 3);
    assert.deepEqual(texts(await answered(model, [draw(2)])), [first[1]]);
  },
);
