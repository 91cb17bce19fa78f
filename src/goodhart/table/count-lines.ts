// How many lines end within a stretch of bytes.

const lineFeed = 10;
const carriageReturn = 13;

/** A line ends with a line feed, a carriage return, or both in that order: "\r\n" is one end. */
export function countLines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === lineFeed) lines++;
    else if (byte === carriageReturn && bytes[at + 1] !== lineFeed) lines++;
  }
  return lines;
}
