// Text of models, files and plans put into Markdown so that it stays text: in a line, in a table's cell, in a fence.

import { visible, visibleLines } from "../../core/visible.ts";

/** Text for one line of prose, a list item, a heading or a cell: no sign of it can begin markup, and no line of it can end the line. */
export function inline(text: string): string {
  return (
    visible(text)
      .replace(/[\\`*_{}[\]<>|~#&$@!]/g, (sign) => `\\${sign}`)
      // What some readers make links of by themselves.
      .replace(/:(?=\/\/)/g, "\\:")
      .replace(/\b(www)\./gi, "$1\\.")
      .replace(
        /^(\s*)([-+:=]|\d+(?=[.)]))/,
        (_all, space: string, first: string) => `${space}${/\d/.test(first) ? first : `\\${first}`}`,
      )
      .replace(/^(\s*\d+)([.)])/, "$1\\$2")
      .trim()
  );
}

/** A table: the head, and rows of cells that `inline` has made. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A code block that its content can't end: the fence is longer than any run of backticks inside. */
export function fence(text: string, language = "text"): string {
  const shown = visibleLines(text);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${shown}\n${ticks}`;
}

/** A span of code in one line: longer ticks than inside, and a space where the text begins or ends with one. For use outside of tables. */
export function code(text: string): string {
  const shown = visible(text);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  const space = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${ticks}${space}${shown}${space}${ticks}`;
}
