// Refuses a model that is larger than the memory there is, with the numbers, before any of its weights is read.

import { SetupError } from "../../core/errors.ts";

export type Memory = {
  /** How the weights enter the graphs: constants are packed, for one more copy. */
  readonly weightsAs: keyof typeof FACTOR;
  /** Bytes that this process may still take. */
  readonly available: number;
};

/** Peak memory while loading, over the size of the weights as float32: what the engine promises to stay under. */
const FACTOR = { inputs: 1.3, constants: 2.5 };

/**
 * @param tensors of the file; whatever their type there, they become float32
 * @throws SetupError (`MODEL_TOO_LARGE`) with the parameters, what they need and what there is
 */
export function refuseTooLarge(
  path: string,
  tensors: ReadonlyMap<string, { readonly shape: readonly number[] }>,
  { weightsAs, available }: Memory,
): void {
  let parameters = 0;
  for (const { shape } of tensors.values()) parameters += shape.reduce((a, d) => a * d, 1);
  const needed = (as: keyof typeof FACTOR) => 4 * parameters * FACTOR[as];
  if (needed(weightsAs) <= available) return;
  const smaller =
    weightsAs === "constants" && needed("inputs") <= available
      ? `With its weights as inputs it needs ${gigabytes(needed("inputs"))} GB, at some speed. Or use`
      : "Use";
  throw new SetupError(
    "MODEL_TOO_LARGE",
    `${path}: its ${parameters.toLocaleString("en-US")} parameters take ${gigabytes(4 * parameters)} GB as float32 and ${gigabytes(needed(weightsAs))} GB while they are loaded (weights as ${weightsAs}), but ${gigabytes(available)} GB of memory are available`,
    {
      hint: `${smaller} a smaller model, free some memory, or raise the container's limit. A model of any size can be audited behind an OpenAI-compatible server.`,
    },
  );
}

/** 10^9 bytes, with two decimals: the needed and the available part there, or the message would explain nothing. */
function gigabytes(bytes: number): string {
  return (bytes / 1e9).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
