// Docs are run: every command that the README shows is one that the program knows, and every example prints what the README says.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Command } from "commander";
import { commands } from "../src/cli/commands/index.ts";
import type { CommandEntry } from "../src/cli/command.ts";
import { keptAudit, shown, shownIn, stored } from "../scripts/default-audit.ts";
import { existingModel, withoutRealModel } from "./real-model.ts";

const root = path.resolve(import.meta.dirname, "..");
const readme = readFileSync(path.join(root, "README.md"), "utf8");

/** `trueline …` lines in the README's code blocks, without their comments. */
function shownCommands(text: string): readonly string[] {
  return [...text.matchAll(/```sh\n(.*?)```/gsu)]
    .flatMap(([, block]) => block!.split("\n"))
    .filter((line) => line.startsWith("trueline "))
    .map((line) => line.replace(/\s+#.*$/u, ""));
}

async function faultOf(line: string): Promise<string | undefined> {
  const [, name, ...words] = line.split(/\s+/u);
  if (name === undefined || !Object.hasOwn(commands, name)) return `${line}: no command ${name}`;
  const command = new Command(name);
  (await (commands as Readonly<Record<string, CommandEntry>>)[name]!.load()).define(command);
  const all = [command, ...command.commands];
  const known = all.flatMap((c) => c.options.flatMap((o) => [o.long, o.short]));
  const unknown = words.find((word) => word.startsWith("--") && !known.includes(word));
  return unknown === undefined ? undefined : `${line}: no option ${unknown}`;
}

test("every command and option that the README shows exists", async () => {
  const lines = shownCommands(readme);
  assert.ok(lines.length >= 8, `${lines.length} commands found`);
  for (const line of lines) assert.equal(await faultOf(line), undefined);
});

test("a command or an option that does not exist is found", async () => {
  assert.match((await faultOf("trueline adit"))!, /no command adit/u);
  assert.match((await faultOf("trueline audit --sweet sycophancy"))!, /no option --sweet/u);
});

test("the README's two commands are npm scripts", () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  assert.ok(readme.includes("npm ci && npm run audit") && scripts["audit"]);
  assert.ok(readme.includes("npm ci && npm test") && scripts["test"]);
});

test("every file that the README points at exists", () => {
  for (const [, target] of readme.matchAll(/\]\(([^)#]+)\)/gu)) {
    assert.ok(
      target === "docs/decisions" ||
        readdirSync(path.join(root, path.dirname(target!))).includes(path.basename(target!)),
      target,
    );
  }
});

test("the example in the README runs and prints what the README says", { skip: withoutRealModel }, () => {
  const example = path.join(root, "examples/score-choices.ts");
  const printed = execFileSync(process.execPath, [example, existingModel()], { encoding: "utf8" });
  assert.ok(readme.includes(printed.trim()), `the example printed: ${printed}`);
});

test("the white-box example runs and prints what the README says", { skip: withoutRealModel }, () => {
  const example = path.join(root, "examples/white-box.ts");
  const printed = execFileSync(process.execPath, [example, existingModel()], { encoding: "utf8" });
  assert.equal(
    /<!-- white box -->\n```\n(.*?)```\n<!-- end of white box -->/su.exec(readme)?.[1],
    printed,
    `the example printed: ${printed}`,
  );
});

test("the README's table of the default audit is what the stored run says", () => {
  const result = keptAudit.parse(JSON.parse(readFileSync(stored, "utf8")));
  assert.equal(shownIn(readme), shown(result));
  const other = { ...result, seed: result.seed + 1 };
  assert.notEqual(shownIn(readme), shown(other));
});
