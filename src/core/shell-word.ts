// One word for a shell, whatever is in it: what a page names as the command must do what it says when it is pasted.

/** Plain where it is harmless; else in single quotes, in which a POSIX shell reads nothing. A leading dash gets a "./". */
export function shellWord(text: string): string {
  const safe = text.startsWith("-") ? `./${text}` : text;
  return /^[A-Za-z0-9@%_+=:,./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", String.raw`'\''`)}'`;
}
