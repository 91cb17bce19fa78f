// A world small enough to enumerate: a policy over a few answers, a proxy and a gold for each; every law of pressure in closed form.

export type ExactAnswer = { readonly probability: number; readonly proxy: number; readonly gold: number };

/** Answers of one kind of prompt. Probabilities sum to 1. */
export type ExactPrompt = { readonly answers: readonly ExactAnswer[] };

/** Kinds of prompts with how often each occurs; shares sum to 1. */
export type ExactWorld = readonly { readonly share: number; readonly prompt: ExactPrompt }[];

export type Expected = { readonly proxy: number; readonly gold: number; readonly kl: number };

/**
 * The law of the best of n: q_k = F_k^n - F_{k-1}^n over answers in order of proxy, equal proxies taken together and shared in
 * proportion to their probabilities (the proxy chooses among them at random).
 */
export function bestOfNLaw({ answers }: ExactPrompt, n: number): readonly number[] {
  const order = answers.map((_, k) => k).sort((a, b) => answers[a]!.proxy - answers[b]!.proxy);
  const law = answers.map(() => 0);
  let below = 0;
  for (let from = 0; from < order.length;) {
    let to = from;
    let mass = 0;
    while (to < order.length && answers[order[to]!]!.proxy === answers[order[from]!]!.proxy)
      mass += answers[order[to++]!]!.probability;
    const reached = to === order.length ? 1 : below + mass;
    const share = reached ** n - below ** n;
    for (; from < to; from++)
      if (mass > 0) law[order[from]!] = (share * answers[order[from]!]!.probability) / mass;
    below = reached;
  }
  return law;
}

/** The policy that is best for E[proxy] - beta KL: the base policy times exp(proxy / beta). @throws RangeError unless beta > 0 */
export function optimalPolicy({ answers }: ExactPrompt, beta: number): readonly number[] {
  if (!(beta > 0)) throw new RangeError(`optimalPolicy: beta must be above 0, got ${beta}`);
  const most = answers.reduce((m, { proxy }) => Math.max(m, proxy), Number.NEGATIVE_INFINITY);
  const weights = answers.map(({ probability, proxy }) => probability * Math.exp((proxy - most) / beta));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => w / total);
}

/** Expected proxy and gold of a policy, and its KL divergence (nats) from the base policy. */
export function expectedUnder({ answers }: ExactPrompt, policy: readonly number[]): Expected {
  let [proxy, gold, kl] = [0, 0, 0];
  answers.forEach((answer, k) => {
    const q = policy[k]!;
    proxy += q * answer.proxy;
    gold += q * answer.gold;
    if (q > 0) kl += q * Math.log(q / answer.probability);
  });
  return { proxy, gold, kl };
}

/** Best of n over all kinds of prompts. */
export function exactBestOfN(world: ExactWorld, n: number): Expected {
  return world.reduce<Expected>(
    (sum, { share, prompt }) => {
      const one = expectedUnder(prompt, bestOfNLaw(prompt, n));
      return {
        proxy: sum.proxy + share * one.proxy,
        gold: sum.gold + share * one.gold,
        kl: sum.kl + share * one.kl,
      };
    },
    { proxy: 0, gold: 0, kl: 0 },
  );
}
