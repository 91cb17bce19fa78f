// The tensor types of a GGUF file that are read, each with its inverse to float32: the one list of them.

import { GGMLQuantizationType } from "@huggingface/gguf";
import { TruelineError } from "../../core/errors.ts";
import { blocksOf256 } from "./dequantize/blocks-of-256.ts";
import { blocksOf32 } from "./dequantize/blocks-of-32.ts";
import { floats } from "./dequantize/floats.ts";
import type { TensorType } from "./dequantize/tensor-type.ts";

export type { TensorType };

/**
 * Keyed by ggml's type number. A new type is one row in the list of its family, a new family one line here.
 * Each `read` throws a TruelineError (`TENSOR_SIZE`) when the bytes are no whole blocks or don't fill `out`, and nothing else.
 */
export const tensorTypes: Readonly<Record<number, TensorType>> = Object.fromEntries(
  Object.entries({ ...floats, ...blocksOf32, ...blocksOf256 }).map(([number, type]) => [
    number,
    { ...type, read: readWhole(type) },
  ]),
);

/**
 * @param number ggml's type number, as it stands in the file
 * @throws TruelineError (`TENSOR_TYPE`) naming the number and the types that are read
 */
export function tensorTypeOf(number: number): TensorType {
  const type = Object.hasOwn(tensorTypes, number) ? tensorTypes[number] : undefined;
  if (type) return type;
  const known = Object.entries(tensorTypes).map(([n, t]) => `${t.name} (${n})`);
  throw new TruelineError("TENSOR_TYPE", `tensor type ${ggmlName(number)} is not supported`, {
    hint: `Supported tensor types: ${known.join(", ")}.`,
  });
}

function readWhole(type: TensorType): TensorType["read"] {
  const { name, block, bytes, read } = type;
  return (raw, out) => {
    if (raw.length % bytes !== 0) {
      throw new TruelineError(
        "TENSOR_SIZE",
        `${name}: ${raw.length} bytes are no whole number of blocks of ${bytes} bytes`,
      );
    }
    const values = (raw.length / bytes) * block;
    if (out.length !== values) {
      throw new TruelineError(
        "TENSOR_SIZE",
        `${name}: ${raw.length} bytes hold ${values} values, not the ${out.length} that were asked for`,
      );
    }
    read(raw, out);
  };
}

/** `Q2_K (10)`; the bare number where ggml has no such type. */
function ggmlName(number: number): string {
  const name: unknown = GGMLQuantizationType[number];
  return typeof name === "string" ? `${name} (${number})` : String(number);
}
