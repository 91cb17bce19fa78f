// A value as hyparquet gives it, made a plain cell, or said in words what it is instead.

import { types } from "node:util";
import type { SchemaElement } from "hyparquet";
import type { Cell } from "../table.ts";

/** Stands for bytes that ought to be text and are not UTF-8. */
export const notText = Symbol("not text");

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A text, or `notText`. JSON columns are kept as their text, too. */
export function textFrom(bytes: Uint8Array): string | typeof notText {
  try {
    return decoder.decode(bytes);
  } catch {
    return notText;
  }
}

export type Read =
  | { readonly kind: "cell"; readonly cell: Cell }
  | { readonly kind: "unread"; readonly what: string };

/**
 * A whole number beyond 2^53 is kept as its digits, NaN and Infinity as those words, a date as YYYY-MM-DD, a time as ISO 8601 in UTC with
 * milliseconds (finer parts are dropped).
 * @throws RangeError where a value should be and is not: an index beyond its dictionary.
 */
export function cellOf(value: unknown, element: SchemaElement): Read {
  if (typeof value === "string" || typeof value === "boolean") return { kind: "cell", cell: value };
  if (typeof value === "number") return fromNumber(value, element);
  if (typeof value === "bigint") {
    const number = Number(value);
    return { kind: "cell", cell: Number.isSafeInteger(number) ? number : String(value) };
  }
  if (value === undefined) throw new RangeError("a value that its dictionary does not have");
  if (value === notText) return { kind: "unread", what: "bytes that are no UTF-8 text" };
  if (value === null) return { kind: "cell", cell: null };
  if (types.isDate(value)) return fromDate(value, element);
  return { kind: "unread", what: "bytes" };
}

function fromNumber(value: number, { converted_type, scale = 0 }: SchemaElement): Read {
  if (!Number.isFinite(value)) return { kind: "cell", cell: String(value) };
  if (converted_type !== "DECIMAL") return { kind: "cell", cell: value };
  // hyparquet multiplies by a power of ten, which leaves 3 tenths at 0.30000000000000004.
  return Math.abs(value) * 10 ** scale > Number.MAX_SAFE_INTEGER
    ? { kind: "unread", what: "a decimal of more than 15 digits" }
    : { kind: "cell", cell: Number(value.toFixed(Math.min(Math.max(scale, 0), 100))) };
}

function fromDate(date: Date, { converted_type }: SchemaElement): Read {
  if (Number.isNaN(date.getTime())) return { kind: "unread", what: "a date beyond the year 275760" };
  const text = date.toISOString();
  return { kind: "cell", cell: converted_type === "DATE" ? text.slice(0, text.indexOf("T")) : text };
}
