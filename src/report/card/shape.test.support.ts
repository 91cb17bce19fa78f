// The shape of a Markdown text as a reader of GitHub's Markdown sees it, line by line, for comparing two cards: headings, rows and their
// cells, list items, fences, raw markup. What stands inside a fence has no shape.

export function shapeOf(card: string): readonly string[] {
  const body = card.replace(/^---\n[\s\S]*?\n---\n/, "");
  const shape: string[] = [];
  let fence = "";
  for (const line of body.split("\n")) {
    const [, ticks = ""] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== "") {
      if (ticks[0] === fence[0] && ticks.length >= fence.length && line.trim() === ticks) {
        fence = "";
        shape.push("fence ends");
      }
      continue;
    }
    if (ticks !== "") fence = ticks;
    shape.push(kindOf(line, ticks));
  }
  return shape;
}

function kindOf(line: string, ticks: string): string {
  if (ticks !== "") return `fence ${line.slice(ticks.length)}`;
  if (line === "") return "blank";
  // Escaped signs mean nothing, and a span of code holds nothing that does.
  const bare = line
    .replaceAll(/\\[\\`*_{}[\]<>|~#&$@!:.+=-]/g, "")
    .replaceAll(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, "code");
  const marks = /[<>[\]*_]|https?:|www\./g.exec(bare.replaceAll("**", "")) === null ? "" : ", with marks";
  const [, heading] = /^ {0,3}(#{1,6})\s/.exec(bare) ?? [];
  if (heading !== undefined) return `heading ${heading.length}${marks}`;
  if (/^ {0,3}(?:[-=]+\s*$|(?:[-*_]\s*){3,}$)/.test(bare)) return "rule";
  if (bare.startsWith("|"))
    return `row of ${bare.split("|").length - 2}${bare.includes("[") ? ", figures" : ""}`;
  const [, item] = /^\s*([-+*]|\d+[.)])\s/.exec(bare) ?? [];
  return item === undefined ? `text${marks}` : `item ${item}${marks}`;
}
