// The names of activations, TransformerLens's to the letter, as a type: a misspelt one does not compile.

/** A block's number, or all of them. */
export type LayerName = number | "*";

export type BlockPoint =
  | "hook_resid_pre"
  | "hook_resid_mid"
  | "hook_resid_post"
  | "hook_attn_out"
  | "hook_mlp_out"
  | "ln1.hook_scale"
  | "ln1.hook_normalized"
  | "ln2.hook_scale"
  | "ln2.hook_normalized"
  | "attn.hook_q"
  | "attn.hook_k"
  | "attn.hook_v"
  | "attn.hook_rot_q"
  | "attn.hook_rot_k"
  | "attn.hook_attn_scores"
  | "attn.hook_pattern"
  | "attn.hook_z"
  | "attn.hook_result"
  | "mlp.hook_pre"
  | "mlp.hook_pre_linear"
  | "mlp.hook_post";

export type ModelPoint =
  | "hook_embed"
  | "hook_pos_embed"
  | "ln_final.hook_scale"
  | "ln_final.hook_normalized"
  | "unembed.hook_in"
  | "unembed.hook_out";

/** "blocks.3.attn.hook_pattern", "blocks.*.hook_resid_post", "ln_final.hook_scale" */
export type HookName = ModelPoint | `blocks.${LayerName}.${BlockPoint}`;
