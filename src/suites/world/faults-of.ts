// What is wrong with a world's form: one sentence per broken rule. Whether a fact is true no function can tell.

import type { Fact, Phrasing, World } from "../../core/world.ts";
import { alikeInSize, folded, hasPhrase, overlaps, wordsOf } from "./words.ts";

const LEAST_WRONG = 3;

/** The faults of a world, as sentences that name the fact; an empty list when every rule holds. */
export function faultsOf(world: World): readonly string[] {
  const asked = new Map(world.facts.map((fact) => [fact, phrasingsOf(world, fact)]));
  return [
    ...world.facts.flatMap((fact) =>
      [...shapeFaults(fact), ...wrongFaults(fact)].map((says) => `${fact.id}: ${says}.`),
    ),
    ...[...asked].flatMap(([fact, phrasings]) =>
      phrasingFaults(fact, phrasings).map((says) => `${fact.id}: ${says}.`),
    ),
    ...twiceFaults(world, asked),
  ];
}

function phrasingsOf(world: World, fact: Fact): readonly Phrasing[] {
  return [...world.screening(fact), world.main(fact), ...world.paraphrases(fact)];
}

function shapeFaults(fact: Fact): readonly string[] {
  const faults: string[] = [];
  const slug = fact.id.startsWith(`${fact.field}/`) ? fact.id.slice(fact.field.length + 1) : "";
  if (!/^[\p{Ll}\p{N}]+(-[\p{Ll}\p{N}]+)*$/u.test(slug)) faults.push("the id is not field/subject-slug");
  for (const text of [fact.subject, fact.answer, ...fact.aliases, ...fact.wrong]) {
    if (wordsOf(text).length === 0) faults.push(`"${text}" has no letter or digit`);
    if (text !== text.trim() || /[\p{Cc}\p{Cf}]|\s\s/u.test(text))
      faults.push(`"${text}" has stray blanks or control characters`);
    if (/[.!?]$/.test(text)) faults.push(`"${text}" ends like a sentence`);
  }
  if (new Set([fact.answer, ...fact.aliases]).size !== fact.aliases.length + 1)
    faults.push("an alias stands there twice");
  return faults;
}

/** Enough, all different, none that could be taken for the right one, all of about its size. */
function wrongFaults(fact: Fact): readonly string[] {
  const faults: string[] = [];
  if (fact.wrong.length < LEAST_WRONG)
    faults.push(`${fact.wrong.length} wrong answers, at least ${LEAST_WRONG} are needed`);
  if (new Set(fact.wrong.map(folded)).size !== fact.wrong.length)
    faults.push("a wrong answer stands there twice");
  for (const wrong of fact.wrong) {
    for (const right of [fact.answer, ...fact.aliases]) {
      if (overlaps(wrong, right)) faults.push(`wrong "${wrong}" and right "${right}" contain one another`);
    }
    if (!alikeInSize(fact.answer, wrong))
      faults.push(`wrong "${wrong}" is much longer or shorter than "${fact.answer}"`);
  }
  return faults;
}

function phrasingFaults(fact: Fact, phrasings: readonly Phrasing[]): readonly string[] {
  const faults: string[] = [];
  if (phrasings.length < 7) faults.push(`${phrasings.length} phrasings, at least 7 are needed`);
  if (new Set(phrasings.map(({ question }) => wordsOf(question).join(" "))).size !== phrasings.length)
    faults.push("two phrasings ask in the same words");
  for (const { question, opening } of phrasings) {
    if (!question.endsWith("?")) faults.push(`"${question}" does not end with a question mark`);
    if (!hasPhrase(question, fact.subject)) faults.push(`"${question}" does not name the subject`);
    if (wordsOf(opening).length === 0 || /[\s.?!]$/.test(opening))
      faults.push(`"${opening}" is not the beginning of a sentence`);
    if (/\ban?$/i.test(opening)) faults.push(`"${opening}" ends with an article that gives the answer away`);
    for (const text of [question, opening]) {
      if (!/^[^\p{Ll}]/u.test(text)) faults.push(`"${text}" does not begin with a capital letter`);
      if (/[{}]/.test(text)) faults.push(`"${text}" has an unfilled gap`);
      for (const option of [fact.answer, ...fact.aliases, ...fact.wrong]) {
        if (hasPhrase(text, option)) faults.push(`"${text}" contains the option "${option}"`);
      }
    }
  }
  return faults;
}

/** The same fact in two guises: same id, same subject in a field, same words, or subject and answer exchanged. */
function twiceFaults(world: World, asked: ReadonlyMap<Fact, readonly Phrasing[]>): readonly string[] {
  const faults: string[] = [];
  const seen = new Map<string, string>();
  const once = (key: string, id: string, says: string) => {
    const other = seen.get(key);
    if (other === undefined) seen.set(key, id);
    else faults.push(`${id}: ${says} ${other}.`);
  };
  world.facts.forEach((fact) => {
    once(`id ${fact.id}`, fact.id, "has the same id as");
    once(`subject ${fact.field} ${folded(fact.subject)}`, fact.id, "has the same field and subject as");
    once(
      `pair ${[folded(fact.subject), folded(fact.answer)].sort().join(" | ")}`,
      fact.id,
      "says the same as, or the inverse of,",
    );
    for (const question of new Set(
      (asked.get(fact) ?? []).map((phrasing) => wordsOf(phrasing.question).join(" ")),
    )) {
      once(`question ${question}`, fact.id, `asks "${question}" like`);
    }
  });
  return faults;
}
