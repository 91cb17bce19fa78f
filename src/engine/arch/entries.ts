// Reads a config's entries: numbers that must be whole, switches that must be neutral, and words for what is wrong with them.

import { SetupError } from "../../core/errors.ts";
import { shown } from "../weights/shown.ts";

/** Entries that would change the computation: supported only where they are absent or hold what changes nothing. */
export type Neutral = Readonly<Record<string, readonly unknown[]>>;

export interface Entries {
  /** @param name as it stands in the file @throws SetupError naming it */
  number(name: string, options: { readonly whole: boolean; readonly otherwise?: number }): number;
  flag(name: string, otherwise: boolean): boolean;
  refuseUnless(neutral: Neutral): void;
}

const LARGEST = 2 ** 24;

export function entriesOf(path: string, all: Readonly<Record<string, unknown>>): Entries {
  const valueOf = (name: string) => (Object.hasOwn(all, name) ? (all[name] ?? undefined) : undefined);
  const corrupt = (name: string, value: unknown) =>
    new SetupError("CORRUPT_MODEL", `${path}: ${name} is ${shown(value)}`, {
      hint: "The file is damaged or of a kind that is not supported.",
    });
  return {
    number: (name, { whole, otherwise }) => {
      const value = valueOf(name) ?? otherwise;
      const number = typeof value === "bigint" ? Number(value) : value;
      if (
        typeof number !== "number" ||
        !Number.isFinite(number) ||
        number <= 0 ||
        (whole && (!Number.isInteger(number) || number > LARGEST))
      )
        throw corrupt(name, value);
      return number;
    },
    flag: (name, otherwise) => {
      const value = valueOf(name) ?? otherwise;
      if (typeof value !== "boolean") throw corrupt(name, value);
      return value;
    },
    refuseUnless: (neutral) => {
      for (const [name, harmless] of Object.entries(neutral)) {
        const value = valueOf(name);
        if (value === undefined || harmless.includes(value)) continue;
        throw new SetupError("ARCHITECTURE", `${path}: ${name} = ${shown(value)} is not supported`, {
          hint: "Use a model without it, or serve this one behind an OpenAI-compatible server.",
        });
      }
    },
  };
}

/** @throws SetupError where heads, key/value heads and width are not what the graph can compute. */
export function refuseOddHeads(
  path: string,
  sizes: { readonly nHeads: number; readonly nKeyValueHeads: number; readonly dHead: number },
  turned: number,
): void {
  const { nHeads, nKeyValueHeads, dHead } = sizes;
  if (nHeads % nKeyValueHeads === 0 && dHead % 2 === 0 && turned === dHead) return;
  throw new SetupError(
    "ARCHITECTURE",
    `${path}: ${nHeads} heads over ${nKeyValueHeads} key/value heads of width ${dHead}, rotary over ${turned}: not supported`,
    { hint: "Supported: heads that divide evenly over key/value heads, with rotary over the whole head." },
  );
}
