// Logits of many tokens come out of a graph in parts: one array of them all would be memory that is fresh each time, page by page.

/** From this many tokens on, in four parts; memory of up to 32 MB is used again by the next run, larger pieces are not. */
const MANY = 64;
const PARTS = 4;

/** @param tokens of a pass whose logits are wanted at every token */
export function partsFor(tokens: number): number {
  return tokens >= MANY ? PARTS : 1;
}

/** "logits", or "logits.0" to "logits.3". */
export function partName(part: number, parts: number): string {
  return parts === 1 ? "logits" : `logits.${part}`;
}

/** Row i of all logits [places, dVocab], in one array or in parts; undefined where there are none. Views, not copies. */
export function logitRows(
  values: ReadonlyMap<string, Float32Array>,
  dVocab: number,
): ((i: number) => Float32Array) | undefined {
  const whole = values.get("logits");
  const parts = whole ? [whole] : [];
  for (let part = values.get("logits.0"); part; part = values.get(`logits.${parts.length}`)) parts.push(part);
  if (parts.length === 0) return undefined;
  // All parts but the last are of one size.
  const each = parts[0]!.length / dVocab;
  return (i) => {
    const part = Math.min(parts.length - 1, Math.floor(i / each));
    const at = (i - part * each) * dVocab;
    return parts[part]!.subarray(at, at + dVocab);
  };
}
