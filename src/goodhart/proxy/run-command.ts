// One run of a user's command in a process group of its own: fed with backpressure, watched for silence, killed as a whole.

import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** What only the command line of Trueline has: the environment's variables, and the right to end processes. */
export type Machine = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As `process.kill`: a negative pid is a process group. May throw when there is none any more. */
  readonly kill: (pid: number, signal: "SIGKILL") => unknown;
};

export type CommandRun = {
  /** As the user wrote it; a shell reads it. */
  readonly command: string;
  readonly machine: Machine;
  /** Written to its standard input, as fast as it is read; then the input ends. */
  readonly input: Iterable<string>;
  /** What it wrote, as it comes. @returns whether an answer was in it. */
  readonly onOutput: (text: string) => boolean;
  /** How long it may write nothing, to its output or its errors. */
  readonly timeoutMs: number;
  /** How long it may bring no answer, whatever else it writes. */
  readonly answerMs: number;
  readonly signal: AbortSignal;
};

export type CommandEnd = (
  | { readonly kind: "exit"; readonly code: number }
  | { readonly kind: "signal"; readonly name: string }
  /** It wrote nothing for `timeoutMs`, or no answer for `answerMs`, and was killed. */
  | { readonly kind: "silent" }
  /** The signal was aborted, and it was killed. */
  | { readonly kind: "stopped" }
  | { readonly kind: "not-started"; readonly error: Error }
) & {
  /** The end of what it wrote to its standard error; as it came. */
  readonly errors: string;
};

/** How long a pipe that a left-behind process of the group holds open is waited for, once the command itself has ended. */
const LINGER_MS = 500;

/** Never rejects for what the command does. When it resolves, no process of the group is left that has not left the group itself. */
export async function runCommand(run: CommandRun): Promise<CommandEnd> {
  const { command, machine, timeoutMs, answerMs, signal } = run;
  const child = started(command, machine.env);
  if (child instanceof Error) return { kind: "not-started", error: child, errors: "" };
  let why: "silent" | "stopped" | undefined;
  let errors = "";
  const kill = () => {
    if (child.pid === undefined) return;
    try {
      machine.kill(-child.pid, "SIGKILL");
    } catch {
      // No such group (it has ended), or a system without groups: then at least the shell.
      child.kill("SIGKILL");
    }
  };
  const end = (how: "silent" | "stopped") => {
    why ??= how;
    kill();
  };
  const silent = () => end("silent");
  let quiet = setTimeout(silent, timeoutMs);
  let without = setTimeout(silent, answerMs);
  const beat = () => {
    clearTimeout(quiet);
    quiet = setTimeout(silent, timeoutMs);
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    beat();
    if (!run.onOutput(text)) return;
    clearTimeout(without);
    without = setTimeout(silent, answerMs);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    beat();
    errors = (errors + text).slice(-8192);
  });
  const abort = () => end("stopped");
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  // A command that does not read to the end breaks this pipe; what it answered is what counts.
  const fed = pipeline(Readable.from(run.input), child.stdin).catch(() => undefined);
  const { promise: closed, resolve: close } = Promise.withResolvers<undefined>();
  child.once("close", () => close(undefined));
  let linger: NodeJS.Timeout | undefined;
  const ended = await new Promise<Error | { code: number | null; name: string | null }>((resolve) => {
    child.once("error", resolve);
    child.once("exit", (code, name) => resolve({ code, name }));
  });
  clearTimeout(quiet);
  clearTimeout(without);
  if (!(ended instanceof Error)) {
    // The last of its output may still be on its way; a process that it left behind may hold the pipes for ever.
    linger = setTimeout(() => {
      kill();
      close(undefined);
    }, LINGER_MS);
    await closed;
  }
  clearTimeout(linger);
  signal.removeEventListener("abort", abort);
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  await fed;
  if (ended instanceof Error) return { kind: "not-started", error: ended, errors };
  if (why !== undefined) return { kind: why, errors };
  return ended.code === null
    ? { kind: "signal", name: ended.name ?? "an unknown signal", errors }
    : { kind: "exit", code: ended.code, errors };
}

function started(command: string, env: Machine["env"]): ChildProcessWithoutNullStreams | Error {
  try {
    return spawn(command, {
      shell: true,
      // A group of its own, so that all that the shell starts can be ended with it, and nothing else.
      detached: true,
      env: { ...env },
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
  } catch (error) {
    // A command that no system can take: a zero byte in it, or longer than the limit.
    return error instanceof Error ? error : new Error(String(error));
  }
}
