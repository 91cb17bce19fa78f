// Renders a conversation so that it is known which special tokens its authors wrote themselves: those are text.

import type { Message } from "../../core/message.ts";

export type MarkedText = {
  readonly text: string;
  /** UTF-16 positions in `text` that no special token may cover. */
  readonly plain: ReadonlySet<number>;
};

type Options = {
  /** The texts of all special tokens, none empty. */
  readonly specials: readonly string[];
  readonly render: (messages: readonly Message[]) => string;
  /** Whether a character stands in the template itself. */
  readonly writes: (character: string) => boolean;
};

/** Unicode's private use area: characters without a meaning, a case or a width that a template could act on. */
const FIRST_STAND_IN = 0xe000;
const LAST_STAND_IN = 0xf8ff;

/**
 * One character of every special token in a message is swapped for a stand-in before the template sees it, and back after. So the template
 * can trim, measure or split the text as ever, and wherever it puts the words the marked character goes with them; only a test for
 * the special token itself no longer finds it, which is right: it is text. Half a special token at the edge of a message is
 * marked too, or a template could complete it.
 * Not seen: a special token that a template makes itself by rewriting a message's letters (`lower`, `replace`).
 */
export function plainConversation(messages: readonly Message[], options: Options): MarkedText {
  const { specials, render, writes } = options;
  const marks = messages.map((m) => markedPositions(m.content, specials));
  if (marks.every((m) => m.size === 0)) return { text: render(messages), plain: new Set() };

  const taken = new Set(messages.flatMap((m) => m.content.split("")));
  const originals = new Map<string, string>();
  const standIns = new Map<string, string>();
  let next = FIRST_STAND_IN;
  const standInFor = (unit: string): string => {
    const known = standIns.get(unit);
    if (known !== undefined) return known;
    while (
      next <= LAST_STAND_IN &&
      (taken.has(String.fromCharCode(next)) || writes(String.fromCharCode(next)))
    )
      next++;
    if (next > LAST_STAND_IN) throw new RangeError("the conversation uses every private-use character");
    const made = String.fromCharCode(next++);
    standIns.set(unit, made);
    originals.set(made, unit);
    return made;
  };
  const rendered = render(
    messages.map((m, i) => ({
      ...m,
      content: m.content
        .split("")
        .map((unit, at) => (marks[i]!.has(at) ? standInFor(unit) : unit))
        .join(""),
    })),
  );
  const plain = new Set<number>();
  const units = rendered.split("").map((unit, at) => {
    const original = originals.get(unit);
    if (original === undefined) return unit;
    plain.add(at);
    return original;
  });
  return { text: units.join(""), plain };
}

/** The positions in a text that break every special token in it, whole or begun or ended at its edges; never white space at an edge. */
export function markedPositions(content: string, specials: readonly string[]): Set<number> {
  const marked = new Set<number>();
  const lead = content.length - content.trimStart().length;
  const end = content.trimEnd().length;
  for (const special of specials) {
    const first = Math.max(0, special.search(/\S/u));
    for (let at = content.indexOf(special); at >= 0; at = content.indexOf(special, at + 1))
      marked.add(at + first);
    for (let length = first + 1; length < special.length; length++) {
      const beginning = special.slice(0, length);
      for (const to of [end, content.length])
        if (to >= length && content.endsWith(beginning, to)) marked.add(to - length + first);
    }
    const last = special.trimEnd().length;
    for (let length = special.length - last + 1; length < special.length; length++) {
      const ending = special.slice(-length);
      for (const from of [lead, 0])
        if (content.startsWith(ending, from)) marked.add(from + last - 1 - (special.length - length));
    }
    const core = content.slice(lead, end);
    if (core !== "" && core.length < special.length && special.includes(core)) marked.add(lead);
  }
  return marked;
}
