// Which graders the options name: at most one proxy and one gold, each a column or something that is called.

import { optionFault } from "../option-value.ts";
import type { GraderChoice } from "./open-grader.ts";

export type GraderFlags = {
  readonly proxy?: string;
  readonly proxyModule?: string;
  readonly proxyCommand?: string;
  readonly proxyJudge?: string;
  readonly rubric?: string;
  readonly gold?: string;
  readonly goldModule?: string;
  readonly goldCommand?: string;
  readonly goldJudge?: string;
  readonly goldRubric?: string;
};

export type ChosenGraders = { readonly proxy?: GraderChoice; readonly gold?: GraderChoice };

/** What is called; a column is no grader. @throws SetupError where one is named twice, or a judge and its rubric do not come together. */
export function chosenGraders(flags: GraderFlags): ChosenGraders {
  const { proxyModule, proxyCommand, proxyJudge, rubric } = flags;
  const { goldModule, goldCommand, goldJudge, goldRubric } = flags;
  const proxy = chosen("proxy", flags.proxy, {
    module: proxyModule,
    command: proxyCommand,
    judge: proxyJudge,
    rubric,
  });
  const gold = chosen("gold", flags.gold, {
    module: goldModule,
    command: goldCommand,
    judge: goldJudge,
    rubric: goldRubric,
  });
  return { ...(proxy === undefined ? {} : { proxy }), ...(gold === undefined ? {} : { gold }) };
}

type Ways = Readonly<Record<"module" | "command" | "judge" | "rubric", string | undefined>>;

function chosen(of: "proxy" | "gold", column: string | undefined, ways: Ways): GraderChoice | undefined {
  const { module, command, judge, rubric } = ways;
  const rubricFlag = of === "proxy" ? "--rubric" : "--gold-rubric";
  const given = [
    [`--${of}`, column],
    [`--${of}-module`, module],
    [`--${of}-command`, command],
    [`--${of}-judge`, judge],
  ].flatMap(([flag, value]) => (value === undefined ? [] : [flag!]));
  if (given.length > 1)
    throw optionFault(given[0]!, `and ${given.slice(1).join(", ")} exclude each other`, `Give one ${of}.`);
  if (judge === undefined && rubric !== undefined)
    throw optionFault(
      rubricFlag,
      `is for a judge, and no --${of}-judge is given`,
      `Give --${of}-judge MODEL, or leave it out.`,
    );
  if (judge !== undefined) {
    if (rubric !== undefined) return { kind: "judge", model: judge, rubric };
    throw optionFault(
      rubricFlag,
      `must name the file that says what the judge marks by`,
      `For example --${of}-judge ${judge} ${rubricFlag} rubric.txt.`,
    );
  }
  if (module !== undefined) return { kind: "module", what: module };
  return command === undefined ? undefined : { kind: "command", what: command };
}
