// The table of a side-by-side run: every peer's best rate, ours over it, and whether the bar that is set for it is met.

import type { Absence, Measurement, WorkloadName } from "./peer.ts";
import type { Processor } from "./processor.ts";

export type Line = Measurement | Absence;

export type Machine = Processor & {
  /** Load average of the last minute before the run. */
  readonly load: number;
  /** GFLOP/s before and after. */
  readonly matmul: readonly [number, number];
  readonly threads: number;
};

const titles: Readonly<Record<WorkloadName, string>> = {
  A: "A  prefill 8 x 64, as much captured as the peer can",
  B: "B  generation, 32 prompts x 64 new tokens",
  C: "C  generation, one prompt x 64 new tokens",
  D: "D  prefill 8 x 64, logits of the last place only",
};

type Bar = { readonly least: number; readonly floor?: number };

/** What ours must be, times a peer, after issue 5. Undefined: nothing is set. */
function barOf(
  workload: WorkloadName,
  peer: string,
  extensions: Processor["extensions"],
): Bar | string | undefined {
  switch (`${workload} ${peer}`) {
    case "A transformer-lens":
      return { least: 1.3 };
    case "B node-llama-cpp":
      return { least: 2, floor: 1.5 };
    case "B transformers.js":
      return { least: 2 };
    case "C node-llama-cpp":
      return { least: 1 };
    case "D node-llama-cpp":
      if (!extensions) return "depends on the processor";
      if (extensions.includes("amx_int8")) return { least: 0.7 };
      if (extensions.includes("avx512_vnni") || extensions.includes("avx_vnni"))
        return "none set for VNNI without AMX";
      return extensions.includes("avx2") ? { least: 3 } : "none set without AVX2";
    default:
      return undefined;
  }
}
/** Of the machine's matmul rate, in workload A. */
const SHARE_OF_MATMUL = 0.8;

/** A load above it, or matmul rates whose log ratio is above it, means that somebody else was working. */
const QUIET = 0.5;
const STEADY = 0.15;

const rate = ({ tokens, seconds }: Measurement) => tokens / Math.min(...seconds);
const isOurs = ({ peer }: Line) => peer.startsWith("ours");
const isMeasured = (line: Line): line is Measurement => "seconds" in line;

/** @param shortened the workload was: the figures say only that everything runs, and no bar is judged. */
export function comparison(lines: readonly Line[], machine: Machine, shortened: boolean): string {
  const { name, cores, extensions, load, matmul, threads } = machine;
  const disturbed = load > QUIET || Math.abs(Math.log(matmul[0] / matmul[1])) > STEADY;
  const judged = !shortened && !disturbed;
  const out = [
    ...(shortened ? ["Shortened workload: these figures say only that everything runs."] : []),
    ...(disturbed
      ? ["The machine was not idle (load, or matmul before and after): no bar is judged. Run it again alone."]
      : []),
    `${name}, ${cores} cores, ${threads} threads used; ${extensions?.join(" ") ?? "vector extensions not known"}`,
    `load average before: ${load.toFixed(2)}`,
    `matmul: ${matmul[0].toFixed(0)} GFLOP/s before, ${matmul[1].toFixed(0)} after`,
  ];
  for (const workload of ["A", "B", "C", "D"] as const) {
    const here = lines.filter((line) => line.workload === workload);
    if (here.length === 0) continue;
    // The faster of ours where there are two ways: each has its own row and name.
    const ours = here
      .filter((line): line is Measurement => isOurs(line) && isMeasured(line) && !line.trial)
      .toSorted((a, b) => rate(b) - rate(a))[0];
    out.push("", titles[workload], cells("peer", "tokens/s", "each repetition", "ours/peer", "bar", ""));
    for (const line of here) {
      if (!isMeasured(line)) out.push(cells(line.peer, "-", "", "", "", `not measured: ${line.absent}`));
      else if (!line.trial) out.push(row(line, ours, machine, judged));
    }
    for (const line of here) if (isMeasured(line) && line.trial) out.push(trial(line));
  }
  return out.join("\n");
}

function row(line: Measurement, ours: Measurement | undefined, machine: Machine, judged: boolean): string {
  const each = line.seconds.map((seconds) => (line.tokens / seconds).toFixed(0)).join(" ");
  const settings = settingsOf(line, ["threads", "system"]);
  if (isOurs(line)) {
    if (line.operations === undefined) return cells(line.peer, rate(line).toFixed(0), each, "", "", settings);
    const flops = line.operations / Math.min(...line.seconds) / 1e9;
    const share = flops / Math.max(...machine.matmul);
    const bar = line.workload === "A" ? `>= ${SHARE_OF_MATMUL} of matmul` : "";
    const verdict = line.workload === "A" && judged ? `${share >= SHARE_OF_MATMUL ? "met" : "MISSED"}; ` : "";
    const told = `${verdict}${flops.toFixed(0)} GFLOP/s, ${(100 * share).toFixed(0)} % of matmul; ${settings}`;
    return cells("ours", rate(line).toFixed(0), each, "", bar, told);
  }
  const ratio = ours && rate(ours) / rate(line);
  const bar = barOf(line.workload, line.peer, machine.extensions);
  const name = `${line.peer} ${line.version}`;
  const told = [judged ? verdictOf(ratio, bar) : "", agreement(line, ours), settings]
    .filter(Boolean)
    .join("; ");
  return cells(name, rate(line).toFixed(0), each, ratio?.toFixed(2) ?? "-", barText(bar), told);
}

function barText(bar: Bar | string | undefined): string {
  if (bar === undefined || typeof bar === "string") return bar ?? "";
  return `>= ${bar.least}${bar.floor === undefined ? "" : ` (floor ${bar.floor})`}`;
}

function verdictOf(ratio: number | undefined, bar: Bar | string | undefined): string {
  if (ratio === undefined || bar === undefined || typeof bar === "string") return "";
  if (ratio >= bar.least) return "met";
  return bar.floor !== undefined && ratio >= bar.floor ? "floor met" : "MISSED";
}

/** Replies that are ours token for token, and how many of all tokens stand before the first difference. */
function agreement({ replies }: Measurement, ours: Measurement | undefined): string {
  const other = ours?.replies;
  if (!replies || !other) return "";
  let same = 0;
  let before = 0;
  let all = 0;
  replies.forEach((reply, r) => {
    const first = reply.findIndex((id, i) => id !== other[r]?.[i]);
    if (first < 0) same++;
    before += first < 0 ? reply.length : first;
    all += reply.length;
  });
  return `${same} of ${replies.length} replies as ours (${((100 * before) / all).toFixed(0)} % of tokens before a difference)`;
}

function trial(line: Measurement): string {
  const settings = settingsOf(line, ["threads", "system", "llamaCpp", "dtype", "torch"]);
  return `   tried: ${line.peer} ${settings}: ${rate(line).toFixed(0)} tokens/s`;
}

function settingsOf({ settings }: Measurement, without: readonly string[]): string {
  return Object.entries(settings)
    .filter(([key]) => !without.includes(key))
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(", ");
}

function cells(...[peer, tokens, each, ratio, bar, told]: readonly string[]): string {
  return `   ${peer!.padEnd(24)} ${tokens!.padStart(8)}  ${each!.padEnd(20)} ${ratio!.padStart(9)}  ${bar!.padEnd(18)} ${told!}`.trimEnd();
}
