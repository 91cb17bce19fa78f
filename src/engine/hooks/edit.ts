// What can be done to an activation while the model runs, at which point, and where in it.

import type { HookName, LayerName } from "./hook-names.ts";
import type { Run } from "./run.ts";

/**
 * Which tokens: by place in the prompt's own text (from 0; -1 is the prompt's last), the prompt's last, all of the prompt, those that
 * are generated, or all (the default). Padding does not exist for an edit.
 */
export type EditPositions = "all" | "prompt" | "generated" | "last" | readonly number[];

export type Where = {
  /** The point; a star for every block. The value that is cached there is the edited one. */
  readonly at: HookName;
  /** Which prompts of the batch; all where absent. */
  readonly prompts?: readonly number[];
  readonly positions?: EditPositions;
  /** For points with a head axis; key/value heads for attn.hook_k and hook_v. */
  readonly heads?: readonly number[];
  /** Places on the last axis: neurons of an MLP, coordinates of the stream. */
  readonly neurons?: readonly number[];
  /** For attn.hook_attn_scores and hook_pattern: the positions that are looked at. */
  readonly keys?: readonly number[];
};

/** One number for all, or one for each place of the last axis (d_model, d_head or d_mlp; for attention: of the keys). */
export type EditValue = number | ArrayLike<number>;

export type GraphEdit = Where &
  (
    | { readonly kind: "set"; readonly value: EditValue }
    | { readonly kind: "add"; readonly value: EditValue }
    | { readonly kind: "scale"; readonly by: number }
    | { readonly kind: "ablate"; readonly with: "zero" }
    /** The mean over prompts and positions of a run that cached this point; position 0, an outlier in most models, left out. */
    | { readonly kind: "ablate"; readonly with: "mean"; readonly of: Run }
    /** Another prompt's activation at the same position, drawn by the seed from a run that cached this point. */
    | { readonly kind: "ablate"; readonly with: "resample"; readonly of: Run; readonly seed: number }
    /** x - (x d) d for one direction, or for the space that several span; they need not be of length 1 or orthogonal. */
    | {
        readonly kind: "project_out";
        readonly direction: ArrayLike<number> | readonly ArrayLike<number>[];
      }
    /** The activation of another run at the same position; `fromPrompt[i]` is the prompt of that run for prompt i (i where absent). */
    | { readonly kind: "patch"; readonly from: Run; readonly fromPrompt?: readonly number[] }
  );

/** The residual stream of one prompt at a block's boundary. */
export type Boundary = {
  readonly prompt: number;
  /** Place of each row in the prompt's text. */
  readonly positions: readonly number[];
  readonly dModel: number;
  /** [positions, dModel]: change it in place. */
  readonly values: Float32Array;
};

/** Any function, at the boundaries of blocks: the graph is cut there. */
export type FunctionEdit = {
  readonly kind: "apply";
  readonly at: `blocks.${LayerName}.${"hook_resid_pre" | "hook_resid_post"}`;
  readonly with: (boundary: Boundary) => void | Promise<void>;
};

/** In the order in which they are given, at one point; functions at a boundary come after the other edits of that point. Between points: the model's. */
export type Edit = GraphEdit | FunctionEdit;
