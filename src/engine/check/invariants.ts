// Invariants of a loaded model that need no reference: each compares two ways to the same numbers.

import type { ModelConfig } from "../arch/model-config.ts";
import { scoreChoices } from "../choose/score-choices.ts";
import { planChoices } from "../choose/plan-choices.ts";
import { causalPass } from "../forward/causal-pass.ts";
import type { Forward } from "../forward/forward.ts";
import { prefixCache } from "../forward/prefix.ts";
import type { Weight } from "../graph/session.ts";
import { relativeError } from "./closeness.ts";
import type { Captured } from "./capture.ts";

export type Invariant = { readonly name: string; readonly error: number };

/** Within one captured pass of `rows` texts of `width` tokens: pattern x values = z, and residual parts sum. */
export function capturedInvariants(
  config: ModelConfig,
  captured: Captured,
  rows: number,
  width: number,
): readonly Invariant[] {
  const { nHeads, nKeyValueHeads, dHead, nLayers } = config;
  const at = (name: string) => captured.get(name)!;
  let mixing = 0;
  let sums = 0;
  for (let l = 0; l < nLayers; l++) {
    const pattern = at(`blocks.${l}.attn.hook_pattern`);
    const v = at(`blocks.${l}.attn.hook_v`);
    const z = new Float64Array(rows * width * nHeads * dHead);
    for (let r = 0; r < rows; r++) {
      for (let h = 0; h < nHeads; h++) {
        const kv = Math.floor(h / (nHeads / nKeyValueHeads));
        for (let q = 0; q < width; q++) {
          for (let k = 0; k <= q; k++) {
            const p = pattern[((r * nHeads + h) * width + q) * width + k]!;
            for (let d = 0; d < dHead; d++) {
              z[((r * width + q) * nHeads + h) * dHead + d]! +=
                p * v[((r * width + k) * nKeyValueHeads + kv) * dHead + d]!;
            }
          }
        }
      }
    }
    mixing = Math.max(mixing, relativeError(at(`blocks.${l}.attn.hook_z`), z));
    const mid = sum(at(`blocks.${l}.hook_resid_pre`), at(`blocks.${l}.hook_attn_out`));
    const post = sum(at(`blocks.${l}.hook_resid_mid`), at(`blocks.${l}.hook_mlp_out`));
    sums = Math.max(
      sums,
      relativeError(at(`blocks.${l}.hook_resid_mid`), mid),
      relativeError(at(`blocks.${l}.hook_resid_post`), post),
    );
    if (l + 1 < nLayers) sums = Math.max(sums, relativeError(at(`blocks.${l + 1}.hook_resid_pre`), post));
  }
  return [
    { name: "pattern x values = z", error: mixing },
    { name: "residual parts sum", error: sums },
  ];
}

/** The lens of the last layer, worked out here in float64, against the model's own logits; at the last token of each row. */
export async function lensInvariant(
  forward: Forward,
  weights: ReadonlyMap<string, Weight>,
  captured: Captured,
  texts: readonly (readonly number[])[],
): Promise<Invariant> {
  const { dModel, dVocab, nLayers, eps, norm } = forward.config;
  const width = texts[0]!.length;
  const { resid } = await forward.pass(causalPass(texts, width, 0, forward.emptyPast));
  const logits = await forward.logits(resid);
  const post = captured.get(`blocks.${nLayers - 1}.hook_resid_post`)!;
  const gain = weights.get("ln_final.w")!.values;
  const bias = weights.get("ln_final.b")?.values;
  const unembed = weights.get("unembed.W_U")!.values;
  const lens = new Float64Array(texts.length * dVocab);
  texts.forEach((_, r) => {
    const h = post.subarray((r * width + width - 1) * dModel, (r * width + width) * dModel);
    const mean = norm === "layer" ? h.reduce((a, x) => a + x, 0) / dModel : 0;
    const scale = 1 / Math.sqrt(h.reduce((a, x) => a + (x - mean) ** 2, 0) / dModel + eps);
    const normed = Float64Array.from(h, (x, d) => (x - mean) * scale * gain[d]! + (bias?.[d] ?? 0));
    for (let token = 0; token < dVocab; token++) {
      let dot = 0;
      for (let d = 0; d < dModel; d++) dot += normed[d]! * unembed[token * dModel + d]!;
      lens[r * dVocab + token] = dot;
    }
  });
  return { name: "lens of the last layer = logits", error: relativeError(logits, lens) };
}

/** Cached = uncached, left-padded = unpadded, batched = alone, and a tree of continuations = each written out. */
export async function layoutInvariants(
  forward: Forward,
  texts: readonly (readonly number[])[],
): Promise<readonly Invariant[]> {
  const none = forward.emptyPast;
  const first = texts[0]!;
  const cut = Math.floor(first.length / 2);
  const whole = await forward.pass(causalPass(texts, first.length, 0, none));
  const prefixes = prefixCache(forward);
  const { past } = await prefixes.of(first.slice(0, cut), 0);
  const cached = await forward.pass(
    causalPass([first.slice(cut), first.slice(cut)], first.length - cut, 0, past),
  );
  const padded = await forward.pass(causalPass(texts, first.length + 5, 0, none));
  const alone = await forward.pass(causalPass([first], first.length, 0, none));
  const d = forward.config.dModel;
  const own = whole.resid.subarray(0, d);

  const [a, b] = [first.slice(cut, cut + 3), texts[1]!.slice(cut, cut + 2)];
  const ask = { prompt: first.slice(0, cut), options: [a, b] };
  const [tree] = await scoreChoices([ask], planChoices([ask])[0]!.layout as never, forward, prefixes, {
    padding: 0,
    decode: () => "",
  });
  const written = await Promise.all([a, b].map((option) => writtenOut(forward, ask.prompt, option)));
  return [
    { name: "cached = uncached", error: relativeError(cached.resid.subarray(0, d), own) },
    { name: "left-padded = unpadded", error: relativeError(padded.resid, whole.resid) },
    { name: "batched = single", error: relativeError(own, alone.resid) },
    {
      name: "tree = written out",
      error: relativeError(tree!.answer.kind === "chosen" ? tree!.answer.logprobs : [], written),
    },
  ];
}

/** Total log-probability of a continuation, by one plain pass over prompt and continuation. */
export async function writtenOut(
  forward: Forward,
  prompt: readonly number[],
  continuation: readonly number[],
): Promise<number> {
  const text = [...prompt, ...continuation];
  const { resid } = await forward.pass(causalPass([text], text.length, 0, forward.emptyPast, "all"));
  const d = forward.config.dModel;
  const from = prompt.length - 1;
  const places = resid.subarray(from * d, (from + continuation.length) * d);
  const logprobs = await forward.logprobs(
    places,
    continuation.map((t) => [t]),
  );
  return logprobs.reduce((total, [x]) => total + x!, 0);
}

function sum(a: Float32Array, b: Float32Array): Float64Array {
  return Float64Array.from(a, (x, i) => x + b[i]!);
}
