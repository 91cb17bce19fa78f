// What a run of `trueline gap` is about, as its options say it: stored samples, prompts to be answered, or preferences.

import type { PairColumns } from "../../goodhart/pairs-of.ts";
import type { SampleColumns, TextLabels } from "../../goodhart/rows-of.ts";
import type { GapFlags } from "../gap-options.ts";
import type { OpenOptions } from "../open-model.ts";
import { optionFault } from "../option-value.ts";
import { chosenGraders, type ChosenGraders } from "./chosen-graders.ts";
import { drawChoice, openChoice, refuseDrawFlags, type DrawChoice } from "./drawn-choice.ts";
import type { PromptColumns } from "./read-prompts.ts";
import { textLabels } from "./text-labels.ts";

/** What is brought: samples, prompts that a model answers, or a file of preferences. */
export type Brought =
  | (ChosenGraders & {
      readonly kind: "scores";
      readonly file: string;
      readonly columns: SampleColumns & { readonly origin?: string };
      /** Of a proxy or gold column that holds labels in words. */
      readonly texts: TextLabels;
    })
  | (ChosenGraders & {
      readonly kind: "drawn";
      readonly file: string;
      readonly columns: PromptColumns;
      readonly model: string;
      readonly draw: DrawChoice;
      readonly open: OpenOptions;
    })
  | { readonly kind: "preferences"; readonly file: string; readonly columns: PairColumns };

/** @throws SetupError naming the option that is missing, or that does not go with the others. */
export function broughtBy(flags: GapFlags, seed: number, weights: string | undefined): Brought {
  const { samples, prompts, preferences, prompt, cluster } = flags;
  const given = [samples, prompts, preferences].filter((file) => file !== undefined);
  if (given.length !== 1)
    throw optionFault(
      "--samples",
      `or --preferences or --prompts must be given, and only one of them`,
      "For example --samples scores.jsonl --prompt prompt --proxy rating --gold truth.",
    );
  if (samples === undefined) textLabels(flags, {});
  if (prompts !== undefined) return drawnBy(flags, prompts, seed);
  refuseDrawFlags(flags);
  if (preferences !== undefined) {
    const { chosen, rejected } = flags;
    return {
      kind: "preferences",
      file: preferences,
      columns: {
        chosen,
        rejected,
        ...(prompt === undefined ? {} : { prompt }),
        ...(cluster === undefined ? {} : { cluster }),
      },
    };
  }
  return storedBy(flags, samples!, weights);
}

function storedBy(flags: GapFlags, file: string, weights: string | undefined): Brought {
  const { prompt, proxy, gold, response, cluster, stratum, origin } = flags;
  const graders = chosenGraders(flags);
  const called = graders.proxy !== undefined || graders.gold !== undefined;
  const needed = {
    "--prompt": prompt,
    ...(graders.proxy === undefined ? { "--proxy": proxy } : {}),
    ...(graders.gold === undefined ? { "--gold": gold } : {}),
    ...(called ? { "--response": response } : {}),
  };
  const missing = Object.entries(needed).find(([, column]) => column === undefined);
  if (missing !== undefined || prompt === undefined)
    throw optionFault(
      missing?.[0] ?? "--prompt",
      "must name a column",
      missing?.[0] === "--response"
        ? "A grader is called on the texts of the samples, so their column must be named."
        : "The column names stand in the file's first line.",
    );
  return {
    kind: "scores",
    file,
    ...graders,
    texts: textLabels(flags, {
      ...(proxy === undefined ? {} : { proxy }),
      ...(gold === undefined ? {} : { gold }),
    }),
    columns: {
      prompt,
      ...(proxy === undefined ? {} : { proxy }),
      ...(gold === undefined ? {} : { gold }),
      ...(response === undefined ? {} : { response }),
      ...(cluster === undefined ? {} : { cluster }),
      ...(stratum === undefined ? {} : { stratum }),
      ...(origin === undefined ? {} : { origin }),
      ...(weights === undefined ? {} : { weights }),
    },
  };
}

/** What is drawn has no columns yet: both scores must be called. */
function drawnBy(flags: GapFlags, file: string, seed: number): Brought {
  const { model, prompt, cluster, stratum, proxy, gold, response, origin } = flags;
  const stored = Object.entries({ "--proxy": proxy, "--gold": gold }).find(
    ([, column]) => column !== undefined,
  );
  if (stored !== undefined)
    throw optionFault(
      stored[0],
      "names a column of scores, but replies that are drawn now have none: a score per prompt says nothing of each reply",
      `Give ${stored[0]}-module, ${stored[0]}-command or ${stored[0]}-judge; or draw first, label the replies, and give them as --samples.`,
    );
  const text = Object.entries({ "--response": response, "--origin": origin }).find(
    ([, column]) => column !== undefined,
  );
  if (text !== undefined)
    throw optionFault(text[0], "names a column of samples, and here the model writes them", "Leave it out.");
  if (model === undefined)
    throw optionFault(
      "--model",
      "must name who answers the prompts",
      "For example --model smollm2-135m-instruct, or --model openai-compatible:NAME --base-url URL.",
    );
  const graders = chosenGraders(flags);
  const missing = (["proxy", "gold"] as const).find((of) => graders[of] === undefined);
  if (missing !== undefined)
    throw optionFault(
      `--${missing}-module`,
      `or --${missing}-command or --${missing}-judge must be given: replies that are drawn now have no scores`,
      `For example --${missing}-command 'python3 grader.py'.`,
    );
  return {
    kind: "drawn",
    file,
    ...graders,
    model,
    draw: drawChoice(flags),
    open: openChoice(flags, seed),
    columns: {
      ...(prompt === undefined ? {} : { prompt }),
      ...(cluster === undefined ? {} : { cluster }),
      ...(stratum === undefined ? {} : { stratum }),
    },
  };
}
