// The command that makes a run of `trueline gap` again, as it is pasted into a shell.

import { shellWord } from "../../core/shell-word.ts";
import type { GapChoice } from "../gap-options.ts";
import type { GraderChoice } from "./open-grader.ts";
import { textLabelWords } from "./text-labels.ts";

export function gapCommand({ brought, labels, maxN, margin, seed }: GapChoice): string {
  const { kind, file, columns } = brought;
  const flag = { scores: "samples", drawn: "prompts", preferences: "preferences" }[kind];
  const { weights, ...named } = columns as Readonly<Record<string, string>>;
  return [
    `trueline gap --${flag} ${shellWord(file)}`,
    ...(kind === "drawn" ? drawWords(brought) : []),
    ...(kind === "preferences" ? [] : graderWords("proxy", brought.proxy)),
    ...(kind === "preferences" ? [] : graderWords("gold", brought.gold)),
    ...Object.entries(named).map(([name, column]) => `--${name} ${shellWord(column)}`),
    ...(kind === "scores" ? textLabelWords(brought.texts) : []),
    ...(weights === undefined
      ? labels === "random"
        ? ["--labels random"]
        : []
      : [`--labels ${shellWord(`weights:${weights}`)}`]),
    ...(maxN === undefined ? [] : [`--max-n ${maxN}`]),
    `--margin ${margin} --seed ${seed}`,
  ].join(" ");
}

function drawWords({
  model,
  draw: { draws, temperature, topP, maxTokens, system },
  open,
}: Extract<GapChoice["brought"], { readonly kind: "drawn" }>): readonly string[] {
  return [
    `--model ${shellWord(model)}`,
    // The address itself may hold what is nobody's business.
    ...(open.baseUrl === undefined ? [] : ["--base-url URL"]),
    `--draws ${draws} --temperature ${temperature} --top-p ${topP} --max-tokens ${maxTokens}`,
    ...(system === undefined ? [] : [`--system ${shellWord(system)}`]),
  ];
}

function graderWords(of: "proxy" | "gold", grader: GraderChoice | undefined): readonly string[] {
  if (grader === undefined) return [];
  if (grader.kind !== "judge") return [`--${of}-${grader.kind} ${shellWord(grader.what)}`];
  return [
    `--${of}-judge ${shellWord(grader.model)}`,
    `--${of === "proxy" ? "rubric" : "gold-rubric"} ${shellWord(grader.rubric)}`,
  ];
}
