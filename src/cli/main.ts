// The entry of the command line: finds the command, runs it, and is the one place that exits.

import { Command, CommanderError } from "commander";
import { commands } from "./commands/index.ts";
import type { CommandEntry } from "./command.ts";
import { exitCode } from "./exit-code.ts";
import { printFailure } from "./print-failure.ts";
import { version } from "./version.ts";

/** Exit codes: 0 ran, 1 `--fail-on` bit, 2 the user can mend it, 70 a bug, 130 stopped by Ctrl-C. */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command("trueline")
    .description(
      "Measures how far a language model is out of true: what was intended against what was specified.",
    )
    .version(version, "-v, --version")
    .showSuggestionAfterError()
    .exitOverride()
    .helpCommand(false)
    .addHelpText("after", `\nExample:\n  $ ${commands.audit.example}\n`);
  const asked = argv.find((word) => !word.startsWith("-"));
  for (const [name, entry] of Object.entries<CommandEntry>(commands)) {
    const command = program
      .command(name)
      .description(entry.summary)
      .exitOverride()
      .showSuggestionAfterError();
    command.addHelpText("after", `\nExample:\n  $ ${entry.example}\n`);
    if (name === asked) (await entry.load()).define(command);
  }
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode.value;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return printFailure(error);
  }
}

process.exitCode = await main(process.argv.slice(2));
