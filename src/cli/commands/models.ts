// `trueline models`: what is known and cached; `trueline models pull NAME` fetches one.

import { homedir } from "node:os";
import type { Command } from "commander";
import { catalogue } from "../../model/catalogue.ts";
import { listModels, pullModel } from "../../model/fetch/index.ts";
import { fetchProgress, megabytes } from "../fetch-progress.ts";
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
      "\nA GGUF file can be named by its path; a served model as openai-compatible:NAME with --base-url.",
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
}
