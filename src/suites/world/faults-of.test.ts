// Every rule of `faultsOf`, shown to bite: a sound little world has no fault, and each planted one is named.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Fact, Phrasing, World } from "../../core/world.ts";
import { faultsOf } from "./faults-of.ts";

const france: Fact = {
  id: "capitals/france",
  field: "capitals",
  subject: "France",
  answer: "Paris",
  aliases: ["Lutetia"],
  wrong: ["Madrid", "Oslo", "Berlin"],
};
const spain: Fact = {
  ...france,
  id: "capitals/spain",
  subject: "Spain",
  answer: "Madrid",
  aliases: [],
  wrong: ["Rome", "Oslo", "Berlin"],
};

const ask =
  (question: string, opening: string) =>
  (fact: Fact): Phrasing => ({
    question: question.replace("{S}", fact.subject),
    opening: opening.replace("{S}", fact.subject),
  });
type Way = (fact: Fact) => Phrasing;
const ways: readonly Way[] = [
  ask("What is the capital of {S}?", "The capital of {S} is"),
  ask("Which city is the capital of {S}?", "The city is"),
  ask("Can you name the capital of {S}?", "Its capital is"),
  ask("What is {S}'s capital city?", "The capital city is"),
  ask("Which capital has {S}?", "Its capital is"),
  ask("In which city does {S} have its capital?", "It is in"),
  ask("Where is the capital of {S}?", "It lies in"),
];

function worldOf(facts: readonly Fact[], phrasings: readonly Way[] = ways): World {
  const at = (fact: Fact, i: number) => (phrasings[i] ?? assert.fail(`no phrasing ${i}`))(fact);
  return {
    name: "little",
    version: "1",
    facts,
    screening: (fact) => [at(fact, 0), at(fact, 1), at(fact, 2)],
    main: (fact) => at(fact, 3),
    paraphrases: (fact) => phrasings.slice(4).map((way) => way(fact)),
  };
}

test("a sound world has no faults", () => {
  assert.deepEqual(faultsOf(worldOf([france, spain])), []);
});

const planted: readonly (readonly [name: string, fact: Partial<Fact>, says: RegExp])[] = [
  ["an id of another field", { id: "cities/france" }, /the id is not field\/subject-slug/],
  ["an id with blanks", { id: "capitals/the france" }, /the id is not field\/subject-slug/],
  ["an answer that ends like a sentence", { answer: "Paris." }, /ends like a sentence/],
  ["an alias of punctuation", { aliases: ["--"] }, /has no letter or digit/],
  [
    "a wrong answer with a control character",
    { wrong: ["Mad\u0007rid", "Oslo", "Berlin"] },
    /control characters/,
  ],
  ["an answer with a stray blank", { answer: " Paris" }, /stray blanks/],
  ["an alias that is the answer", { aliases: ["Paris"] }, /an alias stands there twice/],
  ["only two wrong answers", { wrong: ["Madrid", "Oslo"] }, /2 wrong answers, at least 3 are needed/],
  [
    "a wrong answer twice, in other letters",
    { wrong: ["Madrid", "Oslo", "OSLO"] },
    /a wrong answer stands there twice/,
  ],
  ["the answer among the wrong ones", { wrong: ["PARIS", "Oslo", "Berlin"] }, /contain one another/],
  ["an alias among the wrong ones", { wrong: ["lutetia", "Oslo", "Berlin"] }, /contain one another/],
  [
    "a wrong answer that contains the answer",
    { wrong: ["Paris-Nord", "Oslo", "Berlin"] },
    /contain one another/,
  ],
  [
    "a wrong answer within the answer",
    { answer: "New Paris", aliases: [], wrong: ["Paris", "Oslo", "Berlin"] },
    /contain one another/,
  ],
  [
    "a wrong answer that is much longer",
    { wrong: ["Antananarivo on Sea", "Oslo", "Berlin"] },
    /much longer or shorter/,
  ],
  ["a subject that the questions do not name", { subject: "Gaul" }, /does not name the subject/],
  ["the answer in the question", { answer: "capital" }, /contains the option "capital"/],
  ["an alias in the question", { aliases: ["capital"] }, /contains the option "capital"/],
  [
    "a wrong answer in the opening",
    { wrong: ["capital", "Oslo", "Berlin"] },
    /contains the option "capital"/,
  ],
];
for (const [name, change, says] of planted) {
  test(`${name} is named`, () => {
    // The questions keep asking about France, whatever the fact's subject is changed to.
    const about = ways.map((way) => () => way(france));
    const faults = faultsOf(worldOf([{ ...france, ...change }], about));
    assert.ok(
      faults.some((fault) => says.test(fault)),
      `not named; the faults were: ${faults.join(" ") || "none"}`,
    );
  });
}

const badWays: readonly (readonly [
  name: string,
  index: number,
  question: string,
  opening: string,
  says: RegExp,
])[] = [
  [
    "a question without its mark",
    0,
    "Tell me the capital of {S}.",
    "The capital of {S} is",
    /does not end with a question mark/,
  ],
  [
    "two questions in the same words",
    4,
    "what is the capital of {S}?",
    "It is",
    /two phrasings ask in the same words/,
  ],
  ["an empty opening", 3, "What is {S}'s capital city?", "", /is not the beginning of a sentence/],
  [
    "an opening that ends in a blank",
    3,
    "What is {S}'s capital city?",
    "It is ",
    /is not the beginning of a sentence/,
  ],
  [
    "an opening that ends in a full stop",
    3,
    "What is {S}'s capital city?",
    "I know.",
    /is not the beginning of a sentence/,
  ],
  ["an opening that ends in an article", 3, "What is {S}'s capital city?", "It is a", /ends with an article/],
  ["a gap that was left open", 3, "What is {S}'s capital {city}?", "It is", /has an unfilled gap/],
  [
    "an opening in small letters",
    3,
    "What is {S}'s capital city?",
    "it is",
    /does not begin with a capital letter/,
  ],
];
for (const [name, index, question, opening, says] of badWays) {
  test(`${name} is named`, () => {
    const faults = faultsOf(worldOf([france], ways.with(index, ask(question, opening))));
    assert.ok(
      faults.some((fault) => says.test(fault)),
      `not named; the faults were: ${faults.join(" ") || "none"}`,
    );
  });
}

test("six phrasings are too few", () => {
  assert.match(faultsOf(worldOf([france], ways.slice(0, 6))).join(" "), /6 phrasings, at least 7 are needed/);
});

test("the same fact in another guise is named", () => {
  const twice = (other: Partial<Fact>) => faultsOf(worldOf([france, { ...spain, ...other }])).join(" ");
  assert.match(twice({ id: france.id }), /has the same id as capitals\/france/);
  assert.match(twice({ subject: "FRANCE" }), /has the same field and subject as capitals\/france/);
  assert.match(
    twice({ field: "cities", id: "cities/france", subject: "France" }),
    /asks ".*" like capitals\/france/,
  );
  assert.match(
    twice({ field: "cities", id: "cities/france", subject: "France", answer: "paris" }),
    /says the same as, or the inverse of, capitals\/france/,
  );
  assert.match(
    twice({ field: "countries", id: "countries/paris", subject: "Paris", answer: "France" }),
    /the inverse of, capitals\/france/,
  );
});
