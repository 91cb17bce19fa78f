// GPT-2's alphabet: a printable character for each of the 256 bytes, in which byte-level vocabularies are written.

/** '!' to '~', '¡' to '¬' and '®' to 'ÿ' stand for themselves, the other bytes for the characters from U+0100 on, in order. */
const printable = (byte: number) =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;

const byteOf = new Map<string, number>();
let next = 0x100;
for (let byte = 0; byte < 256; byte++) byteOf.set(String.fromCharCode(printable(byte) ? byte : next++), byte);

/** The bytes that a token is written for; where it uses a character from outside the alphabet, its own bytes in UTF-8. */
export function alphabetBytes(token: string): Uint8Array {
  const bytes = new Uint8Array(token.length);
  for (let i = 0; i < token.length; i++) {
    const byte = byteOf.get(token[i]!);
    if (byte === undefined) return new TextEncoder().encode(token);
    bytes[i] = byte;
  }
  return bytes;
}
