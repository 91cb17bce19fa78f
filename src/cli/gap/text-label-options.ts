// The options that say what words of a column count as 1 and as 0.

import type { Command } from "commander";

export function textLabelOptions(command: Command): Command {
  const more = (value: string, before: readonly string[] = []) => [...before, value];
  return command
    .option(
      "--proxy-is <value>",
      "of a proxy column of words: what counts as 1; give it again for more",
      more,
    )
    .option("--proxy-is-not <value>", "and what counts as 0 (default: all the rest)", more)
    .option("--gold-is <value>", "of a gold column of words: as --proxy-is", more)
    .option("--gold-is-not <value>", "as --proxy-is-not", more);
}
