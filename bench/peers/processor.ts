// The processor and its vector extensions, on which every ratio to a peer depends.

import { readFileSync } from "node:fs";
import { cpus } from "node:os";

/** What decides how fast products are, in float32 and in int8. */
const EXTENSIONS =
  /^(fma|avx|avx2|avx_vnni|avx512f|avx512bw|avx512_vnni|avx512_bf16|avx512_fp16|amx_tile|amx_int8|amx_bf16)$/;

export type Processor = {
  readonly name: string;
  readonly cores: number;
  /** Undefined where the system does not tell: only Linux's `/proc/cpuinfo` is read. */
  readonly extensions: readonly string[] | undefined;
};

export function processor(): Processor {
  const [first] = cpus();
  return { name: first?.model.trim() ?? "unknown", cores: cpus().length, extensions: extensions() };
}

function extensions(): readonly string[] | undefined {
  try {
    const flags = /^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1];
    return flags?.split(" ").filter((flag) => EXTENSIONS.test(flag));
  } catch {
    return undefined;
  }
}
