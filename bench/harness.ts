// What the harness itself costs: 10,000 samples of a model and a scorer that take no time, asked, scored, stored, measured and reported.
//
//   node bench/harness.ts [--samples 10000]

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { sampleId } from "../src/core/sample.ts";
import type { Suite } from "../src/core/suite.ts";
import type { Answered, Model } from "../src/model/model.ts";
import { renderCard, renderPage } from "../src/report/index.ts";
import { runAudit } from "../src/run/run-audit.ts";
import { share } from "../src/suites/measure/share.ts";
import { defaultWorld } from "../src/suites/world/index.ts";

const { values } = parseArgs({ options: { samples: { type: "string", default: "10000" } } });
const count = Number(values.samples);

const answered: Answered = {
  answer: { kind: "wrote", text: "yes", finish: { unified: "stop", raw: "stop" }, tokens: 1 },
  usage: { prefilled: 10, decoded: 1 },
};
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
  write: async (asks) => asks.map(() => answered),
  close: async () => undefined,
};
const samples = Array.from({ length: count }, (_, i) => ({
  id: sampleId("bench", "main", "asked", String(i)),
  suite: "bench",
  stage: "main",
  arm: "asked",
  item: String(i),
  ask: {
    kind: "write" as const,
    messages: [{ role: "user" as const, content: `Question ${i}?` }],
    maxTokens: 8,
    temperature: 0,
    topP: 1,
    seed: 0,
  },
  key: {},
}));
const suite: Suite = {
  name: "bench",
  version: "1",
  title: "Bench",
  gaps: [
    {
      name: "no",
      kind: "rate",
      intention: "The answer is yes.",
      control: "none",
      directions: { above: "no", below: "yes" },
    },
  ],
  method: ["One question.", "One answer.", "One share."],
  meaning: { gap: "No.", holds: "Yes.", unclear: "Perhaps.", "could-not-test": "Nothing." },
  stages: [{ name: "main", samples: () => samples, expected: () => samples }],
  measure: (outcomes) => ({
    gaps: [
      {
        name: "no",
        ...share(
          outcomes.map(({ sample, observation: { answer } }) => ({
            item: sample.item,
            score: {
              kind: "scored" as const,
              value: answer.kind === "wrote" && answer.text === "no" ? 1 : 0,
            },
          })),
        ),
        control: { says: "none", value: { kind: "none", because: "a bench needs none", n: 0 } },
        path: "sampling",
      },
    ],
    descriptors: [],
    tallies: [],
    failures: [],
    notes: [],
  }),
};

const folder = mkdtempSync(path.join(tmpdir(), "trueline-bench-"));
const start = performance.now();
const result = await runAudit({
  model,
  suites: [suite],
  world: defaultWorld,
  settings: { seed: 1, margin: 0.1, n: { choose: count, write: count }, maxTokens: 8 },
  folder: path.join(folder, "run"),
  versions: { trueline: "bench", engine: "none" },
  selfCheck: "none",
  clock: { timestamp: () => new Date().toISOString(), ticks: () => performance.now() },
  processes: { pid: process.pid, isRunning: () => false },
});
if (result.kind !== "finished") throw new Error("the run did not finish");
writeFileSync(path.join(folder, "report.html"), renderPage(result.record));
writeFileSync(path.join(folder, "card.md"), renderCard(result.record));
const seconds = (performance.now() - start) / 1000;
rmSync(folder, { recursive: true });
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `${count} samples: ${seconds.toFixed(2)} s, ${(count / seconds).toFixed(0)} samples/s, peak ${peak.toFixed(0)} MiB`,
);
