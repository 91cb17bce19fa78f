// What a grader gave for one sample, read as a score: a finite number, or the reason why it is none.

import { scored, unscored } from "../../core/score.ts";
import type { Score } from "../specification-row.ts";
import { shown } from "../table/shown.ts";

/** A number, `{ score: number }`, or null for a refusal. Text that looks like a number is none. Runs no code of the value's but a getter. */
export function scoreOf(given: unknown): Score {
  const value = typeof given === "object" && given !== null && "score" in given ? given.score : given;
  if (value === null) return unscored("the grader refused (null)");
  if (typeof value !== "number") return unscored(`the grader gave ${named(value)} and no number`);
  return Number.isFinite(value) ? scored(value) : unscored(`the grader gave ${value}`);
}

function named(value: unknown): string {
  if (value === undefined) return "nothing (undefined)";
  if (typeof value === "string") return `the text ${shown(value)}`;
  if (typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object without a score" : `a ${typeof value}`;
}
