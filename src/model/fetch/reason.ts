// Foreign errors as one short line that is safe to print: causes joined, no control characters, no credentials in addresses.

const longest = 300;

/** The message of an error and of its causes, outermost first, in one line. */
export function reasonOf(error: unknown): string {
  const parts: string[] = [];
  let at: unknown = error;
  for (let depth = 0; depth < 4 && at !== undefined && at !== null; depth++) {
    const part = wordsOf(at);
    if (part !== "" && !parts.some((seen) => seen.includes(part))) parts.push(part);
    at = at instanceof Error ? at.cause : undefined;
  }
  return oneLine(parts.length === 0 ? "no reason given" : parts.join(": "));
}

/** Text from elsewhere as one printable line of bounded length. */
export function oneLine(text: string): string {
  const plain = text
    .replaceAll(/\p{Cc}\[[0-9;?]*[ -/]*[@-~]/gu, "")
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .replaceAll(/\/\/[^/\s@]+@/gu, "//***@")
    .trim();
  return plain.length > longest ? `${plain.slice(0, longest)} …` : plain;
}

function wordsOf(error: unknown): string {
  if (typeof error === "string") return error;
  if (!(error instanceof Error)) return "";
  // An AggregateError of a refused connection has no message of its own, only a code.
  if (error.message !== "") return error.message;
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
