// Text that comes in pieces, cut into lines of bounded length: a line without end must not fill the memory.

export type LineCutter = {
  /** The next piece, as it came. */
  readonly push: (text: string) => void;
  /** What stands after the last line feed, or undefined where nothing does. */
  readonly rest: () => string | undefined;
};

/** Calls back once a line, without its line feed. Of a longer line, the first `longest + 1` characters: it can be told by that. */
export function lineCutter(longest: number, onLine: (line: string) => void): LineCutter {
  let held = "";
  const hold = (text: string) => {
    held += text.slice(0, longest + 1 - held.length);
  };
  return {
    push: (text) => {
      let from = 0;
      for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", from)) {
        hold(text.slice(from, at));
        const line = held;
        held = "";
        from = at + 1;
        onLine(line);
      }
      hold(text.slice(from));
    },
    rest: () => (held === "" ? undefined : held),
  };
}
