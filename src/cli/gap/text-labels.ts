// Columns of labels in words, as the options say which of their values are 1 and which are 0; and the same options again for a shell.

import type { TextLabels } from "../../goodhart/rows-of.ts";
import { shellWord } from "../../core/shell-word.ts";
import { optionFault } from "../option-value.ts";

export type TextFlags = {
  readonly proxyIs?: readonly string[];
  readonly proxyIsNot?: readonly string[];
  readonly goldIs?: readonly string[];
  readonly goldIsNot?: readonly string[];
};

/**
 * @param columns those that are named; what is called has none
 * @throws SetupError where values are named of a column that is not, or zeros without ones.
 */
export function textLabels(
  { proxyIs, proxyIsNot, goldIs, goldIsNot }: TextFlags,
  columns: { readonly proxy?: string; readonly gold?: string },
): TextLabels {
  const of = (name: "proxy" | "gold", ones: readonly string[] | undefined, zeros?: readonly string[]) => {
    if (ones === undefined && zeros === undefined) return {};
    const first = ones === undefined ? `--${name}-is-not` : `--${name}-is`;
    if (columns[name] === undefined)
      throw optionFault(
        first,
        `names a value of a column, and no --${name} names the column`,
        `Give --${name} COLUMN with --samples, or leave it out: what is called gives numbers.`,
      );
    if (ones === undefined)
      throw optionFault(
        first,
        `names the zeros of the column, and nothing names its ones`,
        `Give --${name}-is VALUE too.`,
      );
    return { [name]: { ones, ...(zeros === undefined ? {} : { zeros }) } };
  };
  return { ...of("proxy", proxyIs, proxyIsNot), ...of("gold", goldIs, goldIsNot) };
}

/** One option a value: `--gold-is 'full refusal'`. */
export function textLabelWords(labels: TextLabels): readonly string[] {
  return (["proxy", "gold"] as const).flatMap((name) => {
    const { ones = [], zeros = [] } = labels[name] ?? {};
    // With "=", so that a value may begin with a dash.
    return [
      ...ones.map((value) => `--${name}-is=${quoted(value)}`),
      ...zeros.map((value) => `--${name}-is-not=${quoted(value)}`),
    ];
  });
}

/** As pins and pages name such a column: `verdict (1: "refused"; 0: the rest)`. */
export function columnInWords(column: string, labels: TextLabels["gold"]): string {
  if (labels === undefined) return column;
  const list = (values: readonly string[]) => values.map((value) => JSON.stringify(value)).join(", ");
  return `${column} (1: ${list(labels.ones)}; 0: ${labels.zeros === undefined ? "the rest" : list(labels.zeros)})`;
}

/** `shellWord` would put "./" before a dash, and this is no path. */
function quoted(value: string): string {
  return shellWord(`=${value}`).replace(/^('?)=/u, "$1");
}
