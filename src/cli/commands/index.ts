// The commands: one file each, one line here.

import type { CommandEntry } from "../command.ts";

export const commands = {
  audit: {
    summary: "measure how far a model is from what is intended of it, and write the report",
    example: "trueline audit smollm2-135m-instruct --suite sycophancy --n 100",
    load: () => import("./audit.ts"),
  },
  gap: {
    summary: "measure how much optimisation a score, a grader or a preference file survives",
    example: "trueline gap --samples scores.jsonl --prompt prompt --proxy rating --gold truth --out gap",
    load: () => import("./gap.ts"),
  },
  lab: {
    summary: "worlds whose truth is known by construction: check what the estimators say",
    example: "trueline lab exact --feature 2.5 --prompts 200",
    load: () => import("./lab.ts"),
  },
  report: {
    summary: "write the page and the card of a finished run again",
    example: "trueline report .trueline/runs/first",
    load: () => import("./report.ts"),
  },
  diff: {
    summary: "set two finished runs side by side, gap by gap, with the difference",
    example: "trueline diff .trueline/runs/first .trueline/runs/second",
    load: () => import("./diff.ts"),
  },
  replay: {
    summary: "ask one sample of a run again and show both answers",
    example: "trueline replay .trueline/runs/first sycophancy/main/opinion/capitals/france",
    load: () => import("./replay.ts"),
  },
  serve: {
    summary: "serve a local model through the OpenAI API on 127.0.0.1",
    example: "trueline serve smollm2-135m-instruct",
    load: () => import("./serve.ts"),
  },
  models: {
    summary: "list the models that are known and cached, or fetch one",
    example: "trueline models pull smollm2-135m-instruct",
    load: () => import("./models.ts"),
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;
