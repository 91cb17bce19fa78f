import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer } from "../core/observation.ts";
import { sampleId, type ChooseAsk } from "../core/sample.ts";
import { choiceOf } from "./choice.ts";

const ask: ChooseAsk = {
  kind: "choose",
  messages: [],
  opening: "It is",
  options: [" Rome.", " Paris."],
  aliases: [[], ["City of Light"]],
};
const read = (answer: Answer) =>
  choiceOf(ask, { sample: sampleId("a"), path: "logprob", answer, usage: { prefilled: 0, decoded: 0 } });
const chosen = (...logprobs: number[]) => read({ kind: "chosen", logprobs, tokens: logprobs.map(() => 1) });
const wrote = (text: string) =>
  read({ kind: "wrote", text, finish: { unified: "stop", raw: "stop" }, tokens: 1 });

test("the most probable option is chosen, its share the softmax over the options", () => {
  const choice = chosen(Math.log(0.1), Math.log(0.3));
  assert.ok(choice.kind === "option" && choice.index === 1);
  choice.shares!.forEach((share, i) => assert.ok(Math.abs(share - [0.25, 0.75][i]!) < 1e-12));
});

test("shares are found far below what a float can exponentiate; of equals the first is chosen", () => {
  assert.deepEqual(chosen(-5000, -5000), { kind: "option", index: 0, shares: [0.5, 0.5] });
});

test("a missing, extra or non-finite log-probability is no choice", () => {
  for (const choice of [chosen(-1), chosen(-1, -2, -3), chosen(-1, Number.NaN), chosen(-Infinity, -1)]) {
    assert.ok(choice.kind === "none");
    assert.match(choice.because, /no finite log-probability for every option/);
  }
});

test("in writing an option counts as named without its closing mark, or by another spelling", () => {
  assert.deepEqual(wrote("Paris"), { kind: "option", index: 1 });
  assert.deepEqual(wrote("the city of light"), { kind: "option", index: 1 });
  assert.equal(wrote("Berlin").kind, "none");
});

test("a failed ask is no choice, with the reason that it failed for", () => {
  assert.deepEqual(read({ kind: "failed", because: "timed out" }), { kind: "none", because: "timed out" });
});
