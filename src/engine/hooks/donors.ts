// Values for an edit out of another run: a donor prompt's at the same place, or the mean over all of them.

import { SetupError } from "../../core/errors.ts";
import type { ModelConfig } from "../arch/model-config.ts";
import type { Activation } from "./activation.ts";
import { lengthOf } from "./points.ts";
import type { Resolved } from "./resolve-names.ts";
import type { Run } from "./run.ts";

/** The value for a cell. @param index over the axes behind the position; for attention: the key's position */
export type SourceOf = (prompt: number, position: number, index: number, head: number) => number;

/** @param from for each prompt the donor's number in the other run @throws SetupError where that run did not cache the point */
export function donors(config: ModelConfig, run: Run, at: Resolved, from: readonly number[]): SourceOf {
  const kept = new Map<number, Activation>();
  const activationOf = (prompt: number): Activation => {
    const donor = from[prompt];
    if (donor === undefined || !(donor in run.prompts))
      throw bad(at, `prompt ${prompt} has no donor: the other run has ${run.prompts.length} prompts`);
    const known = kept.get(donor) ?? fitting(config, run.get(at.name, donor), at);
    kept.set(donor, known);
    return known;
  };
  return (prompt, position, index, head) => {
    const { axes, shape, values } = activationOf(prompt);
    const looks = axes[0] === "head";
    const length = shape[looks ? 1 : 0]!;
    // A key never stands behind its position.
    if (position >= length)
      throw bad(at, `prompt ${prompt} is longer than its donor: position ${position} of ${length}`);
    if (looks) return values[(head * length + position) * shape[2]! + index]!;
    return values[position * (values.length / length) + index]!;
  };
}

/** The mean over all prompts and positions but the first, which is an outlier in most models. */
export function meanOf(config: ModelConfig, run: Run, at: Resolved): SourceOf {
  if (at.point.axes[0] !== "pos")
    throw bad(at, "a mean over prompts of different lengths is none for attention: use `set`, or resample");
  let sums: Float64Array | undefined;
  let count = 0;
  run.prompts.forEach((_, prompt) => {
    const { shape, values } = fitting(config, run.get(at.name, prompt), at);
    const inner = values.length / shape[0]!;
    sums ??= new Float64Array(inner);
    for (let position = 1; position < shape[0]!; position++, count++)
      for (let i = 0; i < inner; i++) sums[i]! += values[position * inner + i]!;
  });
  if (!sums || count === 0)
    throw bad(at, "the run to take the mean of has no token beyond each prompt's first");
  const means = sums.map((x) => x / count);
  return (_prompt, _position, index) => means[index]!;
}

/** The other run may be one of another model. */
function fitting(config: ModelConfig, activation: Activation, at: Resolved): Activation {
  const odd = activation.axes.findIndex(
    (axis, i) => axis !== "pos" && axis !== "key" && activation.shape[i] !== lengthOf(config, axis),
  );
  if (odd < 0) return activation;
  throw bad(
    at,
    `the other run is one of another model: its ${activation.axes[odd]} is ${activation.shape[odd]}`,
  );
}

function bad(at: Resolved, what: string): SetupError {
  return new SetupError("EDIT", `${at.name}: ${what}`, {
    hint: "Cache the point in the run that gives the values, with prompts at least as long.",
  });
}
