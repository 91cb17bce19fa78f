// How it is said that a user's module can't be a grader, wherever the module runs.

import { SetupError } from "../../core/errors.ts";
import { visible } from "../../core/visible.ts";
import { shown } from "../table/shown.ts";

const HINT = "A grader is a file like: export default ({ prompt, response }) => response.length;";

/** @param path as the user gave it. `hint` says the way out, before what a grader looks like. */
export function moduleFault(path: string, what: string, hint = "", cause?: unknown): SetupError {
  return new SetupError("GRADER", `the grader ${shown(path, 200)} ${what}`, {
    hint: hint === "" ? HINT : `${hint} ${HINT}`,
    cause,
  });
}

export function notLoaded(path: string, because: string, cause?: unknown): SetupError {
  return moduleFault(
    path,
    `can't be loaded: ${because}`,
    `Check the path, and that \`node ${visible(path)}\` runs.`,
    cause,
  );
}

export function noFunction(path: string): SetupError {
  return moduleFault(path, "has no default export that is a function");
}
