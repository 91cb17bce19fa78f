// How a graph says "here is the activation of that name" while it is built; whoever listens may return it, or put another in its place.

import type { Value } from "../graph/graph.ts";

export type Hook = {
  /** Some activations must be computed for their own sake (a norm's scale, a head's share of the output): only where one is wanted. */
  readonly wants: (name: string) => boolean;
  /**
   * @param name TransformerLens's
   * @param value in memory as TransformerLens lays it out ([batch, pos, ...]), though axes may stand joined: [tokens, heads * dHead]
   * @returns what the graph goes on with
   */
  readonly at: (name: string, value: Value) => Value;
};

/** Nobody listens. */
export const noHook: Hook = { wants: () => false, at: (_name, value) => value };
