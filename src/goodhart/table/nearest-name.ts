// The name that was probably meant.

/** Names longer than this are compared by nobody. */
const longest = 64;
/** Names beyond these are not looked at: a hostile file may have millions. */
const most = 2000;

/** The one of `names` with the fewest edits from `asked`, capitals aside; none where more than half of it would change. */
export function nearestName(asked: string, names: readonly string[]): string | undefined {
  const wanted = asked.toLowerCase();
  if (wanted.length > longest) return undefined;
  let nearest: string | undefined;
  let fewest = Math.max(1, Math.floor(wanted.length / 2)) + 1;
  for (const name of names.slice(0, most)) {
    if (name.length > longest) continue;
    const edits = editsBetween(wanted, name.toLowerCase());
    if (edits < fewest) [nearest, fewest] = [name, edits];
  }
  return nearest;
}

/** Levenshtein's distance: insertions, deletions and changes of one UTF-16 unit. */
function editsBetween(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(changed, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    above = row;
  }
  return above[b.length] ?? 0;
}
