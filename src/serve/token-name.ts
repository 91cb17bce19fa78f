// How a token is written in a reply: its text, or the bytes of what is only part of a character.

const whole = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Its text where the bytes are whole characters, else `before` and the bytes as `\xe2\x80`. */
export function tokenName(bytes: Uint8Array, before = ""): string {
  try {
    return whole.decode(bytes);
  } catch {
    return before + Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
  }
}

/** JSON has no -Infinity: the API writes -9999.0 for what has no probability to speak of. */
export function writtenLogprob(logprob: number): number {
  return Math.max(logprob, -9999);
}
