// The launcher: an old Node gets one clear line and exit 2, a new one gets the program.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const launcher = path.resolve(import.meta.dirname, "../bin/trueline.js");

/** Starts the launcher, on request under a Node that says it is another version. */
function start(
  args: readonly string[],
  pretend?: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const lie = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${pretend}" } });`;
  const preload =
    pretend === undefined ? [] : ["--import", `data:text/javascript,${encodeURIComponent(lie)}`];
  return new Promise((resolve) => {
    execFile(process.execPath, [...preload, launcher, ...args], (failure, stdout, stderr) => {
      resolve({ code: failure === null ? 0 : Number(failure.code), stdout, stderr });
    });
  });
}

for (const old of ["12.22.12", "20.20.2", "24.10.9"]) {
  test(`Node ${old} is refused with one line that names the way out`, async () => {
    const { code, stdout, stderr } = await start(["--help"], old);
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(
      stderr,
      /^trueline needs Node 24\.11 or newer, and this is Node [\d.]+\. .*npm run trueline.*\n$/,
    );
  });
}

for (const fit of ["24.11.0", "26.0.0"]) {
  test(`Node ${fit} is accepted`, async () => {
    const { code, stdout, stderr } = await start(["--help"], fit);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /Usage: trueline/);
  });
}

test("a reader that closes the pipe early gets no stack trace", async () => {
  const child = spawn(process.execPath, [launcher, "--help"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(stderr, "");
  assert.equal(code, 0);
});

test("the launcher holds no syntax that Node 12 can't parse", () => {
  const source = readFileSync(launcher, "utf8");
  assert.deepEqual(newSyntax(source), []);
});

test("newer syntax would be found", () => {
  for (const line of [
    "a?.b",
    "a ?? b",
    "a ??= b",
    "await x;",
    'import x from "node:fs";',
    "1_000",
    'import { a } from "module";',
  ]) {
    assert.equal(newSyntax(line).length > 0, true, line);
  }
});

/** What came after Node 12, as far as a launcher could want it; a named import of `module` would fail to link there. */
function newSyntax(source: string): string[] {
  const code = source.replaceAll(/\/\/.*$/gm, "");
  return [/\?\.(?!\d)/, /\?\?/, /\bawait\b/, /from "node:/, /\d_\d/, /\{[^}]*\} from "module"/, /\|\|=|&&=/]
    .map((rule) => rule.exec(code)?.[0])
    .filter((found) => found !== undefined);
}
