import assert from "node:assert/strict";
import { test } from "node:test";

import { runCommand, type CommandRun } from "./run-command.ts";

const machine = {
  env: { PATH: process.env["PATH"] },
  kill: (pid: number, signal: "SIGKILL") => process.kill(pid, signal),
};
const run = async (command: string, options: Partial<CommandRun> = {}) =>
  await runCommand({
    command,
    machine,
    input: [],
    onOutput: () => true,
    timeoutMs: 5000,
    answerMs: 2500,
    signal: new AbortController().signal,
    ...options,
  });

test("a command that writes has as long as it likes while there are answers in it, and only so long where there are none", async () => {
  const writes = "for i in 1 2 3 4 5 6 7 8; do echo x; sleep 0.05; done";
  assert.deepEqual(await run(writes, { answerMs: 250 }), { kind: "exit", code: 0, errors: "" });
  assert.equal((await run(writes, { answerMs: 250, onOutput: () => false })).kind, "silent");
});

test("a signal that is aborted before the start ends the command as one that is aborted later", async () => {
  assert.equal((await run("sleep 60", { signal: AbortSignal.abort() })).kind, "stopped");
});

test("of its errors the end is kept, and only so much", async () => {
  const { errors } = await run(`i=0; while [ $i -lt 3000 ]; do echo "line $i" >&2; i=$((i+1)); done`);
  assert.ok(errors.endsWith("line 2999\n") && errors.length === 8192);
});

test("where there are no process groups, at least the shell is ended", async () => {
  const none = {
    ...machine,
    kill: () => {
      throw new Error("ESRCH");
    },
  };
  assert.equal((await run("exec sleep 60", { machine: none, timeoutMs: 100 })).kind, "silent");
});
