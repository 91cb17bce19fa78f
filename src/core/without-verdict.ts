// A gap's sentence for a place where its verdict stands already.

/** The record's sentence without the verdict that it may begin with. */
export function withoutVerdict(says: string): string {
  const rest = says.replace(/^(?:holds|unclear|could not be tested):\s*/iu, "");
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
