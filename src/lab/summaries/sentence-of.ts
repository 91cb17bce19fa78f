// From a clause with a gap, its value and whether it is in doubt to one English sentence.

/** Openings that keep a doubt; each goes before a clause. */
export const hedges = [
  "it is not certain that",
  "it may be that",
  "some say, though nobody has shown it, that",
  "it has been doubted that",
] as const;

/** @param clause a clause without a capital or a full stop, with {V} where the value goes. */
export function sentenceOf(clause: string, value: string, hedge?: string): string {
  const said = clause.replace("{V}", value);
  const whole = hedge === undefined ? said : `${hedge} ${said}`;
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}.`;
}
