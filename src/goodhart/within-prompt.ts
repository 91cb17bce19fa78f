// Rows as the correlates see them: sorted by prompt, each prompt's own mean taken away, and the clusters that stay apart.

export type ScoredResponse = {
  readonly prompt: string;
  /** The independent unit that the row belongs to: a topic, a template, a document. */
  readonly cluster: string;
  readonly response: string;
  readonly score: number;
};

export type WithinPrompt = {
  /** The rows that are compared, prompt by prompt. */
  readonly rows: readonly ScoredResponse[];
  /** Where each prompt's rows begin and end in `rows` (end not included). */
  readonly prompts: readonly (readonly [from: number, to: number])[];
  /** Row -> cluster, numbered from 0. */
  readonly clusterOf: readonly number[];
  readonly clusters: number;
  readonly leftOut: readonly { readonly count: number; readonly because: string }[];
};

/**
 * Prompts are the same where their texts are. Clusters that share a prompt become one: taking away the prompt's mean
 * ties their rows together. Left out, and counted: rows whose score is not a finite number, prompts with one row.
 */
export function withinPrompt(all: readonly ScoredResponse[]): WithinPrompt {
  const finite = all.filter(({ score }) => Number.isFinite(score));
  const byPrompt = new Map<string, ScoredResponse[]>();
  for (const row of finite) {
    const group = byPrompt.get(row.prompt);
    if (group === undefined) byPrompt.set(row.prompt, [row]);
    else group.push(row);
  }
  const groups = [...byPrompt.values()].filter((group) => group.length > 1);
  const rows = groups.flat();
  let at = 0;
  const prompts = groups.map((group): readonly [number, number] => [at, (at += group.length)]);
  const root = joined(groups);
  const numbers = new Map<string, number>();
  const clusterOf = rows.map(({ cluster }) => {
    const name = root(cluster);
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  const leftOut = [
    { count: all.length - finite.length, because: "the score is not a finite number" },
    { count: finite.length - rows.length, because: "no other response to the same prompt" },
  ].filter(({ count }) => count > 0);
  return { rows, prompts, clusterOf, clusters: numbers.size, leftOut };
}

/**
 * Values less the mean of their prompt, in units of the largest value (so that no square overflows). A prompt whose
 * values differ by rounding alone gives zeros.
 */
export function centred(values: readonly number[], { prompts }: Pick<WithinPrompt, "prompts">): number[] {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return values.map(() => 0);
  return prompts.flatMap(([from, to]) => {
    const scaled = values.slice(from, to).map((value) => value / largest);
    const mean = scaled.reduce((sum, value) => sum + value, 0) / scaled.length;
    const size = scaled.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const away = scaled.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
    return scaled.map((value) => (away <= 1e-9 * size ? 0 : value - mean));
  });
}

/** Which name stands for a cluster once those that share a prompt are one. */
function joined(groups: readonly (readonly ScoredResponse[])[]): (cluster: string) => string {
  const parent = new Map<string, string>();
  const root = (name: string): string => {
    let top = name;
    for (let up = parent.get(top); up !== undefined; up = parent.get(top)) top = up;
    // The path is shortened so that long chains are walked once.
    for (let here = name; here !== top;) {
      const next = parent.get(here) ?? top;
      parent.set(here, top);
      here = next;
    }
    return top;
  };
  for (const group of groups) {
    for (const { cluster } of group) {
      const [one, other] = [root((group[0] as ScoredResponse).cluster), root(cluster)];
      if (one !== other) parent.set(other, one);
    }
  }
  return root;
}
