import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { selfCheckLine, type SelfCheck } from "./self-check.ts";
import { readStoredCheck, storeCheck } from "./stored-check.ts";

const sha = "ab".repeat(32);
const passed: SelfCheck = {
  passed: true,
  checks: [
    { name: "cached = uncached", found: 3.14e-6, limit: 1e-4 },
    { name: "pattern x values = z", found: 1e-7, limit: 1e-4 },
    { name: "loss on English / with rotary pairs read otherwise", found: 0.72, limit: 0.9 },
  ],
};

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "trueline-checks-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("a passed check is kept for its file alone", async () => {
  await inFolder(async (folder) => {
    const deep = join(folder, "made", "when needed");
    await storeCheck(deep, sha, passed);
    assert.deepEqual(await readStoredCheck(deep, sha), passed);
    assert.equal(await readStoredCheck(deep, "cd".repeat(32)), undefined);
  });
});

test("a failed check is never kept", async () => {
  await inFolder(async (folder) => {
    await storeCheck(folder, sha, { ...passed, passed: false });
    assert.deepEqual(await readdir(folder), []);
  });
});

test("a stored file that is damaged, or does not say that all passed, is as good as none", async () => {
  await inFolder(async (folder) => {
    await storeCheck(folder, sha, passed);
    const [name] = await readdir(folder);
    const overLimit = { ...passed, checks: [{ name: "x", found: 1, limit: 0.5 }] };
    for (const text of [
      "",
      "{",
      "null",
      "[]",
      JSON.stringify({ ...passed, passed: false }),
      JSON.stringify({ passed: true, checks: [] }),
      JSON.stringify({ passed: true }),
      JSON.stringify({ passed: true, checks: [{ name: "x", found: null, limit: 1 }] }),
      JSON.stringify(overLimit),
    ]) {
      await writeFile(join(folder, name!), text);
      assert.equal(await readStoredCheck(folder, sha), undefined, text);
    }
  });
});

test("the line says how many passed, the largest error with its name, and how English was read", () => {
  assert.equal(
    selfCheckLine(passed),
    "self-check passed: 3 of 3 invariants, largest relative error 3.1e-6 (cached = uncached), English read at 0.72 of the loss under the other rotary layout",
  );
});

test("the line of a failed check names what failed; NaN has failed", () => {
  const [first, second, third] = passed.checks as [
    SelfCheck["checks"][0],
    SelfCheck["checks"][0],
    SelfCheck["checks"][0],
  ];
  const failed = {
    passed: false,
    checks: [{ ...first, found: Number.NaN }, second, { ...third, found: 1.4 }],
  };
  const line = selfCheckLine(failed);
  assert.match(
    line,
    /^self-check FAILED: cached = uncached is NaN, limit 0\.0001; loss on English .* is 1\.4/,
  );
});
