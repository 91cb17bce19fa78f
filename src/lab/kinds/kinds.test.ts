import assert from "node:assert/strict";
import { test } from "node:test";
import { rngFrom } from "../../stats/rng.ts";
import { plantedKinds } from "./laws.ts";
import { nameTheKind } from "./name-the-kind.ts";
import { plantedWorld } from "./planted-world.ts";
import { markIn, textOf } from "./texts.ts";

const valueOf = (score: { kind: string; value?: number }) => score.value;

for (const kind of plantedKinds) {
  const right = kind === "none" ? "none seen" : kind;
  test(`two planted worlds: ${kind} is named ${right}`, async () => {
    for (const seed of ["quick 3", "quick 4"]) {
      const world = plantedWorld(kind, seed);
      const made = await nameTheKind(world, rngFrom(seed));
      assert.equal(made.kind, right, `${world.form} ${JSON.stringify(world.parameters)}: ${made.says}`);
    }
  });
}

test("without its grader a causal world is never called causal, without labels and texts no world adversarial", async () => {
  for (const kind of ["causal", "adversarial"] as const) {
    const made = await nameTheKind(plantedWorld(kind, "quick 1", { withheld: true }), rngFrom(1));
    assert.notEqual(made.kind, kind);
    assert.match(made.wouldSettle ?? "", /grader that can be called|more/u);
  }
});

test("the same seed gives the same world, and its grader gives the stored scores again", async () => {
  const [one, same, other] = [1, 1, 2].map((seed) => plantedWorld("causal", seed));
  assert.deepEqual(one!.rows, same!.rows);
  assert.notDeepEqual(one!.rows, other!.rows);
  const samples = one!.rows.map(({ prompt, response = "" }) => ({ prompt, response }));
  const again = await one!.grader!.score(samples);
  assert.deepEqual(
    again.map(valueOf),
    one!.rows.map(({ proxy }) => valueOf(proxy)),
  );
  assert.equal((await one!.grader!.score([{ prompt: "", response: "no mark" }]))[0]!.kind, "unscored");
});

test("a response keeps its mark through bold and list marks", () => {
  const text = textOf(417, { padding: 3, has: new Set(["flattery", "emoji"]) }, rngFrom(1));
  assert.equal(markIn(text), 417);
  assert.equal(markIn(`**${text}**`), 417);
  assert.equal(
    markIn(
      text
        .split(". ")
        .map((s) => `- ${s}`)
        .join("\n"),
    ),
    417,
  );
});
