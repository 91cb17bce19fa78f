import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const at = (file: string) => JSON.stringify(pathToFileURL(path.resolve(import.meta.dirname, file)).href);

/** A process of its own, whose two outputs can be told apart; `module` is the grader's text. */
function scoredBy(module: string) {
  const folder = mkdtempSync(path.join(tmpdir(), "trueline-thread-"));
  try {
    const file = path.join(folder, "grader.ts");
    writeFileSync(file, module);
    const script = `
      const { startUserModule } = await import(${at("load-user-module.ts")});
      const { workerGrader } = await import(${at("../goodhart/proxy/worker-grader.ts")});
      const grader = await workerGrader(${JSON.stringify(file)}, { start: startUserModule });
      const scores = await grader.score([{ prompt: "p", response: "a\u001b[31m" }]).catch(({ message }) => message);
      await grader.close();
      console.log(JSON.stringify(scores));`;
    const caller = path.join(folder, "caller.mjs");
    writeFileSync(caller, script);
    return spawnSync(process.execPath, [caller], { encoding: "utf8", timeout: 20_000 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("what a module prints goes to standard error, made visible", () => {
  const run = scoredBy(
    `console.log("loading"); export default (s) => { process.stdout.write(s.response + "\\n"); console.error("é"); return 2; };`,
  );
  assert.deepEqual(JSON.parse(run.stdout), [{ kind: "scored", value: 2 }]);
  assert.equal(run.stderr, "loading\na␛[31m\né\n");
  assert.equal(run.status, 0);
});

test("a module that ends its process ends its thread alone, and its last words are shown", () => {
  const run = scoredBy(`export default () => { console.log("bye"); process.exit(0); };`);
  assert.match(JSON.parse(run.stdout) as string, /ended the process with code 0/u);
  assert.equal(run.stderr, "bye\n");
  assert.equal(run.status, 0);
});
