// This engine on the peers' workloads. All that the bench knows of the engine's inside stands in this file.

import type { SelfCheck } from "../../src/engine/check/self-check.ts";
import { decodeAll } from "../../src/engine/decode/decode-all.ts";
import { openDecoder } from "../../src/engine/decode/open-decoder.ts";
import { planReplies } from "../../src/engine/decode/plan-replies.ts";
import { writeReplies, type WriteLayout } from "../../src/engine/decode/write-replies.ts";
import { causalPass } from "../../src/engine/forward/causal-pass.ts";
import { prefixCache } from "../../src/engine/forward/prefix.ts";
import type { HookName } from "../../src/engine/hooks/hook-names.ts";
import type { WhiteBox } from "../../src/engine/hooks/white-box.ts";
import { loadModel } from "../../src/engine/load-model.ts";
import { loadQuantised } from "../../src/engine/load-quantised.ts";
import { openWhiteBox } from "../../src/engine/open-white-box.ts";
import packageFile from "../../package.json" with { type: "json" };
import { countOperations, type Sizes } from "./count-operations.ts";
import { call, report, timed } from "./peer.ts";

type Rows = readonly (readonly number[])[];

type Ours = {
  readonly sizes: Sizes;
  readonly selfCheck: SelfCheck;
  readonly vocabulary: number;
  readonly encode: (text: string) => number[];
  readonly decode: (ids: readonly number[]) => string;
  /** Greedy, end-of-text ignored. Texts and token ids, a row a prompt. */
  readonly generate: (
    prompts: Rows,
    newTokens: number,
  ) => Promise<readonly { readonly text: string; readonly ids: readonly number[] }[]>;
  /** Logits of each row's last place. */
  readonly prefillLast: (rows: Rows) => Promise<unknown>;
  /** All residuals (`blocks.0.hook_resid_pre`, each `hook_resid_post`), all `attn.hook_pattern`, full logits. */
  readonly prefillCaptured: (rows: Rows) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

const captured: readonly HookName[] = [
  "blocks.0.hook_resid_pre",
  "blocks.*.hook_resid_post",
  "blocks.*.attn.hook_pattern",
];

export async function openOurs(path: string, threads: number): Promise<Ours> {
  const { forward, tokenizer, selfCheck, close } = await loadModel(path, {
    threads,
    weightsAs: "constants",
  });
  let inside: Promise<WhiteBox> | undefined;
  return {
    sizes: forward.config,
    selfCheck,
    vocabulary: tokenizer.vocabulary,
    encode: (text) => tokenizer.encode(text),
    decode: (ids) => tokenizer.decode(ids),
    generate: async (prompts, newTokens) => {
      const replies: { text: string; ids: readonly number[] }[] = [];
      for (const { members, layout } of planReplies(prompts)) {
        const ids: (readonly number[])[] = [];
        const watched = {
          ...tokenizer,
          stops: new Set<number>(),
          decode: (tokens: readonly number[]) => {
            ids.push(tokens);
            return tokenizer.decode(tokens);
          },
        };
        const answered = await writeReplies(
          members.map(() => ({
            kind: "write",
            messages: [],
            maxTokens: newTokens,
            temperature: 0,
            topP: 1,
            seed: 1,
          })),
          members.map((i) => prompts[i]!),
          layout as unknown as WriteLayout,
          forward,
          prefixCache(forward),
          watched,
        );
        members.forEach((i, at) => {
          const { answer } = answered[at]!;
          if (answer.kind !== "wrote") throw new Error(`prompt ${i}: ${JSON.stringify(answer)}`);
          replies[i] = { text: answer.text, ids: ids[at]! };
        });
      }
      return replies;
    },
    prefillLast: async (rows) => {
      const width = Math.max(...rows.map((row) => row.length));
      const { resid } = await forward.pass(causalPass(rows, width, tokenizer.padding, forward.emptyPast));
      return forward.logits(resid);
    },
    prefillCaptured: async (rows) => {
      // Opened when it is wanted: a second copy of the weights.
      inside ??= openWhiteBox(path, { threads, weightsAs: "constants", checked: selfCheck });
      using run = await (
        await inside
      ).run(
        rows.map((tokens) => ({ tokens })),
        { cache: captured, logits: "all" },
      );
      return run;
    },
    close: async () => {
      await (await inside)?.close();
      await close();
    },
  };
}

async function main(): Promise<void> {
  const { workload, workloads, model: path, threads, repeat } = call();
  const ours = await openOurs(path, threads);
  const peer = "ours";
  const { version } = packageFile;
  const { prefill, newTokens } = workload;
  const prompts = workload.prompts.map(({ ids }) => ids);
  const settings = { threads, dtype: "fp32", weightsAs: "constants" };

  const prefillWith = async (name: "A" | "D", work: (rows: Rows) => Promise<unknown>) => {
    const tokens = prefill.flat().length;
    const operations = prefill
      .map((row) => countOperations(ours.sizes, 0, row.length, name === "A" ? row.length : 1))
      .reduce((a, b) => a + b, 0);
    const { seconds } = await timed(repeat, true, () => work(prefill));
    report({ peer, version, workload: name, tokens, seconds, settings, operations });
  };
  const generateWith = async (name: "B" | "C", texts: Rows) => {
    const { seconds, made } = await timed(repeat, name === "C", () => ours.generate(texts, newTokens));
    const replies = made.map(({ ids }) => ids);
    if (replies.some((ids) => ids.length !== newTokens)) throw new Error("a reply has another length");
    const tokens = texts.length * newTokens;
    report({ peer, version, workload: name, tokens, seconds, settings, replies });
  };
  /** One prompt alone is bound by the weights' bytes: what the quantised path is for. Both are reported, each by its name. */
  const alone = async () => {
    await generateWith("C", prompts.slice(0, 1));
    const blocks = await loadQuantised(path, { threads, checked: ours.selfCheck });
    const { seconds, made } = await timed(repeat, true, async () => {
      // A new one each time: a decoder that goes on knows the prompt already.
      const decoder = openDecoder(blocks.forward, { ...blocks.tokenizer, stops: new Set() }, { rows: 1 });
      const all = await decodeAll(decoder, [
        { prompt: prompts[0]!, maxTokens: newTokens, temperature: 0, topP: 1, seed: 1 },
      ]);
      await decoder.close();
      return all;
    });
    const replies = made.map(({ tokens }) => tokens);
    const named = { ...settings, dtype: blocks.arithmetic };
    report({
      peer: "ours, quantised",
      version,
      workload: "C",
      tokens: newTokens,
      seconds,
      settings: named,
      replies,
    });
    await blocks.close();
  };
  const works = {
    A: () => prefillWith("A", ours.prefillCaptured),
    B: () => generateWith("B", prompts),
    C: alone,
    D: () => prefillWith("D", ours.prefillLast),
  } as const;
  for (const name of ["A", "D", "C", "B"] as const) {
    if (!workloads.has(name)) continue;
    try {
      await works[name]();
    } catch (error) {
      report({ peer, workload: name, absent: error instanceof Error ? error.message : String(error) });
    }
  }
  await ours.close();
}

if (import.meta.main) await main();
