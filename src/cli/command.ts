// A command as a value: what help shows of it, and the file that runs it, loaded only when it is called.

import type { Command } from "commander";

/** `define` adds arguments, options and the action to a command that already has its name and summary. */
export type CommandFile = { readonly define: (command: Command) => void };

export type CommandEntry = {
  readonly summary: string;
  readonly example: string;
  readonly load: () => Promise<CommandFile>;
};
