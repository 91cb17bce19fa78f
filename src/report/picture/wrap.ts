// Text in lines of at most so many characters, for SVG, which does not wrap by itself.

import { visible } from "../../core/visible.ts";

/** Breaks between words, and inside a word that is longer than a line. More than `most` lines end in "…". */
export function wrap(text: string, width: number, most: number): readonly string[] {
  // Enough for any picture: a hostile text of 100,000 characters is not split whole.
  const words = visible(text.slice(0, width * (most + 1)))
    .split(/\s+/u)
    .filter((word) => word !== "")
    .flatMap((word) => pieces(word, width));
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && length(last) + 1 + length(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  if (lines.length <= most) return lines;
  const last = lines[most - 1] ?? "";
  return [
    ...lines.slice(0, most - 1),
    `${Array.from(last)
      .slice(0, width - 1)
      .join("")}…`,
  ];
}

function pieces(word: string, width: number): string[] {
  const signs = Array.from(word);
  return Array.from({ length: Math.ceil(signs.length / width) }, (_, i) =>
    signs.slice(i * width, (i + 1) * width).join(""),
  );
}

function length(text: string): number {
  return Array.from(text).length;
}
