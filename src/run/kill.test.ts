// A run in a process of its own, killed with SIGKILL again and again: it ends with the very gaps of a run that nothing stopped.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { rngFrom } from "../stats/rng.ts";
import { auditOf, eachModel, frozenModel, newFolder } from "./fakes.test.support.ts";
import { compared, finished, idOf, lines } from "./finished-run.test.support.ts";

const program = path.join(import.meta.dirname, "killed-run.test.support.ts");

/** Runs the program until it is done or, after so many milliseconds from its first ask, killed. */
function session(kind: string, folder: string, log: string, killAfter: number): Promise<"done" | "killed"> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, kind, folder, log], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let timer: NodeJS.Timeout | undefined;
    child.stdout.once("data", () => {
      timer = setTimeout(() => child.kill("SIGKILL"), killAfter);
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      if (signal === "SIGKILL") resolve("killed");
      else if (code === 0) resolve("done");
      else reject(new Error(`the child ended with ${code ?? signal}`));
    });
  });
}

for (const kind of ["frozen", "each"] as const) {
  test(`an audit (${kind}) that is killed at random moments ends with the same bytes, and asks nothing stored again`, async (t) => {
    const [whole, folder] = [newFolder(), newFolder()];
    await finished(auditOf(kind === "frozen" ? frozenModel() : eachModel(), whole));
    const log = `${folder}.log`;
    const rng = rngFrom(`kill/${kind}`);
    let kills = 0;
    let state = "killed";
    for (let round = 0; round < 10 && state === "killed"; round++) {
      state = await session(kind, folder, log, rng.int(30));
      if (state === "killed") kills++;
    }
    while (state === "killed") state = await session(kind, folder, log, 60_000);
    t.diagnostic(`killed ${kills} times`);
    assert.ok(kills >= 3, `only ${kills} kills hit the run`);
    assert.equal(existsSync(path.join(folder, "lock")), false);
    assert.equal(compared(folder), compared(whole));
    assert.equal(gapsOf(folder), gapsOf(whole));
    // Each line of the log is one call: the ids that it asked, and how many of them were stored when it began.
    const calls = readFileSync(log, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { asked: number; stored: number });
    assert.ok(
      calls.every(({ asked, stored }) => stored < asked),
      "a batch was asked although all of it was stored",
    );
    const most = lines(whole, "samples.jsonl").length + kills * 4;
    const asked = calls.reduce((sum, call) => sum + call.asked, 0);
    assert.ok(asked <= most, `${asked} asks for ${most} at most`);
    assert.deepEqual(
      lines(folder, "samples.jsonl").map(idOf).toSorted(),
      lines(whole, "samples.jsonl").map(idOf).toSorted(),
    );
  });
}

function gapsOf(folder: string): string {
  const text = readFileSync(path.join(folder, "run.json"), "utf8");
  return text.slice(text.indexOf('"gaps": ['), text.indexOf('"suites": ['));
}
