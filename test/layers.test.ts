// Who may import whom: the folder table of the design, held for every import of src, with planted violations that must fail.

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

/** What each folder of src may import beside itself. A folder without a row is itself a violation. */
const allowed: Readonly<Record<string, readonly string[] | "all">> = {
  stats: [],
  core: ["stats"],
  model: ["core", "stats"],
  engine: ["core", "stats", "model"],
  score: ["core", "stats", "model"],
  suites: ["core", "stats", "model", "score"],
  goodhart: ["core", "stats", "model", "score"],
  run: ["core", "stats", "model", "score"],
  report: ["core", "stats"],
  lab: ["core", "stats", "model", "engine", "score", "suites", "goodhart", "run", "report"],
  serve: ["core", "model", "engine", "run", "report"],
  cli: "all",
};

/** Folders that compute and nothing else: of Node they may use only what has no effect. */
const pure: Readonly<Record<string, readonly string[]>> = { stats: [], core: ["node:crypto"] };

/** The only file that may import a name that is worked out: a user's own grader. */
const loadsUserModules = "cli/load-user-module.ts";

/** Files at the top of src may import all: they are the package's list of exports. */
const topFiles = ["index.ts"];

const comments = /^\s*(?:\/\/|\/?\*).*$/gm;
// The formatter puts each import statement at the start of a line; `import(` and `require(` may stand anywhere, in types too.
const statements = /^(?:import|export)\b[^;"'`(]*?["']([^"']+)["']/gm;
const calls = /\b(?:import|require)\(\s*(?:["'`]([^"'`$]+)["'`]|([^)\s][^)]*))/g;

type Source = { readonly file: string; readonly text: string };

/** Each violation in words; `file` is relative to src, as in "stats/rng.ts". Tests may import what they need. */
function violationsOf(sources: readonly Source[], table = allowed): string[] {
  return sources.flatMap(({ file, text }) => {
    if (/\.test(\.support)?\.ts$/.test(file)) return [];
    const folder = folderOf(file);
    const code = text.replaceAll(comments, "");
    return [...code.matchAll(statements), ...code.matchAll(calls)]
      .flatMap((match) => importFault(file, folder, match, table))
      .concat(intervalFaults(file, folder, code));
  });
}

function importFault(file: string, folder: string, match: RegExpMatchArray, table: typeof allowed): string[] {
  const [, target, computed] = match;
  if (target === undefined && file === loadsUserModules) return [];
  if (target === undefined)
    return [`${file}: imports the computed name ${computed}, which no table can judge`];
  if (!target.startsWith(".")) {
    const builtins = pure[folder];
    return builtins !== undefined && target.startsWith("node:") && !builtins.includes(target)
      ? [`${file}: ${folder} is pure, but imports ${target}`]
      : [];
  }
  const to = path.posix.join(path.posix.dirname(file), target);
  if (to.startsWith("..")) return folder === "cli" ? [] : [`${file}: imports ${target}, outside src`];
  if (folder === "")
    return topFiles.includes(file)
      ? []
      : [`${file}: only ${topFiles.join(", ")} may stand at the top of src`];
  const row = table[folder];
  if (row === undefined) return [`${file}: the folder ${folder} has no row in the table`];
  const other = folderOf(to);
  return other === folder || row === "all" || row.includes(other)
    ? []
    : [`${file}: ${folder} may not import ${other === "" ? to : other}`];
}

function intervalFaults(file: string, folder: string, code: string): string[] {
  if (folder === "stats") return [];
  return [
    ...(/\bas\s+Interval\b|<Interval>\s*[({[\w]/.test(code)
      ? [`${file}: casts to Interval; only stats makes one`]
      : []),
    ...(/\bintervalOf\b/.test(code) ? [`${file}: names intervalOf; only stats makes an interval`] : []),
  ];
}

function folderOf(file: string): string {
  return file.includes("/") ? file.slice(0, file.indexOf("/")) : "";
}

const src = path.resolve(import.meta.dirname, "../src");
const real: Source[] = globSync("**/*.ts", { cwd: src }).map((file) => ({
  file: file.replaceAll(path.sep, "/"),
  text: readFileSync(path.join(src, file), "utf8"),
}));

test("no file of src imports what its folder's row does not allow", () => {
  assert.ok(real.length > 20, `only ${real.length} files were found`);
  assert.deepEqual(violationsOf(real), []);
});

test("every folder of src that holds code has a row in the table", () => {
  const folders = new Set(real.map(({ file }) => folderOf(file)).filter((folder) => folder !== ""));
  assert.deepEqual(
    [...folders].filter((folder) => allowed[folder] === undefined),
    [],
  );
});

const planted: Readonly<Record<string, Source>> = {
  "a static import": { file: "stats/x.ts", text: 'import { y } from "../core/y.ts";\n' },
  "an import over several lines": {
    file: "report/x.ts",
    text: 'import {\n  y,\n  z,\n} from "../run/y.ts";\n',
  },
  "a type-only import": { file: "core/x.ts", text: 'import type { Y } from "../model/y.ts";\n' },
  "an inline type import": { file: "core/x.ts", text: 'export type X = import("../model/y.ts").Y;\n' },
  "an import for its effect": { file: "core/x.ts", text: 'import "../run/y.ts";\n' },
  "a re-export": { file: "core/x.ts", text: 'export { y } from "../suites/y.ts";\n' },
  "a re-export of all": { file: "core/x.ts", text: 'export * from "../suites/y.ts";\n' },
  "a type-only re-export": { file: "run/x.ts", text: 'export type { Y } from "../suites/suite.ts";\n' },
  "a dynamic import": { file: "report/x.ts", text: 'const y = await import("../engine/y.ts");\n' },
  "a dynamic import of a template": {
    file: "report/x.ts",
    text: "const y = await import(`../engine/y.ts`);\n",
  },
  "a dynamic import of a computed name": { file: "model/x.ts", text: "const y = await import(name);\n" },
  "a require": { file: "report/x.ts", text: 'const y = require("../cli/y.ts");\n' },
  "a folder without a row": { file: "utils/x.ts", text: 'import { y } from "../core/y.ts";\n' },
  "an import of a folder without a row": {
    file: "suites/x.ts",
    text: 'import { y } from "../utils/y.ts";\n',
  },
  "a loose file at the top": { file: "helpers.ts", text: 'import { y } from "./core/y.ts";\n' },
  "an import of the list of exports": { file: "run/x.ts", text: 'import { y } from "../index.ts";\n' },
  "an import from outside src": { file: "run/x.ts", text: 'import { y } from "../../test/y.ts";\n' },
  "a file system in core": { file: "core/x.ts", text: 'import { readFileSync } from "node:fs";\n' },
  "a cast to Interval": {
    file: "suites/x.ts",
    text: "export const i = { low: 0, high: 1, level: 0.95 } as Interval;\n",
  },
  "a double cast to Interval": {
    file: "suites/x.ts",
    text: "export const i = { low: 0 } as unknown as Interval;\n",
  },
  "an interval made elsewhere": {
    file: "core/x.ts",
    text: 'import { intervalOf } from "../stats/interval.ts";\n',
  },
};

for (const [what, source] of Object.entries(planted)) {
  test(`${what} that is not allowed is found`, () => {
    assert.equal(violationsOf([source]).length, 1);
  });
}

test("what the table allows is not called a violation", () => {
  const clean: Source[] = [
    {
      file: "suites/x.ts",
      text: 'import { y } from "../score/y.ts";\nimport type { I } from "../stats/interval.ts";\n// import { z } from "../cli/z.ts"\n',
    },
    { file: "cli/commands/x.ts", text: 'const y = await import("../../run/y.ts");\n' },
    {
      file: "stats/x.ts",
      text: 'import { intervalOf } from "./interval.ts";\nexport const i = x as Interval;\n',
    },
    { file: "core/x.ts", text: 'import { createHash } from "node:crypto";\n' },
    { file: "index.ts", text: 'export * from "./run/y.ts";\n' },
  ];
  assert.deepEqual(violationsOf(clean), []);
});
