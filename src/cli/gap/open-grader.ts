// From what the user chose as a grader to one that can be called: a module, a command, or a model with a rubric.

import { createHash } from "node:crypto";
import { commandGrader } from "../../goodhart/proxy/command-grader.ts";
import { workerGrader } from "../../goodhart/proxy/worker-grader.ts";
import { judgeGrader } from "../../goodhart/judge/judge-grader.ts";
import { pairJudge } from "../../goodhart/judge/pair-judge.ts";
import { readRubric } from "../../goodhart/judge/read-rubric.ts";
import { startUserModule } from "../load-user-module.ts";
import type { OpenedModel } from "../open-model.ts";
import { commandBatches, judgeBatches, smallBatches, type CalledGrader } from "./called-grader.ts";
import { fileHash } from "./file-hash.ts";
import { tellPlainly } from "./judge-cost.ts";

export type GraderChoice =
  | { readonly kind: "module" | "command"; readonly what: string }
  | { readonly kind: "judge"; readonly model: string; readonly rubric: string };

export type OpenGraderOptions = {
  /** Opens a judge's model; it is the caller's to close. */
  readonly openJudge: (spec: string) => Promise<OpenedModel>;
  readonly seed: number;
  /** Ends the loading of a module. */
  readonly signal?: AbortSignal;
  /** Takes what is to be said before a judge is asked; it is shown on standard error unless given. */
  readonly tell?: (line: string) => void;
};

/**
 * A module is pinned by its own text, not by what it imports, and a command by its words alone: who changes what they call should
 * begin in a new folder.
 * @throws SetupError for what can't be loaded, opened or read.
 */
export async function openGrader(
  choice: GraderChoice,
  { openJudge, seed, signal, tell = tellPlainly }: OpenGraderOptions,
): Promise<CalledGrader> {
  switch (choice.kind) {
    case "module": {
      const grader = await workerGrader(choice.what, {
        start: startUserModule,
        ...(signal === undefined ? {} : { signal }),
      });
      const pins = { "": `module ${choice.what}`, "'s sha256": await fileHash(choice.what) };
      return { grader, says: choice.what, pins, batch: smallBatches };
    }
    case "command": {
      const machine = {
        env: process.env,
        kill: (pid: number, signal: "SIGKILL") => process.kill(pid, signal),
      };
      const grader = commandGrader(choice.what, { machine });
      return { grader, says: choice.what, pins: { "": `command ${choice.what}` }, batch: commandBatches };
    }
    case "judge": {
      const rubric = await readRubric(choice.rubric);
      const { model, engine } = await openJudge(choice.model);
      const { id, kind, revision, title } = model.description;
      const says = `judge ${choice.model}`;
      return {
        grader: judgeGrader(model, { rubric, name: says, seed }),
        says: `${says} (${title}) by ${choice.rubric}`,
        pins: {
          "": says,
          "'s revision": revision.kind === "sha256" ? revision.value : "not pinned",
          "'s engine": engine,
          "'s rubric's sha256": createHash("sha256").update(JSON.stringify(rubric)).digest("hex"),
          "'s seed": seed,
        },
        batch: judgeBatches,
        judge: {
          pairs: pairJudge(model, rubric, { seed, own: [...new Set([id, ...namesOf(choice.model)])] }),
          scale: rubric.scale,
          local: kind === "local",
          tell,
        },
      };
    }
  }
}

/** What a column of origins may call the model that the user names so. */
function namesOf(spec: string): readonly string[] {
  const served = /^[a-z-]+:(.+)$/u.exec(spec)?.[1];
  return served === undefined ? [spec] : [spec, served];
}
