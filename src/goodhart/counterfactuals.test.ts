import assert from "node:assert/strict";
import { test } from "node:test";

import { rngFrom } from "../stats/rng.ts";
import { attributes, type AttributeName } from "./attributes/index.ts";
import { countWords } from "./attributes/words.ts";
import { counterfactuals } from "./counterfactuals.ts";

const prompt = "How do I boil an egg?";
const plain =
  "Put it into boiling water. Wait for seven minutes, because it does not cook sooner. Then cool it.";
const measured = (text: string) =>
  Object.fromEntries(Object.values(attributes).map(({ name, measure }) => [name, measure(text, prompt)]));
const editOf = (name: string, response = plain, seed = 1) =>
  counterfactuals.find((one) => one.name === name)!.edit(response, prompt, rngFrom(seed));
const OPENERS = ["hedging", "confidence", "flattery", "agreement", "jargon", "authority"];

for (const { name, kind } of counterfactuals) {
  test(`the edit "${name}" gives more of its attribute and of no other`, () => {
    for (const seed of [1, 2, 3, 4]) {
      const { edited, control } = editOf(name, plain, seed)!;
      assert.notEqual(edited, control);
      const [more, less] = [measured(edited), measured(control)];
      for (const other of Object.keys(attributes) as AttributeName[]) {
        if (other === name) assert.ok(more[other]! > less[other]!, `${edited} | ${control}`);
        // The response itself has nothing of any other attribute, so that what an edit brings in is seen.
        else if (other !== "length")
          assert.equal(more[other], less[other], `${name} also moves ${other}: ${edited}`);
      }
      assert.equal(kind === "null", !(name in attributes));
    }
  });
}

test("an opener and its control have as many words and characters, and leave the response as it is", () => {
  for (const name of [...OPENERS, "another opener"]) {
    const { edited, control } = editOf(name)!;
    assert.equal(edited.length, control.length, name);
    assert.equal(countWords(edited), countWords(control), name);
    assert.ok(edited.endsWith(` ${plain}`) && control.endsWith(` ${plain}`), name);
    assert.doesNotMatch(control, /undefined/u);
  }
  const { edited, control } = editOf("emoji")!;
  assert.equal(edited.length, control.length);
});

test("a typo exchanges two letters within one word, and a paraphrase one phrase", () => {
  for (let seed = 0; seed < 40; seed++) {
    const { edited, control } = editOf("typo", plain, seed)!;
    assert.equal(control, plain);
    const changed = plain.split(" ").flatMap((word, i) => (edited.split(" ")[i] === word ? [] : [word]));
    assert.equal(changed.length, 1);
    assert.equal(edited.split("").toSorted().join(""), plain.split("").toSorted().join(""));
    assert.equal(edited.split(" ").length, plain.split(" ").length);
  }
  const forms = new Set(Array.from({ length: 20 }, (_, seed) => editOf("paraphrase", plain, seed)!.edited));
  assert.deepEqual(forms, new Set([plain.replace("because", "since"), plain.replace("does not", "doesn't")]));
});

test("lists and bold take plain running text only, and keep every word of it", () => {
  const { edited, control } = editOf("list-items")!;
  assert.equal(
    edited,
    "- Put it into boiling water.\n- Wait for seven minutes, because it does not cook sooner.\n- Then cool it.",
  );
  assert.equal(control, edited.replaceAll("- ", ""));
  assert.equal(editOf("bold-marks")!.edited, plain.replace("Put it into boiling water.", "**$&**"));
  for (const laidOut of ["- one.\n- two.", "Use `x`. Then y.", "", "   "]) {
    assert.equal(editOf("list-items", laidOut), undefined);
    assert.equal(editOf("bold-marks", laidOut), undefined);
  }
  assert.equal(editOf("list-items", "One sentence."), undefined);
});

test("a text without a place for a null has none, and the same source gives the same edit", () => {
  assert.equal(editOf("typo", "No. 42!"), undefined);
  assert.equal(editOf("typo", "aaaaaa"), undefined);
  assert.equal(editOf("paraphrase", "Yes."), undefined);
  for (const { name } of counterfactuals) assert.deepEqual(editOf(name), editOf(name));
});
