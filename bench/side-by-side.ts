// This engine and its peers on the same workloads, one after another on this machine: one table with the ratios and the bars.
//
//   node bench/side-by-side.ts [--peers DIR] [--only ours,node-llama-cpp] [--workloads A,B,C,D] [--threads 2] [--repeat 3]
//                              [--json FILE] [--quick]
//
// bench/README.md says how the peers are installed, what each computes and what the figures mean.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { measureMatmul } from "../src/engine/measure-matmul.ts";
import { existingModel } from "../test/real-model.ts";
import { comparison, type Line } from "./peers/comparison.ts";
import type { Workload } from "./peers/peer.ts";
import { processor } from "./peers/processor.ts";

const here = import.meta.dirname;
const { values } = parseArgs({
  options: {
    peers: { type: "string", default: path.join(here, "peers/.installed") },
    only: { type: "string" },
    workloads: { type: "string", default: "A,B,C,D" },
    threads: { type: "string", default: "2" },
    repeat: { type: "string", default: "3" },
    json: { type: "string" },
    quick: { type: "boolean", default: false },
  },
});
const folder = path.resolve(values.peers);
const threads = Number(values.threads);
const now = () => performance.now();
const script = (name: string) => path.join(here, "peers", name);
const python = path.join(folder, "lens/bin/python");

/** In the order in which they run. `workloads`: what each can do. */
const peers = {
  "node-llama-cpp": {
    workloads: "ABCD",
    command: [process.execPath, script("node-llama-cpp.ts")],
    needs: "node-llama-cpp/node_modules/node-llama-cpp/package.json",
  },
  "transformers.js": {
    workloads: "BC",
    command: [process.execPath, script("transformers-js.ts")],
    needs: "onnx-model/onnx/model.onnx",
  },
  "transformer-lens": {
    workloads: "A",
    command: [python, script("run-transformer-lens.py")],
    needs: "model/config.json",
  },
  transformers: {
    workloads: "AD",
    command: [python, script("run-transformers.py")],
    needs: "model/config.json",
  },
  ours: { workloads: "ABCD", command: [process.execPath, script("ours.ts")], needs: "." },
} as const;
type Peer = keyof typeof peers;

const asked = new Set((values.only ?? Object.keys(peers).join(",")).split(","));
for (const name of asked)
  if (!Object.hasOwn(peers, name))
    throw new Error(`no peer ${name}: there are ${Object.keys(peers).join(", ")}`);

/** A small part of the work, to see whether everything runs. */
function shortened(workload: Workload): Workload {
  return {
    newTokens: 8,
    prefill: workload.prefill.slice(0, 2),
    prompts: workload.prompts.slice(0, 8),
  };
}

/** The lines that a peer prints, each as it comes; what it says besides is shown only where it fails. */
async function run(name: Peer, workloadFile: string): Promise<readonly Line[]> {
  const { command, needs, workloads } = peers[name];
  const wanted = values.workloads.split(",").filter((one) => workloads.includes(one));
  if (wanted.length === 0) return [];
  const absent = (because: string) =>
    wanted.map((workload) => ({ peer: name, workload, absent: because }) as Line);
  const [program, file] = command;
  if (!existsSync(program) || !existsSync(path.join(folder, needs)))
    return absent(`not installed in ${folder}: see bench/README.md`);
  const lines: Line[] = [];
  let other = "";
  const started = now();
  const child = spawn(
    program,
    [
      file,
      `--workload=${workloadFile}`,
      `--workloads=${wanted.join(",")}`,
      `--peers=${folder}`,
      `--model=${existingModel()}`,
      `--threads=${threads}`,
      `--repeat=${values.quick ? "1" : values.repeat}`,
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    for (const part of parts) {
      if (part.startsWith('{"peer"')) lines.push(JSON.parse(part) as Line);
      else other += `${part}\n`;
    }
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (other += text));
  const code = await new Promise<number | string>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit, signal) => resolve(exit ?? signal ?? "unknown"));
  });
  console.error(`${name}: ${((now() - started) / 1000).toFixed(0)} s`);
  if (code === 0) return lines;
  console.error(other.slice(-4000));
  const measured = new Set(lines.filter((line) => !("trial" in line)).map(({ workload }) => workload));
  const missing = absent(`its script ended with ${code}`).filter(({ workload }) => !measured.has(workload));
  return [...lines, ...missing];
}

const scratch = mkdtempSync(path.join(tmpdir(), "trueline-bench-peers-"));
try {
  let workloadFile = script("workload.json");
  if (values.quick) {
    const whole = JSON.parse(readFileSync(workloadFile, "utf8")) as Workload;
    workloadFile = path.join(scratch, "workload.json");
    writeFileSync(workloadFile, JSON.stringify(shortened(whole)));
  }
  const load = loadavg()[0]!;
  const before = await measureMatmul(threads, now);
  const lines: Line[] = [];
  for (const name of Object.keys(peers) as Peer[])
    if (asked.has(name)) lines.push(...(await run(name, workloadFile)));
  const after = await measureMatmul(threads, now);
  const machine = { ...processor(), load, matmul: [before, after] as const, threads };
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ machine, lines }, null, 1)}\n`);
  console.log(comparison(lines, machine, values.quick));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
