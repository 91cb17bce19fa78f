// What pressing on a specification costs beside model and graders: 10,000 samples of a model and two graders that take no time,
// drawn, graded, stored, measured and reported; and 200 x 64 stored samples, read from a file.
//
//   node bench/gap.ts [--prompts 157]

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { gap, rngFrom } from "../src/index.ts";
import type { Model } from "../src/model/model.ts";

const { values } = parseArgs({ options: { prompts: { type: "string", default: "157" } } });
// As the launcher does.
setFlagsFromString("--semi-space-growth-factor=1");
const DRAWS = 64;
const rng = rngFrom("bench gap");

const words = "one two three four five six seven eight nine ten".split(" ");
const model: Model = {
  description: {
    id: "instant",
    title: "A model that takes no time",
    kind: "scripted",
    revision: { kind: "unpinned", because: "it has no weights" },
    details: {},
  },
  batching: { kind: "each", concurrency: 64 },
  choose: { kind: "absent", because: "it only writes" },
  write: async (asks) =>
    asks.map(() => ({
      answer: {
        kind: "wrote" as const,
        text: Array.from({ length: 5 + rng.int(20) }, () => rng.pick(words)).join(" "),
        finish: { unified: "stop" as const, raw: "stop" },
        tokens: 20,
      },
      usage: { prefilled: 10, decoded: 20 },
    })),
  close: async () => undefined,
};

const folder = mkdtempSync(path.join(tmpdir(), "trueline-bench-gap-"));
try {
  const prompts = Array.from({ length: Number(values.prompts) }, (_, i) => `Say something about ${i}.`);
  const start = performance.now();
  const record = await gap({
    samples: { prompts, model, draws: DRAWS },
    proxy: ({ response }) => response.length,
    gold: ({ response }) => (response.split("one").length - 1) / (1 + response.length / 40),
    folder: path.join(folder, "drawn"),
  });
  const seconds = (performance.now() - start) / 1000;
  const { maxRSS } = process.resourceUsage();
  console.log(
    `${prompts.length * DRAWS} samples drawn, graded twice, stored, measured, reported: ${seconds.toFixed(2)} s, peak memory ${Math.round(maxRSS / 1024)} MiB (bar: 2 s, 300 MB); ${record.gaps[0]!.verdict}`,
  );
  const file = path.join(folder, "scores.jsonl");
  const rows = Array.from({ length: 200 * 64 }, (_, i) => {
    const gold = rng.uniform();
    return JSON.stringify({ prompt: `p${i % 200}`, proxy: gold + rng.uniform(), gold });
  });
  writeFileSync(file, `${rows.join("\n")}\n`);
  const begun = performance.now();
  execFileSync(process.execPath, [
    path.join(import.meta.dirname, "../bin/trueline.js"),
    ...`gap --samples ${file} --prompt prompt --proxy proxy --gold gold --out ${folder}/stored`.split(" "),
  ]);
  console.log(
    `200 prompts x 64 stored samples, the whole command: ${((performance.now() - begun) / 1000).toFixed(2)} s (bar: 5 s)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
