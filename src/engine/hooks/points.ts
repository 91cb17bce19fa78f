// Every point of a model at which an activation can be read or changed: its axes, and why an architecture may lack it.

import type { ModelConfig } from "../arch/model-config.ts";
import type { BlockPoint, ModelPoint } from "./hook-names.ts";

/** Lengths of axes, after the batch: `pos` and `key` depend on the text. */
export type Axis = "pos" | "key" | "head" | "kv_head" | "d_head" | "d_model" | "d_mlp" | "d_vocab" | "one";

export type Point = {
  readonly axes: readonly Axis[];
  /** Why this architecture has no such activation; undefined where it has one. */
  readonly lacking?: (config: ModelConfig) => string | undefined;
};

const stream: Point = { axes: ["pos", "d_model"] };
const scale: Point = { axes: ["pos", "one"] };
const neurons: Point = { axes: ["pos", "d_mlp"] };
const queries: Point = { axes: ["pos", "head", "d_head"] };
const keys: Point = { axes: ["pos", "kv_head", "d_head"] };
const looks: Point = { axes: ["head", "pos", "key"] };
const rotated = ({ positions }: ModelConfig) =>
  positions.kind === "rotary"
    ? undefined
    : "its positions are learned and added to the embedding (hook_pos_embed): queries and keys are not rotated";

export const blockPoints: Readonly<Record<BlockPoint, Point>> = {
  hook_resid_pre: stream,
  hook_resid_mid: stream,
  hook_resid_post: stream,
  hook_attn_out: stream,
  hook_mlp_out: stream,
  "ln1.hook_scale": scale,
  "ln1.hook_normalized": stream,
  "ln2.hook_scale": scale,
  "ln2.hook_normalized": stream,
  "attn.hook_q": queries,
  "attn.hook_k": keys,
  "attn.hook_v": keys,
  "attn.hook_rot_q": { ...queries, lacking: rotated },
  "attn.hook_rot_k": { ...keys, lacking: rotated },
  "attn.hook_attn_scores": looks,
  "attn.hook_pattern": looks,
  "attn.hook_z": queries,
  "attn.hook_result": { axes: ["pos", "head", "d_model"] },
  "mlp.hook_pre": neurons,
  "mlp.hook_pre_linear": {
    ...neurons,
    lacking: ({ gated }) =>
      gated ? undefined : "its MLP has no gate: there is one input alone (mlp.hook_pre)",
  },
  "mlp.hook_post": neurons,
};

export const modelPoints: Readonly<Record<ModelPoint, Point>> = {
  hook_embed: stream,
  hook_pos_embed: {
    ...stream,
    lacking: ({ positions }) =>
      positions.kind === "learned"
        ? undefined
        : "its positions are rotary: nothing is added to the embedding (see attn.hook_rot_q and attn.hook_rot_k)",
  },
  "ln_final.hook_scale": scale,
  "ln_final.hook_normalized": stream,
  "unembed.hook_in": stream,
  "unembed.hook_out": { axes: ["pos", "d_vocab"] },
};

/** Names that TransformerLens knows and that are not points here, with what to use instead. */
export const otherNames: Readonly<Record<string, string>> = {
  hook_tokens: "tokens are no activation: they are what you passed in",
  hook_attn_in:
    "it is a copy of hook_resid_pre for attention alone: change attn.hook_q, hook_k and hook_v instead",
  hook_q_input: "it is a copy of hook_resid_pre for queries alone: change attn.hook_q instead",
  hook_k_input: "it is a copy of hook_resid_pre for keys alone: change attn.hook_k instead",
  hook_v_input: "it is a copy of hook_resid_pre for values alone: change attn.hook_v instead",
  hook_mlp_in: "it is a copy of hook_resid_mid for the MLP alone: change mlp.hook_pre instead",
  "ln1_post.hook_normalized": "no norm stands behind attention in this architecture",
  "ln2_post.hook_normalized": "no norm stands behind the MLP in this architecture",
  "mlp.hook_expert_weights": "the model has no experts",
  "mlp.hook_expert_indices": "the model has no experts",
};

/** Axis lengths that the config gives. */
export function lengthOf(config: ModelConfig, axis: Exclude<Axis, "pos" | "key">): number {
  switch (axis) {
    case "head":
      return config.nHeads;
    case "kv_head":
      return config.nKeyValueHeads;
    case "d_head":
      return config.dHead;
    case "d_model":
      return config.dModel;
    case "d_mlp":
      return config.dMlp;
    case "d_vocab":
      return config.dVocab;
    case "one":
      return 1;
  }
}
