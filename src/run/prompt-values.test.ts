// prompts.jsonl comes back as it was written, and every line that no run writes is refused by its number.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { SetupError } from "../core/errors.ts";
import { promptValuesText, PROMPTS_FILE, readPromptValues, type PromptValues } from "./prompt-values.ts";

const [one, other] = ["a".repeat(32), "b".repeat(32)];

const values: PromptValues = {
  kind: "values",
  suite: "specification",
  gap: "over-optimisation",
  unit: "sd",
  size: 0.5,
  range: [-1, 2],
  grid: [1, 2, 5],
  rows: [
    { prompt: one, cluster: one, proxy: [0, 1, 2], gold: [0.5, 1.25, -1] },
    { prompt: other, cluster: one, proxy: [0, 1e-9, 1], gold: [0, 2, 1] },
  ],
};

function inFolder<T>(text: string | undefined, use: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), "trueline-prompts-"));
  try {
    if (text !== undefined) writeFileSync(path.join(folder, PROMPTS_FILE), text);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("what is written comes back; a folder without the file, and one without values, say why", () => {
  assert.deepEqual(inFolder(promptValuesText(values), readPromptValues), values);
  const none = { kind: "none", because: "3 samples have no gold" } as const;
  assert.deepEqual(inFolder(promptValuesText(none), readPromptValues), none);
  const absent = inFolder(undefined, readPromptValues);
  assert.ok(absent.kind === "none");
  assert.match(absent.because, /holds no prompts\.jsonl$/);
});

test("each line that is not what a run writes is refused with its number", () => {
  const shares = { ...values, unit: "share" as const, size: 1, range: [0, 1] as const };
  const header = (change: object) => promptValuesText({ ...values, rows: [], ...change });
  const row = (change: object) =>
    promptValuesText({ ...values, rows: [values.rows[0]!, { ...values.rows[1]!, ...change }] });
  const whole = promptValuesText(values);
  const refused: readonly (readonly [what: string, line: number, text: string])[] = [
    ["an empty file", 1, ""],
    ["another schema", 1, whole.replace("prompts/1", "prompts/2")],
    ["no header", 1, whole.split("\n").slice(1).join("\n")],
    ["size 0", 1, header({ size: 0 })],
    ["a spread that no samples have", 1, header({ size: 1e-90 })],
    ["a range out of order", 1, header({ range: [2, -1] })],
    ["a grid out of order", 1, header({ grid: [1, 5, 2] })],
    ["a grid that begins above 1", 1, header({ grid: [2, 5] })],
    ["a grid without end", 1, header({ grid: Array.from({ length: 65 }, (_, i) => i + 1) })],
    ["shares of another size", 1, promptValuesText({ ...shares, size: 2, rows: [] })],
    ["shares beyond 1", 1, promptValuesText({ ...shares, range: [0, 2], rows: [] })],
    ["rows where there are none", 2, `${promptValuesText({ kind: "none", because: "x" })}${whole}`],
    ["a prompt that stands twice", 3, row({ prompt: one })],
    ["a prompt's text for its hash", 3, row({ prompt: "\u001b[31m" })],
    ["too few values", 3, row({ gold: [1, 1] })],
    ["too many values", 3, row({ proxy: [1, 1, 1, 1] })],
    ["a gold out of range", 3, row({ gold: [0, 2.1, 1] })],
    ["a number beyond numbers", 3, whole.replace("0.000000001", "1e999").replace("1e-9", "1e999")],
    ["a null", 3, whole.replace("1e-9", "null")],
  ];
  for (const [what, line, text] of refused)
    inFolder(text, (folder) =>
      assert.throws(
        () => readPromptValues(folder),
        (error) => error instanceof SetupError && error.message.startsWith(`line ${line} of `),
        what,
      ),
    );
});
