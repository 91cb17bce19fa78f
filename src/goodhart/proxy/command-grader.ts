// A proxy that is a command: samples go in as JSON lines, scores come out as JSON lines, one process for all of a call's samples.

import { SetupError } from "../../core/errors.ts";
import { visible } from "../../core/visible.ts";
import { shown } from "../table/shown.ts";
import { answerLine } from "./answer-line.ts";
import type { Grader, GraderSample } from "./grader.ts";
import { lineCutter } from "./line-cutter.ts";
import { matchAnswers, type AnswerLine } from "./match-answers.ts";
import { runCommand, type CommandEnd, type Machine } from "./run-command.ts";

export type CommandGraderOptions = {
  readonly machine: Machine;
  /** How long the command may write nothing before it is killed (ten times as long if it writes, but no answer). 60 000 unless given. */
  readonly timeoutMs?: number;
  /** How long it may take to end once it has answered all; then it is ended, and its answers count. 2000 unless given. */
  readonly farewellMs?: number;
};

/** Characters of a line; an answer with a long explanation beside its score fits. */
const LONGEST_LINE = 1_000_000;
const HINT =
  'A grader reads lines like {"id": 0, "prompt": "...", "response": "..."} and writes a line like {"score": 0.5} for each, in order or with the id.';

/**
 * Each line in is `{"id", "prompt", "response"}` in plain ASCII, each line out `{"score"}` or `{"id", "score"}`; who is whose
 * is for `matchAnswers` to say. Standard error is looked at for its last line only, when the command fails.
 *
 * A command that holds its answers back (a buffered standard output) looks silent: it should flush after each line.
 * @throws SetupError GRADER, at once, when the command is empty.
 */
export function commandGrader(
  command: string,
  { machine, timeoutMs = 60_000, farewellMs = 2000 }: CommandGraderOptions,
): Grader {
  if (command.trim() === "")
    throw new SetupError("GRADER", "the grader's command is empty", {
      hint: `Give the command that starts it, such as "python3 grader.py". ${HINT}`,
    });
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  return {
    name: command,
    async score(samples, { signal, onProgress } = {}) {
      if (closing.signal.aborted) throw new Error(`the grader ${command} is closed`);
      signal?.throwIfAborted();
      if (samples.length === 0) return [];
      const told = readAnswers(samples.length, farewellMs, onProgress);
      const outer = signal === undefined ? [closing.signal] : [closing.signal, signal];
      const run = runCommand({
        command,
        machine,
        input: linesOf(samples),
        onOutput: told.push,
        timeoutMs,
        answerMs: 10 * timeoutMs,
        signal: AbortSignal.any([...outer, told.enough]),
      });
      running.add(run);
      const end = await run.finally(() => running.delete(run));
      for (const one of outer) one.throwIfAborted();
      const whole = end.kind === "exit" && end.code === 0;
      const lines = told.finish(whole);
      throwUnlessStarted(command, end, lines);
      return matchAnswers(lines, samples.length, { missing: missingOf(end, timeoutMs), whole });
    },
    async close() {
      closing.abort(new Error(`the grader ${command} was closed`));
      await Promise.allSettled(running);
    },
  };
}

function* linesOf(samples: readonly GraderSample[]): Generator<string> {
  for (const [id, { prompt, response }] of samples.entries()) {
    // ASCII alone: a reader with another encoding than UTF-8 gets the same text.
    const line = JSON.stringify({ id, prompt, response }).replaceAll(
      /[\u007f-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    yield `${line}\n`;
  }
}

/** Collects the lines. `enough` fires when the command does not end by itself after its last answer, or writes without end. */
function readAnswers(samples: number, farewellMs: number, onProgress: ((done: number) => void) | undefined) {
  const lines: AnswerLine[] = [];
  const enough = new AbortController();
  const most = 2 * samples + 1000;
  let seen = 0;
  let answers = 0;
  const ids = new Set<string>();
  let farewell: NodeJS.Timeout | undefined;
  const take = (line: string) => {
    if (++seen > most) {
      enough.abort();
      return;
    }
    const read = answerLine(line, LONGEST_LINE);
    if (read === undefined) return;
    lines.push(read);
    if (read.kind !== "answer" || answers === samples || !isNew(read.id)) return;
    answers++;
    onProgress?.(answers);
    if (answers === samples) farewell = setTimeout(() => enough.abort(), farewellMs);
  };
  const isNew = (id: string | undefined) =>
    id === undefined || (!ids.has(id) && Number(id) < samples && ids.add(id).size > 0);
  const cutter = lineCutter(LONGEST_LINE, take);
  return {
    push: (text: string): boolean => {
      const before = answers;
      cutter.push(text);
      return answers > before;
    },
    enough: enough.signal,
    /** `whole`: it ended as it wanted to. Else the last line may be half of one, and counts only if it is an answer. */
    finish: (whole: boolean): readonly AnswerLine[] => {
      clearTimeout(farewell);
      const rest = cutter.rest();
      if (rest !== undefined && (whole || answerLine(rest, LONGEST_LINE)?.kind === "answer")) take(rest);
      clearTimeout(farewell);
      return lines;
    },
  };
}

/** 127 and 126 are what a shell says of a command that it can't find, or can't run. */
function throwUnlessStarted(command: string, end: CommandEnd, lines: readonly AnswerLine[]): void {
  const fault = (what: string) =>
    new SetupError("GRADER", `the grader ${shown(command, 200)} ${what}`, {
      hint: `Check that the command runs from this folder. ${HINT}`,
    });
  if (end.kind === "not-started") throw fault(`can't be started: ${shown(end.error.message, 200)}`);
  if (end.kind !== "exit" || lines.length > 0) return;
  if (end.code === 127) throw fault(`is not found (exit 127${lastWords(end.errors)})`);
  if (end.code === 126) throw fault(`can't be run (exit 126${lastWords(end.errors)})`);
}

/** Why a sample has no answer, for all samples that have none. */
function missingOf(end: CommandEnd, timeoutMs: number): string {
  switch (end.kind) {
    case "silent":
      return `the grader gave no answer within ${timeoutMs / 1000} s`;
    case "signal":
      return `the grader was ended by ${end.name}${lastWords(end.errors)} and gave no answer`;
    case "stopped":
      return "the grader wrote far more lines than there are samples, and no answer to this one";
    case "exit":
      return end.code === 0
        ? "the grader ended without an answer to this sample"
        : `the grader ended with exit ${end.code}${lastWords(end.errors)} and gave no answer`;
    case "not-started":
      return `the grader can't be started: ${visible(end.error.message)}`;
  }
}

function lastWords(errors: string): string {
  const last = errors
    .split(/[\r\n]+/u)
    .map((line) => line.trim())
    .findLast((line) => line !== "");
  return last === undefined ? "" : `, ${shown(last, 200)}`;
}
