// One line of a command's output, read: an answer is a JSON object with a score; all else is something it said.

import { shown } from "../table/shown.ts";
import type { AnswerLine } from "./match-answers.ts";
import { scoreOf } from "./score-of.ts";

/** @returns undefined for a blank line. A line longer than `longest` characters is not read as an answer. */
export function answerLine(line: string, longest: number): AnswerLine | undefined {
  if (line.length > longest)
    return { kind: "other", shown: `${shown(line)} (longer than ${longest} characters)` };
  const text = line.replace(/^\uFEFF/u, "").trim();
  if (text === "") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "other", shown: shown(text) };
  }
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "score"))
    return { kind: "other", shown: shown(text) };
  const { score, id } = value as { score: unknown; id?: unknown };
  const named = typeof id === "string" || typeof id === "number" ? { id: String(id) } : {};
  // An object in the score's place must not be opened again.
  const given = typeof score === "object" && score !== null ? {} : score;
  return { kind: "answer", ...named, score: scoreOf(given) };
}
