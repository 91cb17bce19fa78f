// Values of options: what they may be, and the refusal that names the option and the way out.

import { SetupError } from "../core/errors.ts";

/** @throws SetupError naming the option unless the text is a whole number from `least` to `most`. */
export function wholeOption(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/u.test(text) || value < least || value > most) {
    throw optionFault(
      name,
      `must be a whole number from ${least} to ${most}, got ${JSON.stringify(text)}`,
      `For example ${name} ${Math.max(least, 2)}.`,
    );
  }
  return value;
}

export function optionFault(name: string, what: string, hint: string): SetupError {
  return new SetupError("OPTION", `${name} ${what}`, { hint });
}
