// Every lint rule that the house relies on bites: a planted violation of each is found, and where it is allowed it is not.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

const root = path.resolve(import.meta.dirname, "..");

/** File, source, and the rule that must be reported there ("" for none). */
const planted: readonly (readonly [string, string, string])[] = [
  ["src/core/floating.ts", "export function f(): void {\n  Promise.resolve(1);\n}\n", "no-floating-promises"],
  [
    "src/core/misused.ts",
    "export const f = (xs: number[]) => xs.filter(async (x) => x > 0);\n",
    "no-misused-promises",
  ],
  [
    "src/core/cycle-a.ts",
    'import { b } from "./cycle-b.ts";\nexport const a = (): number => b();\n',
    "no-cycle",
  ],
  [
    "src/core/cycle-b.ts",
    'import { a } from "./cycle-a.ts";\nexport const b = (): number => a();\n',
    "no-cycle",
  ],
  ["src/core/prints.ts", 'console.log("x");\nexport {};\n', "no-console"],
  ["src/core/reads-process.ts", "export const x = process.argv;\n", "no-restricted-globals"],
  [
    "src/core/imports-process.ts",
    'import { argv } from "node:process";\nexport const x = argv;\n',
    "no-restricted-imports",
  ],
  ["src/core/random.ts", "export const x = Math.random();\n", "no-restricted-properties"],
  ["src/core/clock.ts", "export const x = Date.now();\n", "no-restricted-globals"],
  ["src/core/new-date.ts", "export const x = new Date();\n", "no-restricted-globals"],
  ["src/core/ticks.ts", "export const x = performance.now();\n", "no-restricted-globals"],
  ["src/core/long.ts", `${"export {};\n".repeat(401)}`, "max-lines"],
  ["src/core/any.ts", "export const x = (y: any): number => y;\n", "no-explicit-any"],
  [
    "src/core/value-import.ts",
    'import { T } from "./types.ts";\nexport const x: T = 1;\n',
    "consistent-type-imports",
  ],
  ["src/core/types.ts", "export type T = number;\n", ""],
  ["src/core/default.ts", "const x = 1;\nexport default x;\n", "no-default-export"],
  ["src/core/loose.ts", "export const x = (y: string): boolean => y == null;\n", "eqeqeq"],
  [
    "src/core/switch.ts",
    'export function f(x: "a" | "b"): number {\n  switch (x) {\n    case "a":\n      return 1;\n  }\n  return 2;\n}\n',
    "switch-exhaustiveness-check",
  ],
  ["src/cli/prints.ts", 'console.log(process.argv, "x");\nexport {};\n', ""],
  ["src/cli/late.ts", "export const x = Date.now();\n", "no-restricted-globals"],
  ["src/cli/random.ts", "export const x = Math.random();\n", "no-restricted-properties"],
  ["src/cli/clock.ts", "export const x = Date.now();\n", ""],
  [
    "src/core/some.test.ts",
    'import { test } from "node:test";\ntest("x", () => {});\nconsole.log(process.argv, Date.now());\n',
    "",
  ],
];

test("each lint rule reports its planted violation, and nothing where it is allowed", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "trueline-lint-"));
  try {
    for (const name of [".oxlintrc.json", "tsconfig.json", "package.json"])
      cpSync(path.join(root, name), path.join(folder, name));
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    for (const [file, source] of planted) {
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(folder, file), source);
    }
    const report = await oxlint(folder);
    for (const [file, , rule] of planted) {
      const found = report.filter((row) => row.filename === file).map((row) => row.code);
      if (rule === "") assert.deepEqual(found, [], `${file} must be clean`);
      else
        assert.ok(
          found.some((code) => code.endsWith(`(${rule})`)),
          `${file}: wanted ${rule}, got ${found.join(", ") || "nothing"}`,
        );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function oxlint(cwd: string): Promise<readonly { filename: string; code: string }[]> {
  const program = path.join(root, "node_modules", "oxlint", "bin", "oxlint");
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program, "--type-aware", "-f", "json", "src"],
      { cwd },
      (_failure, stdout, stderr) => {
        try {
          resolve((JSON.parse(stdout) as { diagnostics: { filename: string; code: string }[] }).diagnostics);
        } catch (error) {
          reject(new Error(`oxlint said: ${stdout.slice(0, 500)}${stderr.slice(0, 500)}`, { cause: error }));
        }
      },
    );
  });
}
