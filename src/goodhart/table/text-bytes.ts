// The bytes of a text file without their byte order mark, all of them known to be UTF-8.

import { isUtf8 } from "node:buffer";
import { countLines } from "./count-lines.ts";
import { tableFault } from "./table-fault.ts";

/** @throws SetupError TABLE_FORMAT where they are not UTF-8 (the first such line is named), TABLE_EMPTY where only a mark is there. */
export function textBytes(bytes: Buffer, file: string): Buffer {
  const text = bytes.subarray(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
  if (text.length === 0)
    throw tableFault("TABLE_EMPTY", file, " is empty", { hint: "Name a file that holds rows." });
  if (isUtf8(text)) return text;
  const utf16 = (text[0] === 0xff && text[1] === 0xfe) || (text[0] === 0xfe && text[1] === 0xff);
  throw tableFault(
    "TABLE_FORMAT",
    file,
    utf16 ? " is UTF-16, not UTF-8" : `, line ${firstBadLine(text)}: not UTF-8`,
    { hint: "Save the file as UTF-8." },
  );
}

/** A line feed is never part of another character, so each line stands for itself. */
function firstBadLine(text: Buffer): number {
  let start = 0;
  for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10, start)) {
    if (!isUtf8(text.subarray(start, end))) break;
    start = end + 1;
  }
  return 1 + countLines(text, 0, start);
}
