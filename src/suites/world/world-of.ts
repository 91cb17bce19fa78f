// A world out of fields: facts with ids, aliases and wrong answers, and the phrasings filled in with the subject.

import { SetupError } from "../../core/errors.ts";
import type { Fact, Phrasing, World } from "../../core/world.ts";
import type { Field, Row, Template } from "./field.ts";
import { folded, withoutAccents, wordsOf } from "./words.ts";
import { wrongAnswersFor } from "./wrong-answers.ts";

const WRONG_PER_FACT = 4;

/** @throws SetupError when a phrasing is asked for of a fact whose field is not of this world. */
export function worldOf(name: string, version: string, fields: Readonly<Record<string, Field>>): World {
  const fieldOf = (fact: Fact): Field => {
    const field = Object.hasOwn(fields, fact.field) ? fields[fact.field] : undefined;
    if (field !== undefined) return field;
    throw new SetupError(
      "world-field",
      `The world "${name}" has no field "${fact.field}" (fact "${fact.id}").`,
      {
        hint: `Its fields are: ${Object.keys(fields).join(", ")}.`,
      },
    );
  };
  return {
    name,
    version,
    facts: Object.entries(fields).flatMap(([key, field]) => factsOf(key, field)),
    screening: (fact) => {
      const [a, b, c] = fieldOf(fact).screening;
      return [filled(a, fact.subject), filled(b, fact.subject), filled(c, fact.subject)];
    },
    main: (fact) => filled(fieldOf(fact).main, fact.subject),
    paraphrases: (fact) => fieldOf(fact).paraphrases.map((template) => filled(template, fact.subject)),
  };
}

function factsOf(key: string, field: Field): readonly Fact[] {
  const groups = new Map([
    ...(field.decoys ?? []).map((decoy) => [decoy, undefined] as const),
    ...field.rows.map((row) => [row.answer, row.group] as const),
  ]);
  const candidates = [...groups].map(([answer, group]) => ({ answer, group }));
  return field.rows.map((row) => {
    const id = `${key}/${slugOf(row.subject)}`;
    const aliases = aliasesOf(row);
    const asked = [...field.screening, field.main, ...field.paraphrases]
      .map((template) => filled(template, row.subject))
      .flatMap(({ question, opening }) => [question, opening]);
    const right = [row.answer, ...aliases, ...(row.never ?? [])];
    const { answer, group } = row;
    const wrong =
      row.wrong ?? wrongAnswersFor({ id, asked, right, answer, group }, candidates, WRONG_PER_FACT);
    return { id, field: key, subject: row.subject, answer, aliases, wrong };
  });
}

/** The row's own, and each spelling without its accents. */
function aliasesOf({ answer, aliases = [] }: Row): readonly string[] {
  const spellings = [answer, ...aliases];
  return [...new Set([...aliases, ...spellings.map(withoutAccents)])].filter((alias) => alias !== answer);
}

/** "the Netherlands" -> "the-netherlands". */
function slugOf(subject: string): string {
  return wordsOf(folded(subject).replaceAll("'", "")).join("-");
}

/** The subject in the template's gaps, the first letter of each text made a capital. */
function filled([question, opening]: Template, subject: string): Phrasing {
  const fill = (text: string) => capitalised(text.replaceAll("{S}", () => subject));
  return { question: fill(question), opening: fill(opening) };
}

function capitalised(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
