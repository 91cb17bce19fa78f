// An option that holds a text, or names the file that does.

import { existsSync, readFileSync, statSync } from "node:fs";

/** A file's text is taken without the white space at its end. */
export function textOrFile(value: string): string {
  return existsSync(value) && statSync(value).isFile() ? readFileSync(value, "utf8").trimEnd() : value;
}
