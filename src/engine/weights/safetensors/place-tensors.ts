// Holds the tensors of a header against each other and against the file: each value lies in one tensor, each tensor in the file.

import { SetupError } from "../../../core/errors.ts";
import { elementTypes, type ElementType } from "./element-types.ts";
import { modelFaults } from "./model-faults.ts";
import type { Described, Header } from "./read-header.ts";

/** Where a tensor lies: `offset` from the start of the file; `count` values, one where the shape is []. */
export type Place = {
  readonly shape: readonly number[];
  readonly type: string;
  readonly element: ElementType;
  readonly offset: number;
  readonly count: number;
};

/**
 * What modules save beside their weights and what is never computed with (a causal mask, rotary frequencies that the config gives, too): it
 * may stand in the file in types that are not read, of which only the size is known.
 */
const BUFFER = /(?:^|\.)(?:attn\.(?:bias|masked_bias)|rotary_emb\.inv_freq)$/u;
const SIZES: Readonly<Record<string, number>> = { BOOL: 1, U8: 1, I8: 1, I32: 4, I64: 8, F64: 8 };

function elementOf(name: string, type: string): ElementType | undefined {
  const known = elementTypes.get(type);
  if (known || !BUFFER.test(name) || !Object.hasOwn(SIZES, type)) return known;
  const refuse = () => {
    throw new SetupError("TENSOR_TYPE", `tensor ${modelFaults.named(name)} of type ${type} can't be read`, {
      hint: "It is no weight: nothing is computed with it.",
    });
  };
  return { bytes: SIZES[type]!, decode: refuse };
}

/** @throws SetupError naming a tensor whose type, shape or bytes do not fit, and the neighbours where they overlap or leave a hole. */
export function placeTensors(path: string, header: Header, size: number): ReadonlyMap<string, Place> {
  refuseTypes(path, header.tensors);
  const places = new Map<string, Place>();
  for (const [name, tensor] of header.tensors)
    places.set(name, placeOf(path, name, tensor, header.end, size));
  refuseHoles(path, header.tensors, size - header.end);
  return places;
}

function refuseTypes(path: string, tensors: Header["tensors"]): void {
  const strange = [...tensors].filter(([name, { type }]) => !elementOf(name, type));
  const [first] = strange;
  if (first === undefined) return;
  const others = new Set(strange.slice(1).map(([, { type }]) => type));
  const more =
    strange.length > 1
      ? ` (and ${strange.length - 1} more: ${[...others].slice(0, 5).map(modelFaults.named).join(", ")})`
      : "";
  throw new SetupError(
    "TENSOR_TYPE",
    `${path}: tensor ${modelFaults.named(first[0])} has type ${modelFaults.named(first[1].type)}, which is not supported${more}`,
    { hint: `Supported types: ${[...elementTypes.keys()].join(", ")}. Save the model in one of them.` },
  );
}

function placeOf(path: string, name: string, tensor: Described, start: number, size: number): Place {
  const { type, shape, begin, end } = tensor;
  const element = elementOf(name, type)!;
  const who = `tensor ${modelFaults.named(name)}`;
  const room = size - start;
  // Lengths that are 0 do not excuse the others.
  const product = shape.reduce((a, d) => a * (d || 1), 1);
  if (!Number.isSafeInteger(product * element.bytes))
    throw modelFaults.corrupt(path, `${who} has shape [${shape}], more values than can be counted`);
  const count = shape.includes(0) ? 0 : product;
  const bytes = count * element.bytes;
  if (end < begin)
    throw modelFaults.corrupt(path, `${who} ends at byte ${end}, before it begins at ${begin}`);
  if (end - begin !== bytes)
    throw modelFaults.corrupt(
      path,
      `${who} has ${end - begin} bytes, its shape [${shape}] of ${type} takes ${bytes}`,
    );
  if (end > room)
    throw modelFaults.corrupt(path, `${who} ends at byte ${start + end}, but the file has ${size}`);
  return { shape, type, element, offset: start + begin, count };
}

/** The format wants the data filled from end to end, so that nothing can hide in it. */
function refuseHoles(path: string, tensors: Header["tensors"], room: number): void {
  const inOrder = [...tensors].toSorted(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  let filled = 0;
  let before: string | undefined;
  for (const [name, { begin, end }] of inOrder) {
    if (begin < filled)
      throw modelFaults.corrupt(
        path,
        `tensors ${modelFaults.named(before ?? "")} and ${modelFaults.named(name)} overlap`,
      );
    if (begin > filled)
      throw modelFaults.corrupt(
        path,
        `${begin - filled} bytes before tensor ${modelFaults.named(name)} belong to no tensor`,
      );
    filled = end;
    before = name;
  }
  if (filled < room) throw modelFaults.corrupt(path, `its last ${room - filled} bytes belong to no tensor`);
}
