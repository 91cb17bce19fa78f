// `trueline models`: what is known and cached; `pull NAME` fetches one, `check MODEL` says whether it is read rightly.

import { availableParallelism, homedir } from "node:os";
import type { Command } from "commander";
import { catalogue } from "../../model/catalogue.ts";
import { listModels, pullModel } from "../../model/fetch/index.ts";
import { fetchProgress, megabytes } from "../fetch-progress.ts";
import { wholeOption } from "../option-value.ts";
import { textTable } from "../text-table.ts";

export function define(command: Command): void {
  command.option("--json", "print as JSON").action(async (options: { json?: boolean }) => {
    const models = await listModels({ env: process.env, home: homedir() });
    if (options.json) {
      console.log(JSON.stringify(models, undefined, 2));
      return;
    }
    const rows = models.map(({ name, file, cache }) => [
      name,
      `${megabytes(file.bytes)} MB`,
      file.licence,
      cache.kind === "absent" ? "not cached" : `${cache.kind}: ${cache.path}`,
      file.title,
    ]);
    console.log(textTable(["name", "size", "licence", "state", "what it is"], rows, [1]));
    console.log(
      "\nA GGUF file or a folder with safetensors can be named by its path; a served model as openai-compatible:NAME with --base-url.",
    );
  });
  command
    .command("pull")
    .description("fetch a model of the catalogue into the cache")
    .argument("<name>", `a name that \`trueline models\` lists (${Object.keys(catalogue).join(", ")})`)
    .addHelpText("after", "\nExample:\n  $ trueline models pull smollm2-135m-instruct\n")
    .exitOverride()
    .action(async (name: string) => {
      const progress = fetchProgress(process.stderr);
      try {
        const found = await pullModel(name, { env: process.env, home: homedir(), onEvent: progress.onEvent });
        progress.end();
        console.log(
          `${found.source === "cache" ? "already here" : `fetched (${found.source})`}: ${found.path}`,
        );
        console.log(`${found.bytes} bytes, sha256 ${found.sha256}`);
      } finally {
        progress.end();
      }
    });
  command
    .command("check")
    .description("is this model read rightly? Invariants, and published figures where there are some")
    .argument("<model>", "a name that `trueline models` lists, a GGUF file, or a folder with safetensors")
    .option("--verbose", "every invariant with what was found and its limit")
    .option(
      "--known <name>",
      "compare with the published figures of this model (default: by the file's name)",
    )
    .option("--threads <number>", "threads of the engine (default: the machine's)")
    .option("--json", "print as JSON")
    .addHelpText("after", "\nExample:\n  $ trueline models check smollm2-135m-instruct --verbose\n")
    .exitOverride()
    .action(async (model: string, flags: CheckFlags) => {
      const { checkModel } = await import("../check-model.ts");
      // A parent's option of the same name takes the flag: commander looks there first.
      const json = flags.json ?? command.opts<{ json?: boolean }>().json;
      await checkModel(model, {
        ...(flags.verbose ? { verbose: true } : {}),
        ...(flags.known === undefined ? {} : { known: flags.known }),
        ...(json ? { json } : {}),
        threads:
          flags.threads === undefined
            ? availableParallelism()
            : wholeOption("--threads", flags.threads, 1, 256),
      });
    });
}

type CheckFlags = {
  readonly verbose?: boolean;
  readonly known?: string;
  readonly threads?: string;
  readonly json?: boolean;
};
