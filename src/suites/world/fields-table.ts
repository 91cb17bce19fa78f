// The table of a world's fields for the docs, made from the world so that its counts can be held true.

import type { World } from "../../core/world.ts";
import type { Field } from "./field.ts";

/** A Markdown table: a row per field with its count and its first fact as an example, and the total. */
export function fieldsTable(world: World, fields: Readonly<Record<string, Field>>): string {
  const rows = Object.entries(fields).map(([key, { about }]) => {
    const facts = world.facts.filter((fact) => fact.field === key);
    const [first] = facts;
    const example =
      first === undefined
        ? ""
        : `${world.main(first).question} ${first.answer}. (wrong: ${first.wrong.join(", ")})`;
    return `| ${key} | ${about} | ${facts.length} | ${example} |`;
  });
  return [
    "| Field | What is asked | Facts | Example |",
    "|---|---|---|---|",
    ...rows,
    `| **${rows.length} fields** | | **${world.facts.length}** | |`,
  ].join("\n");
}
