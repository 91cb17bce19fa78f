// Files of the tests: each in a folder of its own that goes when the test ends; and what a refusal must look like.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { SetupError } from "../../core/errors.ts";
import type { Table } from "./table.ts";

export async function newFile(t: TestContext, name: string, content: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "trueline-table-"));
  t.after(() => rm(folder, { recursive: true }));
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

/** A check for `assert.throws`: a SetupError with this code whose message and hint together match each pattern, all of it visible. */
export function refusal(code: string, ...patterns: readonly RegExp[]): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof SetupError, `not a SetupError: ${String(error)}`);
    const words = `${error.message}\n${error.hint ?? assert.fail("no hint")}`;
    assert.equal(error.code, code, words);
    for (const pattern of patterns) assert.match(words, pattern);
    assert.doesNotMatch(words.replace("\n", ""), /\p{Cc}/u);
    return true;
  };
}

/** The cells of each row as plain objects, which a strict comparison wants. */
export function cells(table: Table): readonly Record<string, unknown>[] {
  return table.rows.map(({ values }) => Object.fromEntries(Object.entries(values)));
}
