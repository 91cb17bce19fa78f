// Prompts from files: lines or a column, each once, and what can't be is refused with its line.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { readPrompts, type PromptColumns } from "./read-prompts.ts";

async function read(name: string, text: string, columns: PromptColumns = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "trueline-prompts-"));
  try {
    writeFileSync(path.join(folder, name), text);
    return await readPrompts(path.join(folder, name), columns);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a text file holds a prompt a line; blank lines are none, and a repeated one is merged", async () => {
  const { prompts, merged, sha256 } = await read("p.txt", "one \r\n\r\n two\none \n");
  assert.deepEqual(prompts, [
    { text: "one ", place: "line 1" },
    { text: " two", place: "line 3" },
  ]);
  assert.equal(merged, 1);
  assert.equal(sha256, (await read("q.txt", "one \r\n\r\n two\none \n")).sha256);
});

test("a table holds them in a column, with clusters and strata where they are named", async () => {
  const { prompts } = await read("p.csv", 'ask,c,s\n"a, b",x,\nc,y,t\n', {
    prompt: "ask",
    cluster: "c",
    stratum: "s",
  });
  assert.deepEqual(prompts, [
    { text: "a, b", place: "line 2", cluster: "x" },
    { text: "c", place: "line 3", cluster: "y", stratum: "t" },
  ]);
});

for (const [what, name, text, columns, message] of [
  ["an empty file", "p.txt", "", {}, /p\.txt is empty/],
  ["blank lines alone", "p.txt", " \n\n", {}, /p\.txt holds no prompt/],
  ["a table without its column", "p.jsonl", '{"a":"x"}\n', {}, /--prompt must name the column/],
  ["a text file with a column", "p.txt", "x\n", { prompt: "a" }, /--prompt names a column.*plain text/],
  ["an unknown column", "p.jsonl", '{"a":"x"}\n', { prompt: "b" }, /no column "b"/],
  ["a null prompt", "p.jsonl", '{"a":"x"}\n{"a":null}\n', { prompt: "a" }, /line 2: column a is empty/],
  ["bytes that are no text", "p.txt", "\u0000x\ud800\n", { stratum: "s" }, /--stratum names a column/],
  [
    "a prompt in two strata",
    "p.jsonl",
    '{"a":"x","t":"1"}\n{"a":"x","t":"2"}\n',
    { prompt: "a", stratum: "t" },
    /line 2: the prompt of line 1 again, with stratum "2" where it had "1"/,
  ],
] as const) {
  test(`${what} is refused with the way out`, async () => {
    await assert.rejects(
      read(name, text, columns),
      (error: Error) => message.test(error.message) && "hint" in error,
    );
  });
}
