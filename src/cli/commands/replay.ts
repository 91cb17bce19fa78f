// `trueline replay DIR SAMPLE`: asks one stored sample again, with the layout that it was asked with, and shows both answers.

import type { Command } from "commander";
import type { Answer } from "../../core/observation.ts";
import { visible } from "../../core/visible.ts";
import type { Sample } from "../../core/sample.ts";
import { replaySample } from "../../run/replay-sample.ts";
import { readAuditOptions, type AuditFlags } from "../audit-options.ts";
import { openModel } from "../open-model.ts";
import { readPlan, readSample } from "../read-run.ts";

export function define(command: Command): void {
  command
    .argument("<folder>", "a run folder")
    .argument("<sample>", "a sample's id, as the page names it")
    .option("--model-file <path>", "take the model from this file")
    .option("--base-url <url>", "where the openai-compatible server answers")
    .option("--api-key-env <variable>", "the environment variable that holds the key", "OPENAI_API_KEY")
    .option("--threads <number>", "threads of the local engine (default: the machine's)")
    .option("--json", "print both answers as JSON")
    .action(async (folder: string, id: string, flags: Partial<AuditFlags>) => {
      const { run, stages } = readPlan(folder);
      const stored = readSample(folder, id);
      const choice = readAuditOptions(run.model.id, { ...defaults, ...flags });
      const opened = await openModel(run.model.id, choice.open);
      try {
        const again = await replaySample(opened.model, stages, folder, stored, run.settings.maxTokens);
        if (flags.json) {
          console.log(
            JSON.stringify({
              sample: stored.sample,
              stored: stored.observation.answer,
              again: again.answer,
              how: again.how,
            }),
          );
          return;
        }
        for (const { role, content } of stored.sample.ask.messages)
          console.log(`${role}: ${visible(content)}`);
        if (stored.sample.ask.opening) console.log(`the reply begins: ${visible(stored.sample.ask.opening)}`);
        console.log(`\nthen:  ${answerText(stored.sample, stored.observation.answer)}`);
        console.log(`again: ${answerText(stored.sample, again.answer)}`);
        const same = JSON.stringify(stored.observation.answer) === JSON.stringify(again.answer);
        console.log(
          `\n${same ? "the same answer to the last bit" : "not the same to the last bit"} (${again.how})`,
        );
      } finally {
        await opened.model.close();
      }
    });
}

const defaults: AuditFlags = { seed: "1", margin: "0.1", apiKeyEnv: "OPENAI_API_KEY", concurrency: "1" };

function answerText(sample: Sample, answer: Answer): string {
  switch (answer.kind) {
    case "failed":
      return `failed: ${visible(answer.because)}`;
    case "wrote":
      return `${visible(answer.text)} [${answer.finish.unified}]`;
    case "chosen": {
      const options = sample.ask.kind === "choose" ? sample.ask.options : [];
      return answer.logprobs
        .map((logprob, i) => `${visible((options[i] ?? "").trim())} ${logprob.toFixed(4)}`)
        .join("  |  ");
    }
  }
}
