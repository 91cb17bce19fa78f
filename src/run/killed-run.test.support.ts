// The program that the kill test kills: an audit of a slow fake, which notes each call in a file of its own before it answers.
//
//   node killed-run.test.support.ts frozen|each FOLDER LOG

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Ask } from "../core/sample.ts";
import { auditOf, eachModel, frozenModel, type Around } from "./fakes.test.support.ts";
import { runAudit } from "./run-audit.ts";

const [kind, folder, log] = process.argv.slice(2) as [string, string, string];

const slowly: Around = async (asks, answer) => {
  const stored = storedAsks();
  appendFileSync(
    log,
    `${JSON.stringify({ asked: asks.length, stored: asks.filter((ask) => stored.has(wordsOf(ask))).length })}\n`,
  );
  process.stdout.write("asked\n");
  await wait(2);
  return answer();
};

/** The tiny suite's asks differ in their words, or in whether an opening is given. */
function wordsOf(ask: Ask): string {
  return JSON.stringify([ask.messages, ask.opening]);
}

function storedAsks(): ReadonlySet<string> {
  const file = path.join(folder, "samples.jsonl");
  const whole = existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
  return new Set(whole.map((line) => wordsOf((JSON.parse(line) as { sample: { ask: Ask } }).sample.ask)));
}

const model = kind === "frozen" ? frozenModel(slowly) : eachModel(4, slowly);
const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
await runAudit(auditOf(model, folder, { processes: { pid: process.pid, isRunning } }));
