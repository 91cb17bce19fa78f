// The command that makes a run like this one, from what the record holds of its settings.

import type { RunRecord } from "../core/run-record.ts";
import { shellWord } from "../core/shell-word.ts";
import { specification } from "./sections/specification.ts";
import { views } from "./sections/views.ts";

/** Plan sizes that have a name of their own on the command line. */
const SIZES: readonly { readonly choose: number; readonly write: number; readonly flag: string }[] = [
  { choose: 300, write: 100, flag: "" },
  { choose: 40, write: 20, flag: "--quick" },
  { choose: 600, write: 300, flag: "--thorough" },
];

/** The suites of an audit that names none. */
const audited = [...Object.values(views), specification].map(({ suite }) => suite);

/** Suites are named only where they are not all that there are; any other size is one number for both ways of answering. */
export function auditCommand({ manifest, suites }: RunRecord): string {
  const { model, n, seed, margin, system, command } = manifest;
  if (command !== undefined) return command;
  const size = SIZES.find(({ choose, write }) => choose === n?.choose && write === n.write);
  const all =
    audited.every((suite) => suites.some(({ name }) => name === suite)) && suites.length === audited.length;
  return [
    "trueline audit",
    shellWord(model.id),
    all || suites.length === 0 ? "" : `--suite ${suites.map(({ name }) => shellWord(name)).join(" ")}`,
    size?.flag ?? (n === undefined ? "" : `--n ${n.choose}`),
    `--seed ${seed}`,
    `--margin ${margin}`,
    system === undefined ? "" : `--system ${shellWord(system)}`,
    model.kind === "api" ? "--base-url URL" : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}
