// A value out of a file's metadata as it is shown in a message: on one line, and short whatever it is.

import { inspect } from "node:util";

export function shown(value: unknown): string {
  return inspect(value, {
    breakLength: Number.POSITIVE_INFINITY,
    compact: true,
    depth: 1,
    maxArrayLength: 5,
    maxStringLength: 80,
  });
}
