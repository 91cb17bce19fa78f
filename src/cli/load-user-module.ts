// Loads a file of the user's as a module, in a thread of its own: the one place that imports a name which only the command line knows.

import { Worker, workerData, type MessagePort } from "node:worker_threads";

import { visibleLines } from "../core/visible.ts";
import { serveGrader } from "../goodhart/proxy/serve-grader.ts";

/** What the thread is told at its start; `marked` tells it from every other thread that may load this file. */
type Told = { readonly marked: typeof MARK; readonly url: string; readonly port: MessagePort };
const MARK = "trueline: a user's module";

function loadUserModule(url: string): Promise<unknown> {
  return import(url) as Promise<unknown>;
}

/** This file is also what the thread runs. What the module prints goes to standard error: standard output is the run's own. */
export function startUserModule(url: string, port: MessagePort): Worker {
  // By its own address: the sources and what is built from them have other names.
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { marked: MARK, url, port } satisfies Told,
    transferList: [port],
    stdout: true,
    stderr: true,
  });
  for (const stream of [worker.stdout, worker.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => process.stderr.write(visibleLines(text)));
  return worker;
}

const told = workerData as Partial<Told> | null | undefined;
if (told?.marked === MARK) {
  const { url, port } = told as Told;
  void serveGrader(port, () => loadUserModule(url));
}
