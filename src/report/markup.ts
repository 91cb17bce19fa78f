// Markup that is safe by construction: a template whose every value is made visible and escaped unless it is markup itself.

import { visibleLines } from "../core/visible.ts";

declare const escaped: unique symbol;

/** Markup. Only the `markup` template makes it, so text from a model can't be taken for it. */
export type Html = { readonly text: string; readonly [escaped]: true };

type Value = string | number | Html | readonly Html[] | undefined;

/** `undefined` is nothing; strings and numbers are text, in content and in quoted attributes alike. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return made(parts.reduce((text, part, i) => text + textOf(values[i - 1]) + part));
}

function made(text: string): Html {
  return { text } as Html;
}

function textOf(value: Value): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "string")
    return visibleLines(value).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
  return "text" in value ? value.text : value.map((piece) => piece.text).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
