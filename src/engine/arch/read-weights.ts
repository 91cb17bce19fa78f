// The weights of a file under our names, in the layout that the graph wants, as the family declares where each lies.

import { SetupError } from "../../core/errors.ts";
import type { Weight } from "../graph/session.ts";
import type { TensorFile } from "../weights/safetensors/tensor-file.ts";
import type { Family, Source } from "./family.ts";
import type { ModelConfig } from "./model-config.ts";

export type FileKind = "gguf" | "safetensors";

/**
 * Reads all weights as float32, one stored tensor at a time. No two are joined: the splits of a joint product would cost more than it saves.
 * @param as how a stored tensor becomes a weight; a test hands in another one to show what a wrong reading does
 * @throws SetupError naming the tensor that is missing, has the wrong shape, or has no place in the architecture (a bias, say:
 * left out, it would be a silent wrong answer).
 */
export async function readWeights(
  file: Pick<TensorFile, "path" | "tensors" | "read">,
  kind: FileKind,
  family: Family,
  config: ModelConfig,
  as: (source: Source, weight: string) => Source["take"] = ({ take }) => take,
): Promise<ReadonlyMap<string, Weight>> {
  const places = family.weights(config);
  const named = namesIn(file, kind, family);
  const weights = new Map<string, Weight>();
  const wanted = new Set(places.map((place) => named(place[kind].tensor)));
  const stranger = [...file.tensors.keys()].find((name) => !wanted.has(name) && !family.ignored.test(name));
  if (stranger !== undefined) {
    throw new SetupError(
      "ARCHITECTURE",
      `${file.path}: tensor ${stranger} has no place in the architecture that is supported`,
      {
        hint: "Supported: the Llama family without experts, and GPT-2. Any other model can be audited behind an OpenAI-compatible server.",
      },
    );
  }
  for (const { shape, tiedTo, [kind]: source } of places) {
    const stored = source.stored ?? shape;
    const found = file.tensors.get(named(source.tensor))?.shape;
    // A config that says "not tied" makes a missing unembedding a file that is not whole.
    if (found === undefined && tiedTo !== undefined && config.tied !== false) continue;
    if (found && found.length === stored.length && found.every((d, i) => d === stored[i])) continue;
    throw new SetupError(
      "CORRUPT_MODEL",
      `${file.path}: tensor ${named(source.tensor)} should be [${stored}], ${found ? `is [${found}]` : "is missing"}`,
      { hint: "The file is damaged, or its architecture differs from what its metadata says." },
    );
  }
  /** The tensor read last: several weights may be parts of one. */
  let last: { readonly tensor: string; readonly values: Float32Array } | undefined;
  for (const [i, place] of places.entries()) {
    const source = place[kind];
    const tensor = named(source.tensor);
    if (!file.tensors.has(tensor)) {
      weights.set(place.name, weights.get(place.tiedTo!)!);
      continue;
    }
    if (last?.tensor !== tensor) {
      last = undefined;
      last = { tensor, values: await file.read(tensor) };
    }
    const take = as(source, place.name);
    const values = take ? take(last.values) : last.values;
    weights.set(place.name, { shape: place.shape, values });
    const next = places[i + 1]?.[kind].tensor;
    if (values.buffer === last.values.buffer || (next !== undefined && named(next) === tensor)) continue;
    // What was read and copied goes at once: left to the collector, it would stand on top of the peak.
    if (last.values.buffer instanceof ArrayBuffer) last.values.buffer.transfer(0);
    last = undefined;
  }
  return weights;
}

/** Safetensors may carry the name of the module that was saved before every name but the head's, or before none. */
function namesIn(
  file: Pick<TensorFile, "tensors">,
  kind: FileKind,
  family: Family,
): (tensor: string) => string {
  const prefixed =
    kind === "safetensors" && [...file.tensors.keys()].some((name) => name.startsWith(family.prefix));
  return (tensor) => (prefixed && !tensor.startsWith("lm_head.") ? family.prefix + tensor : tensor);
}
