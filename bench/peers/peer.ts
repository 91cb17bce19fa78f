// What every peer's script shares: how it is called, and the one line a measurement that it prints.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

/**
 * A: prefill of all rows with the most that the peer gives. B: generation, all prompts. C: generation, the first prompt alone.
 * D: prefill of the same rows with the logits of the last place only.
 */
export type WorkloadName = "A" | "B" | "C" | "D";

/** The file that all peers read (`workload.json`, or a shorter copy of it). Token ids, so that nobody's tokenizer matters. */
export type Workload = {
  readonly newTokens: number;
  readonly prefill: readonly (readonly number[])[];
  readonly prompts: readonly { readonly text: string; readonly ids: readonly number[] }[];
};

/** One measurement. `seconds`: each repetition. `tokens`: of one repetition, new ones in B and C, read ones in A and D. */
export type Measurement = {
  readonly peer: string;
  readonly version: string;
  readonly workload: WorkloadName;
  readonly tokens: number;
  readonly seconds: readonly number[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** A trial of one of several settings, on one repetition and perhaps shorter replies, to find the best. */
  readonly trial?: true;
  /** Floating-point operations of one repetition, where the peer counts them. */
  readonly operations?: number;
  /** New token ids, a row a prompt: whether two peers computed the same. */
  readonly replies?: readonly (readonly number[])[];
};

/** What could not be measured, and why. */
export type Absence = { readonly peer: string; readonly workload: WorkloadName; readonly absent: string };

export type Call = {
  readonly workload: Workload;
  readonly workloads: ReadonlySet<WorkloadName>;
  /** The folder in which the peers are installed. */
  readonly peers: string;
  readonly model: string;
  readonly threads: number;
  readonly repeat: number;
};

/** The arguments that `bench/side-by-side.ts` gives to each script. */
export function call(): Call {
  const { values } = parseArgs({
    options: {
      workload: { type: "string" },
      workloads: { type: "string", default: "A,B,C,D" },
      peers: { type: "string" },
      model: { type: "string" },
      threads: { type: "string", default: "2" },
      repeat: { type: "string", default: "3" },
    },
  });
  const needed = (name: "workload" | "peers" | "model") => {
    const value = values[name];
    if (value === undefined) throw new Error(`--${name} is missing: bench/side-by-side.ts gives it`);
    return value;
  };
  return {
    workload: JSON.parse(readFileSync(needed("workload"), "utf8")) as Workload,
    workloads: new Set(values.workloads.split(",") as WorkloadName[]),
    peers: needed("peers"),
    model: needed("model"),
    threads: Number(values.threads),
    repeat: Number(values.repeat),
  };
}

/** Seconds of each of `repeat` runs, and what the last run gave. `warm`: first one more, which is not counted. */
export async function timed<T>(
  repeat: number,
  warm: boolean,
  work: () => Promise<T>,
): Promise<{ readonly seconds: readonly number[]; readonly made: T }> {
  if (warm) await work();
  const seconds: number[] = [];
  for (;;) {
    const start = performance.now();
    const made = await work();
    seconds.push((performance.now() - start) / 1000);
    if (seconds.length >= repeat) return { seconds, made };
  }
}

export function report(line: Measurement | Absence): void {
  console.log(JSON.stringify(line));
}

/** Rows to try side by side: 1, 8 and 32, none above what there is. */
export function parallelSettings(prompts: number): readonly number[] {
  return [...new Set([1, 8, 32].map((rows) => Math.min(rows, prompts)))];
}

/** New tokens a reply in a trial: half. */
export function trialTokens({ newTokens }: Workload): number {
  return Math.ceil(newTokens / 2);
}

/** The setting of the least cost; they are tried one after another. */
export async function cheapest<S>(settings: readonly S[], cost: (setting: S) => Promise<number>): Promise<S> {
  const costs: number[] = [];
  for (const setting of settings) costs.push(await cost(setting));
  return settings[costs.indexOf(Math.min(...costs))]!;
}
