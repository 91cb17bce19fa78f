// `trueline lab own-summaries [MODEL]`: a model's own summaries of the world's texts under the rater, as many as are asked for.

import type { Command } from "commander";
import { ownSummaries } from "../lab/summaries/own-summaries.ts";
import { shellWord } from "../core/shell-word.ts";
import { OWN_TEXTS_SEED } from "../lab/summaries/own-texts.ts";
import { makeTexts } from "../lab/summaries/texts.ts";
import { rngFrom } from "../stats/rng.ts";
import { auditOptions, readAuditOptions, type AuditFlags } from "./audit-options.ts";
import { wholeOption } from "./option-value.ts";
import { runAuditIn } from "./run-audit-in.ts";

type OwnFlags = AuditFlags & { readonly texts: string; readonly candidates: string };

export function defineOwnSummaries(command: Command): void {
  auditOptions(command, "one")
    .option("--texts <number>", "texts that are summarised, at least 30", "50")
    .option("--candidates <number>", "summaries of each", "16")
    .addHelpText("after", "\nExample:\n  $ trueline lab own-summaries --texts 50 --candidates 64\n")
    .action(async (spec: string, flags: OwnFlags) => {
      const texts = wholeOption("--texts", flags.texts, 30, 10_000);
      const candidates = wholeOption("--candidates", flags.candidates, 2, 10_000);
      const suite = ownSummaries({
        texts: makeTexts(texts, rngFrom(OWN_TEXTS_SEED)),
        size: () => ({ texts, candidates }),
      });
      const choice = readAuditOptions(spec, flags);
      const { seed, margin, system } = choice.settings;
      const command = [
        `trueline lab own-summaries ${shellWord(spec)} --texts ${texts} --candidates ${candidates}`,
        `--seed ${seed} --margin ${margin}`,
        ...(system === undefined ? [] : [`--system ${shellWord(system)}`]),
        ...(spec.includes(":") ? ["--base-url URL"] : []),
      ];
      await runAuditIn(choice, [suite], flags, command.join(" "));
    });
}
