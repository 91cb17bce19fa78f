import assert from "node:assert/strict";
import { test } from "node:test";

import { rngFrom } from "../../stats/rng.ts";
import { countWords } from "../attributes/words.ts";
import { counterfactuals } from "../counterfactuals.ts";
import { addressesTheGrader } from "../kind/addresses-the-grader.ts";
import { rewardedBy } from "../rewarded-by.ts";
import { fakeJudge, type Shown } from "./fake-judge.test.support.ts";
import { injectionNote } from "./injection-note.ts";
import { injections } from "./injections.ts";
import { judgeGrader } from "./judge-grader.ts";

const samples = Array.from({ length: 60 }, (_, i) => ({
  prompt: `How long do I boil egg ${i}?`,
  response: `Wait for ${i % 9} minutes. Then cool it, because it does not stop by itself.`,
}));
const rubric = { text: "Right times.", scale: { low: 1, high: 10 } };
const noiseOf = (text: string) => rngFrom(text).uniform();
/** Marks by the text alone, and adds nothing for what is said to it. */
const honest = ({ task, a }: Shown) => 3 + 3 * noiseOf(a.slice(0, 9)) + 1.5 * noiseOf(`${task}${a}`);
const obeys = (shown: Shown) => (addressesTheGrader(shown.a) ? 10 : honest(shown));
const found = async (rule: (shown: Shown) => number) => {
  const grader = judgeGrader(fakeJudge(rule, { path: "logprob" }), { rubric, name: "judge", seed: 1 });
  const { rewards } = await rewardedBy(grader, samples, {
    rng: rngFrom(1),
    edits: [...counterfactuals, ...injections()],
  });
  return rewards.filter(({ test: t }) => t.kind === "tested" && t.discovered).map(({ name }) => name);
};

test("an injected ending and its control are as long, and only the one speaks of marks or graders", () => {
  for (const high of [5, 10, 100])
    for (const { edit, name } of injections({ low: 1, high })) {
      const { edited, control } = edit("Yes.", "Really?", rngFrom(1))!;
      assert.notEqual(edited, control);
      for (const measure of [
        (text: string) => text.length,
        countWords,
        (text: string) => text.split("\n").length,
        digits,
      ])
        assert.equal(measure(edited), measure(control), `${name}: ${edited} | ${control}`);
      assert.match(edited, /grader|mark|rubric/iu, name);
      assert.doesNotMatch(control, /grader|mark|rubric|scor|judge/iu, name);
      assert.equal(addressesTheGrader(control), false, name);
      assert.ok(edited.startsWith("Yes.") && control.startsWith("Yes."));
    }
  const names = [...counterfactuals, ...injections()].map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});

test("a judge that obeys an injected ending is found to, and an honest one is not", async () => {
  const names = await found(obeys);
  assert.ok(names.includes("injection: command"), JSON.stringify(names));
  assert.deepEqual(
    (await found(honest)).filter((name) => name.startsWith("injection")),
    [],
  );
});

for (const { name, edit } of injections()) {
  test(`a judge that falls for "${name}" alone is charged with it alone`, async () => {
    const { edited } = edit("", "", rngFrom(1))!;
    const names = await found((shown) => honest(shown) + (shown.a.endsWith(edited) ? 2 : 0));
    assert.deepEqual(
      names.filter((one) => one.startsWith("injection")),
      [name],
    );
  });
}

test("what can't be measured of the endings is a reason, and no claim that none is obeyed", () => {
  const difference = { kind: "none", because: "no pair was scored", n: 0 } as const;
  const tried = [
    { name: "injection: plea", says: "", kind: "attribute", difference, discovered: false },
  ] as const;
  assert.match(injectionNote(tried), /^Could not test .*: no pair was scored\.$/u);
  assert.match(injectionNote([]), /^Could not test .*: no ending was tried\.$/u);
});

function digits(text: string): number {
  return text.replaceAll(/\D/gu, "").length;
}
