// Runs the tests in one process and ends with the plain line `N passed, N failed`.
//
//   node scripts/test.ts [--long] [FILE or FOLDER ...]
//
// One process for all files: the native runtime and the model load once, and 30 files take half a second instead of
// five. Two holes of that mode are closed here: an error thrown while a file loads can pass unseen once the file has
// registered a test (each file is imported again at the end, which throws the same error), and a test that never
// settles would wait for ever (a time limit).

import { existsSync, globSync, statSync } from "node:fs";
import path from "node:path";
import { run } from "node:test";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";

const LIMIT_MS = 15 * 60_000;
/** Tests above this are named at the end, so that nobody has to hunt for what makes a run slow. */
const SLOW_SECONDS = 5;
const root = path.resolve(import.meta.dirname, "..");
const requireAll = process.env["TRUELINE_REQUIRE_ALL"] === "1";

const words = process.argv.slice(2);
const long = words.includes("--long");
const named = words.filter((word) => word !== "--long");
const unknown = named.find((word) => word.startsWith("-") || !existsSync(word));
if (unknown !== undefined) {
  console.error(`scripts/test.ts: no file, folder or option is called ${unknown}`);
  process.exit(2);
}

const files =
  named.length > 0
    ? named.flatMap((word) => (statSync(word).isDirectory() ? testsIn(word, long) : [path.resolve(word)]))
    : ["src", "test"].flatMap((folder) => testsIn(path.join(root, folder), long));

function testsIn(folder: string, withLong: boolean): string[] {
  return globSync("**/*.test.ts", { cwd: folder })
    .filter((file) => withLong || !file.endsWith(".long.test.ts"))
    .map((file) => path.resolve(folder, file))
    .toSorted();
}

const tally = { passed: 0, failed: 0 };
const skipped: string[] = [];
const slow: { readonly title: string; readonly seconds: number }[] = [];
let finished = false;

// A test that exits the process, or a loop that runs dry, must not look like success.
process.on("exit", () => {
  if (finished) return;
  console.log(
    `\nThe process ended before all tests had run.\n${tally.passed} passed, ${tally.failed + 1} failed`,
  );
  process.exitCode = 1;
});

for await (const event of run({ files, isolation: "none", timeout: LIMIT_MS })) {
  if (event.type !== "test:pass" && event.type !== "test:fail") continue;
  const { name, file, line, details, skip, todo } = event.data;
  const where = file === undefined ? "" : ` (${path.relative(root, file)}:${line ?? 1})`;
  if (skip !== undefined || todo !== undefined) {
    skipped.push(`${name}${where}: ${reasonOf(skip) ?? reasonOf(todo) ?? "no reason given"}`);
  } else if (event.type === "test:pass") {
    if (details.type === "suite") continue;
    tally.passed++;
    if (details.duration_ms > 1000 * SLOW_SECONDS)
      slow.push({ title: `${name}${where}`, seconds: details.duration_ms / 1000 });
    if (named.length > 0) console.log(`ok    ${name}`);
  } else {
    // A file that does not load is reported below, once and whole.
    if (path.isAbsolute(name) && files.includes(name)) continue;
    const { error } = event.data.details;
    // The children of a suite or a test are reported by themselves.
    if ("failureType" in error && error.failureType === "subtestsFailed") continue;
    failed(`${name}${where}`, error.cause ?? error);
  }
}
for (const file of files) {
  await import(pathToFileURL(file).href).catch((error: unknown) =>
    failed(`${path.relative(root, file)} does not load`, error),
  );
}
finished = true;

function reasonOf(mark: string | boolean | undefined): string | undefined {
  return typeof mark === "string" && mark !== "" ? mark : undefined;
}

function failed(title: string, error: unknown): void {
  tally.failed++;
  console.log(`\nFAILED ${title}\n${inspect(error).replaceAll(/^/gm, "  ")}`);
}

if (slow.length > 0) {
  slow.sort((a, b) => b.seconds - a.seconds);
  console.log(
    `\nSlowest:\n${slow
      .slice(0, 10)
      .map(({ title, seconds }) => `  ${seconds.toFixed(1)} s  ${title}`)
      .join("\n")}`,
  );
}
if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((row) => `  ${row}`).join("\n")}`);
if (requireAll && skipped.length > 0) {
  console.log("\nTRUELINE_REQUIRE_ALL=1: a skipped test counts as failed here.");
  tally.failed += skipped.length;
}
if (tally.passed + tally.failed === 0) {
  console.log("\nNo test ran.");
  tally.failed = 1;
}
const shownSkips = skipped.length > 0 && !requireAll ? `, ${skipped.length} skipped` : "";
console.log(`\n${tally.passed} passed, ${tally.failed} failed${shownSkips}`);
// A handle that a test left open must not keep the process alive.
process.exit(tally.failed > 0 ? 1 : 0);
