// An option that holds a text, or names the file that does.

import { existsSync, readFileSync, statSync } from "node:fs";
import { visible } from "../core/visible.ts";
import { optionFault } from "./option-value.ts";

/** One word that ends like a file of text: hardly a prompt, likely a path with a slip in it. */
const LIKE_A_PATH = /^\S+\.(?:txt|md|prompt|json|ya?ml)$/iu;

/** A file's text is taken without the white space at its end. @throws SetupError for what looks like a file that is not there. */
export function textOrFile(value: string, option = "--system"): string {
  if (existsSync(value) && statSync(value).isFile()) return readFileSync(value, "utf8").trimEnd();
  if (LIKE_A_PATH.test(value))
    throw optionFault(
      option,
      `names a file that is not there: ${visible(value)}`,
      "Give the path of a file, or the text itself (in quotes).",
    );
  return value;
}
