// Finds the texts at which a reply ends, wherever token boundaries fall, and holds back what may be the beginning of one.

export type StopTexts = {
  /** `text`: what certainly belongs to the reply. `stopped`: a stop text is complete; nothing may be pushed after it. */
  push(added: string): { readonly text: string; readonly stopped: boolean };
  /** What was held back, when no more comes. */
  end(): string;
};

/**
 * The stop text that is complete first counts, of several that end at one place the longest: so the reply does not depend on how
 * its text was cut into pieces.
 * @param stops none of them empty
 */
export function stopTexts(stops: readonly string[]): StopTexts {
  const longest = Math.max(0, ...stops.map((s) => s.length));
  let held = "";
  return {
    push: (added) => {
      const text = held + added;
      const found = firstComplete(text, stops);
      if (found !== undefined) {
        held = "";
        return { text: text.slice(0, found), stopped: true };
      }
      let from = Math.max(0, text.length - longest + 1);
      while (from < text.length && !stops.some((stop) => stop.startsWith(text.slice(from)))) from++;
      held = text.slice(from);
      return { text: text.slice(0, from), stopped: false };
    },
    end: () => {
      const rest = held;
      held = "";
      return rest;
    },
  };
}

/** Where the stop text begins that ends first. */
function firstComplete(text: string, stops: readonly string[]): number | undefined {
  let best: { readonly start: number; readonly end: number } | undefined;
  for (const stop of stops) {
    const start = text.indexOf(stop);
    if (start < 0) continue;
    const end = start + stop.length;
    if (!best || end < best.end || (end === best.end && start < best.start)) best = { start, end };
  }
  return best?.start;
}
