// The Llama forward pass as plain float64 loops, straight from the formulas and sharing no code with the engine: the reference of its tests.

import type { ModelConfig } from "../../src/engine/arch/model-config.ts";
import type { Checkpoint } from "./tiny-llama.ts";

/** What the field gets wrong, one switch a trap. */
export type Traps = {
  readonly pairing?: "halves" | "neighbours";
  readonly ropeBase?: number;
  readonly group?: "repeat" | "tile";
  readonly scale?: number;
  readonly eps?: number;
  readonly mask?: "causal" | "none";
};

type Rows = readonly (readonly number[])[];

/** Residuals before the final norm and logits, for each token of one text. */
export function plainForward(
  config: ModelConfig,
  checkpoint: Checkpoint,
  tokens: readonly number[],
  traps: Traps = {},
): { readonly resid: Rows; readonly logits: Rows } {
  const { nHeads, nKeyValueHeads, dHead, dModel } = config;
  const eps = traps.eps ?? config.eps;
  const base = traps.ropeBase ?? (config.positions.kind === "rotary" ? config.positions.base : Number.NaN);
  const scale = traps.scale ?? 1 / Math.sqrt(dHead);
  const times = (name: string, x: readonly number[]) => {
    const { shape, values } = checkpoint.get(name)!;
    const [rows, into] = shape as readonly [number, number];
    return Array.from({ length: rows }, (_, r) => {
      let total = 0;
      for (let i = 0; i < into; i++) total += values[r * into + i]! * x[i]!;
      return total;
    });
  };
  const norm = (name: string, x: readonly number[]) => {
    const mean = x.reduce((a, v) => a + v * v, 0) / dModel;
    return x.map((v, i) => (v / Math.sqrt(mean + eps)) * checkpoint.get(name)!.values[i]!);
  };
  const turn = (x: readonly number[], position: number) => {
    const out = [...x];
    for (let i = 0; i < dHead / 2; i++) {
      const [a, b] = traps.pairing === "neighbours" ? [2 * i, 2 * i + 1] : [i, i + dHead / 2];
      const angle = position / base ** ((2 * i) / dHead);
      out[a] = x[a]! * Math.cos(angle) - x[b]! * Math.sin(angle);
      out[b] = x[a]! * Math.sin(angle) + x[b]! * Math.cos(angle);
    }
    return out;
  };
  const heads = (x: readonly number[], count: number) =>
    Array.from({ length: count }, (_, h) => x.slice(h * dHead, (h + 1) * dHead));

  const embed = checkpoint.get("embed")!.values;
  let resid: number[][] = tokens.map((t) => [...embed.subarray(t * dModel, (t + 1) * dModel)]);
  for (let l = 0; l < config.nLayers; l++) {
    const layer = `layers.${l}`;
    const normed = resid.map((x) => norm(`${layer}.norm1`, x));
    const q = normed.map((x, p) => heads(times(`${layer}.q`, x), nHeads).map((h) => turn(h, p)));
    const k = normed.map((x, p) => heads(times(`${layer}.k`, x), nKeyValueHeads).map((h) => turn(h, p)));
    const v = normed.map((x) => heads(times(`${layer}.v`, x), nKeyValueHeads));
    resid = resid.map((x, p) => {
      const z = Array.from({ length: nHeads }, (_, h) => {
        const shared =
          traps.group === "tile" ? h % nKeyValueHeads : Math.floor((h * nKeyValueHeads) / nHeads);
        const seen = traps.mask === "none" ? tokens.length : p + 1;
        const scores = Array.from(
          { length: seen },
          (_, j) => scale * q[p]![h]!.reduce((a, value, d) => a + value * k[j]![shared]![d]!, 0),
        );
        const top = Math.max(...scores);
        const weights = scores.map((s) => Math.exp(s - top));
        const total = weights.reduce((a, w) => a + w, 0);
        return Array.from({ length: dHead }, (_, d) =>
          weights.reduce((a, w, j) => a + (w / total) * v[j]![shared]![d]!, 0),
        );
      });
      const out = times(`${layer}.o`, z.flat());
      return x.map((value, i) => value + out[i]!);
    });
    resid = resid.map((x) => {
      const inner = norm(`${layer}.norm2`, x);
      const gate = times(`${layer}.gate`, inner);
      const up = times(`${layer}.up`, inner);
      const out = times(
        `${layer}.down`,
        gate.map((value, i) => (value / (1 + Math.exp(-value))) * up[i]!),
      );
      return x.map((value, i) => value + out[i]!);
    });
  }
  return { resid, logits: resid.map((x) => times("unembed", norm("norm", x))) };
}

/** log softmax of one row, at one token. */
export function logprobOf(logits: readonly number[], token: number): number {
  const top = Math.max(...logits);
  return logits[token]! - top - Math.log(logits.reduce((a, x) => a + Math.exp(x - top), 0));
}
