// The options of `trueline gap`: what goes together, and the words in which the rest is refused.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { Command } from "commander";
import { SetupError } from "../core/errors.ts";
import { gapCommand } from "./gap/gap-command.ts";
import { gapOptions, readGapOptions, type GapFlags } from "./gap-options.ts";

const of = (words: readonly string[]) =>
  readGapOptions(gapOptions(new Command()).exitOverride().parse(words, { from: "user" }).opts<GapFlags>());
const read = (words: string) => of(words.split(" "));

const drawn = "--prompts p.txt --model m";
const called = "--proxy-command p --gold-command g";

for (const [words, message] of [
  [`${drawn} --proxy-command p --gold g`, /^--gold names a column.* have none/],
  [`${drawn} --proxy s --gold-command g`, /^--proxy names a column/],
  [`${drawn} --proxy-command p`, /^--gold-module or --gold-command or --gold-judge must be given/],
  [`--prompts p.txt ${called}`, /^--model must name who answers/],
  [`${drawn} --proxy-judge j --gold-command g`, /^--rubric must name the file/],
  [`${drawn} ${called} --gold-rubric r`, /^--gold-rubric is for a judge/],
  [`${drawn} ${called} --temperature 0`, /^--temperature must lie above 0.*all replies to a prompt are one/],
  [`${drawn} ${called} --temperature x`, /^--temperature must lie above 0/],
  [`${drawn} ${called} --top-p 1.5`, /^--top-p must lie above 0 and at most at 1/],
  [`${drawn} ${called} --draws 1`, /^--draws must be a whole number from 2/],
  [`${drawn} ${called} --proxy-module x`, /^--proxy-module and --proxy-command exclude each other/],
  [`${drawn} ${called} --labels weights:w`, /weights:COLUMN is for labelled --samples/],
  [`${drawn} ${called} --response r`, /^--response names a column of samples/],
  [
    "--samples s --prompt p --proxy x --gold g --draws 3",
    /^--draws says how replies are drawn, and none are/,
  ],
  ["--samples s --preferences p", /^--samples or --preferences or --prompts must be given, and only one/],
  ["--samples s --prompt p --proxy x --gold g --margin -1", /^--margin must lie above 0/],
  ["--samples s --prompts p", /^--samples or --preferences or --prompts must be given, and only one/],
  ["--samples s --prompt p --proxy x", /^--gold must name a column/],
  ["--samples s --prompt p --proxy x --gold-command g", /^--response must name a column/],
  [
    "--samples s --prompt p --proxy x --gold-command g --response r --labels random",
    /^--labels says how.*the gold is called on every sample/,
  ],
  [
    "--samples s --prompt p --proxy-command x --response r --gold g --proxy-is 1",
    /^--proxy-is names a value of a column/,
  ],
  [
    "--samples s --prompt p --proxy x --gold g --gold-is-not 1",
    /^--gold-is-not names the zeros .* nothing names its ones/,
  ],
  ["--preferences s --gold-is 1", /^--gold-is names a value of a column/],
  [`${drawn} ${called} --gold-is 1`, /^--gold-is names a value of a column/],
  ["--samples s --prompt p --proxy x --gold g --labels weights:", /^--labels knows random, weights:COLUMN/],
] as const) {
  test(`refused: ${words}`, () => {
    assert.throws(
      () => read(words),
      (error: unknown) => {
        assert.ok(error instanceof SetupError && error.hint !== undefined);
        assert.match(error.message, message);
        return true;
      },
    );
  });
}

test("what is drawn has its defaults, and a judge is opened as the model unless it answers elsewhere", () => {
  const choice = read(
    `${drawn} --base-url http://a/v1 --proxy-judge j --rubric r --gold-module g.ts --judge-base-url http://b/v1 --stratum t`,
  );
  assert.ok(choice.brought.kind === "drawn");
  assert.deepEqual(choice.brought.draw, { draws: 16, temperature: 1, topP: 1, maxTokens: 200 });
  assert.deepEqual(choice.brought.proxy, { kind: "judge", model: "j", rubric: "r" });
  assert.deepEqual(choice.brought.gold, { kind: "module", what: "g.ts" });
  assert.deepEqual(choice.brought.columns, { stratum: "t" });
  assert.deepEqual([choice.brought.open.baseUrl, choice.openJudge.baseUrl], ["http://a/v1", "http://b/v1"]);
  assert.equal(read(`${drawn} --base-url http://a/v1 ${called}`).openJudge.baseUrl, "http://a/v1");
});

test("weights name their column, and a stored proxy goes with a called gold", () => {
  const weighed = read("--samples s --prompt p --proxy x --gold g --labels weights:a:b");
  assert.ok(weighed.brought.kind === "scores" && weighed.labels === "weights");
  assert.deepEqual(weighed.brought.columns, { prompt: "p", proxy: "x", gold: "g", weights: "a:b" });
  const called = read("--samples s --prompt p --proxy x --gold-command g --response r");
  assert.ok(called.brought.kind === "scores");
  assert.deepEqual(called.brought.gold, { kind: "command", what: "g" });
});

test("columns of words keep their values, in the order given, and the reproduced command reads back as the same", () => {
  const words = [
    "--samples=s.csv",
    "--prompt=p",
    "--proxy=x",
    "--gold=g",
    "--proxy-is=full refusal",
    "--proxy-is=it's -- no",
    "--gold-is=-1",
    "--gold-is-not=0",
  ];
  const choice = of(words);
  assert.ok(choice.brought.kind === "scores");
  assert.deepEqual(choice.brought.texts, {
    proxy: { ones: ["full refusal", "it's -- no"] },
    gold: { ones: ["-1"], zeros: ["0"] },
  });
  const command = gapCommand(choice);
  const [, , ...again] = execFileSync("sh", ["-c", `printf '%s\\n' ${command}`], { encoding: "utf8" })
    .trimEnd()
    .split("\n");
  assert.deepEqual(of(again), choice);
});
