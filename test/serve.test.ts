// `trueline serve` as a user types it: what it refuses before any model is loaded.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { test } from "node:test";

const main = path.resolve(import.meta.dirname, "../src/cli/main.ts");

function start(...words: string[]): Promise<{ code: number; stderr: string; stdout: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, SPACED: "a b", EMPTY: "" };
    execFile(process.execPath, [main, "serve", ...words], { env }, (failure, stdout, stderr) =>
      resolve({ code: failure === null ? 0 : Number(failure.code), stdout, stderr }),
    );
  });
}

const refused: readonly (readonly [readonly string[], RegExp])[] = [
  [["--port", "65536"], /--port must be a whole number from 0 to 65535/u],
  [["--parallel", "0"], /--parallel must be a whole number from 1/u],
  [["--queue", "-1"], /--queue must be a whole number from 0/u],
  [["--api-key-env", "EMPTY"], /EMPTY is not set\n {2}Set it, for example: export EMPTY=/u],
  [["--api-key-env", "SPACED"], /SPACED can't be a key/u],
  [["openai-compatible:gpt-x"], /already.*\n {2}Give a name that `trueline models` lists/u],
  [["/nowhere/model.gguf"], /trueline: .*model\.gguf/u],
];

test("what can't be served is refused with the way out, and exit 2", async () => {
  const found = await Promise.all(refused.map(([words]) => start(...words)));
  found.forEach(({ code, stdout, stderr }, i) => {
    assert.equal(code, 2, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, refused[i]![1]);
    assert.doesNotMatch(stderr, / at .*\.ts/u);
  });
});
