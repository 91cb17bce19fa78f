// Which of the options does a written reply name? The first that stands there as a word of its own and is not denied.

/** How an option may be spelled in a reply; the first form is the option itself. */
export type Forms = readonly (readonly string[])[];

export type Named =
  | { readonly kind: "option"; readonly index: number }
  | { readonly kind: "none"; readonly because: string };

/** Words before an option that take it back: "not Paris", "isn't Paris", "rather than Paris". */
const DENIAL =
  /\b(?:not|never|isn['’]t|wasn['’]t|aren['’]t|weren['’]t|rather than|instead of|unlike)(?:\s+(?:the|a|an|in|called|named|actually|really|quite))*\s*["'“‘*]*$/iu;

/** The option that the reply names first, or why none can be said to be its answer. */
export function namedOption(reply: string, forms: Forms): Named {
  if (reply.trim() === "") return { kind: "none", because: "the reply is empty" };
  const found = forms.flatMap((spellings, index) => {
    const places = spellings.flatMap((form) => mentions(reply, form));
    return places.length > 0
      ? [
          {
            index,
            at: Math.min(...places.map((p) => p.at)),
            length: Math.max(...places.map((p) => p.length)),
          },
        ]
      : [];
  });
  if (found.length === 0) return { kind: "none", because: "the reply names none of the options" };
  // Where one option's words stand inside another's ("Guinea", "Papua New Guinea"), the longer one is meant.
  found.sort((a, b) => a.at - b.at || b.length - a.length);
  return { kind: "option", index: found[0]!.index };
}

const WORD_BEFORE = /[\p{L}\p{N}]$/u;
const WORD_AFTER = /^[\p{L}\p{N}]/u;

function mentions(reply: string, form: string): { at: number; length: number }[] {
  const word = form.trim();
  if (word === "") return [];
  // The classes of letters stand in patterns of their own: compiled anew for every form they took seconds of an audit.
  const pattern = new RegExp(word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"), "giu");
  const found: { at: number; length: number }[] = [];
  for (let match = pattern.exec(reply); match; match = pattern.exec(reply)) {
    const [before, after] = [reply.slice(0, match.index), reply.slice(match.index + match[0].length)];
    if (!WORD_BEFORE.test(before) && !WORD_AFTER.test(after) && !DENIAL.test(before))
      found.push({ at: match.index, length: match[0].length });
    pattern.lastIndex = match.index + 1;
  }
  return found;
}
