#!/usr/bin/env node
// The launcher: refuses a Node that is too old in words, then hands over to the program. Old syntax only: Node 12 must parse it.
import { existsSync } from "fs";
import nodeModule from "module";
import v8 from "v8";

var needed = [24, 11];
var found = process.versions.node.split(".").map(Number);
var sources = new URL("../src/cli/main.ts", import.meta.url);
var built = new URL("../dist/cli/main.js", import.meta.url);

if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  process.stderr.write(
    "trueline needs Node " +
      needed.join(".") +
      " or newer, and this is Node " +
      process.versions.node +
      ". " +
      "In a clone use `npm run trueline -- ...`, which runs on the Node that `npm ci` brings along; elsewhere install Node 24.\n",
  );
  process.exitCode = 2;
} else {
  // New objects get no more room than they start with: growing it is no faster here, and costs a hundred megabytes (bench/gap.ts).
  v8.setFlagsFromString("--semi-space-growth-factor=1");
  // Compiled code, stripped types included, is kept between starts: most of what `--help` would otherwise cost.
  nodeModule.enableCompileCache();
  // A reader that has seen enough (`| head`) is no fault, and what is being measured goes on.
  process.stdout.on("error", function (error) {
    if (error.code !== "EPIPE") throw error;
  });
  // A clone runs its sources, so that what is read is what runs; an installed package has only what was built.
  void import(existsSync(sources) ? sources.href : built.href);
}
