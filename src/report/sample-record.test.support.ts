// Records for tests of page and card: a rich one whose texts are as hostile as a model's can be, and an empty one.

import type { RunRecord } from "../core/run-record.ts";
import { hostile } from "./hostile.test.support.ts";
import { findings } from "./sample-findings.test.support.ts";
import { gaps } from "./sample-gaps.test.support.ts";
import { suites } from "./sample-suites.test.support.ts";

const SHA = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";

/** A new record at every call. */
export function sampleRecord(): RunRecord {
  return structuredClone({
    schema: "trueline.run/1",
    manifest: {
      trueline: "0.1.0",
      engine: "trueline engine 1 on ONNX Runtime, 2 threads",
      model: {
        id: "smollm2-135m-instruct",
        title: "SmolLM2-135M-Instruct, Q4_1, dequantised to fp32",
        kind: "local",
        revision: { kind: "sha256", value: SHA },
        details: {
          file: "SmolLM2-135M-Instruct.Q4_1.gguf",
          bytes: 98_362_432,
          layers: 30,
          licence: "Apache-2.0",
        },
      },
      selfCheck:
        "self-check passed: cached = uncached, batched = single, last-layer lens = logits (worst 2e-6)",
      seed: 1,
      margin: 0.1,
      n: { choose: 300, write: 100 },
      maxTokens: 32,
      world: { name: "facts", version: "1", facts: 415 },
      stages: ["screening", "main"].map((stage) => ({
        suite: "sycophancy",
        stage,
        samples: 1245,
        sha256: SHA,
      })),
    },
    gaps: [...gaps],
    suites: [...suites],
    findings: [...findings],
    failed: [
      { sample: "refusal/main/plain/bread", because: "the server answered 503 three times" },
      { sample: "refusal/main/plain/tea", because: hostile.script },
    ],
    tokens: { prefilled: 104_233, decoded: 12_800 },
    timing: { startedAt: "2026-11-24T09:12:00.000Z", seconds: 214.6, matmulGflops: 118.4 },
  } satisfies RunRecord);
}

/** The same, with every text that comes from outside as hostile as the one given. */
export function recordFullOf(text: string): RunRecord {
  const record = sampleRecord();
  const swap = (value: unknown, key?: string): unknown => {
    if (typeof value === "string") return KEPT.has(key ?? "") ? value : text;
    if (Array.isArray(value)) return value.map((entry) => swap(entry));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([k, v], i) => [FREE.has(key ?? "") ? `${text}${i}` : k, swap(v, k)]),
      );
    return value;
  };
  const swapped = swap(record) as RunRecord;
  // A suite's name joins it to its gaps.
  return {
    ...swapped,
    suites: swapped.suites.map((suite, i) => ({ ...suite, name: record.suites[i]?.name ?? text })),
  };
}

/** Keys whose words are the schema's own, or join one part of the record to another. */
const KEPT = new Set(["schema", "kind", "of", "verdict", "path", "role", "suite"]);

/** Objects whose very keys come from outside. */
const FREE = new Set(["details", "counts"]);

/** A run that was stopped before anything was measured. */
export function emptyRecord(): RunRecord {
  const record = sampleRecord();
  return {
    ...record,
    manifest: { ...record.manifest, stages: [] },
    gaps: [],
    suites: [],
    findings: [],
    failed: [],
    tokens: { prefilled: 0, decoded: 0 },
  };
}
