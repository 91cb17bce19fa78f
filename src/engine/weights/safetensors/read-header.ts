// Reads the header of one safetensors file: its length, then JSON of which only what the format knows is accepted.

import type { ByteSource } from "./byte-source.ts";
import { jsonCursor, type JsonCursor } from "./json-cursor.ts";
import { modelFaults } from "./model-faults.ts";

/** A tensor as the header tells of it, not yet held against the file. `begin` and `end` count bytes from the end of the header. */
export type Described = {
  readonly type: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
};

/** `end`: the byte of the file where the header ends and the data begin. */
export type Header = { readonly end: number; readonly tensors: ReadonlyMap<string, Described> };

/** The format's own limit, as its reference implementation has it (safetensors, tensor.rs, MAX_HEADER_SIZE). */
const HEADER_BYTES = 100_000_000;
const LENGTH_BYTES = 8;
const OPEN_BRACE = 0x7b;
const DIMENSIONS = 8;
const TYPE_BYTES = 32;

/** @throws SetupError naming the tensor where there is one, when the header is not what the format says or is cut short. */
export async function readHeader(source: ByteSource): Promise<Header> {
  const { path, size } = source;
  const head = new Uint8Array(Math.min(size, LENGTH_BYTES + 1));
  await source.fill(head, 0, "its first bytes");
  const most = Math.min(HEADER_BYTES, size - LENGTH_BYTES);
  const length = head.length > LENGTH_BYTES ? new DataView(head.buffer).getBigUint64(0, true) : 0n;
  // The first bytes are a length, and any length may look like another kind's mark: they are believed only where nothing else fits.
  if (length > BigInt(most) || head[LENGTH_BYTES] !== OPEN_BRACE) refuseOtherKinds(path, head);
  if (length > BigInt(most)) {
    throw modelFaults.corrupt(
      path,
      `its header claims ${length} bytes, ${most === HEADER_BYTES ? "the format allows" : "the file has room for"} ${most}`,
    );
  }
  const json = new Uint8Array(Number(length));
  await source.fill(json, LENGTH_BYTES, "its header");
  const tensors = tensorsOf(
    jsonCursor(json, (what) => fail(path, what)),
    (what) => fail(path, what),
  );
  return { end: LENGTH_BYTES + json.length, tensors };
}

function fail(path: string, what: string): never {
  throw modelFaults.corrupt(path, what);
}

/** Kinds of files that are often met in its place, by their first bytes. */
function refuseOtherKinds(path: string, head: Uint8Array): void {
  const start = String.fromCharCode(...head);
  if (start.startsWith("version "))
    throw modelFaults.otherKind(path, "a Git LFS pointer to one", "Fetch the file itself: `git lfs pull`.");
  if (start.startsWith("GGUF"))
    throw modelFaults.otherKind(path, "it is a GGUF file", "Give it its own ending, .gguf.");
  if (start.startsWith("PK"))
    throw modelFaults.otherKind(path, "it is a zip, as PyTorch writes", "Save the model as safetensors.");
  if (head[LENGTH_BYTES] !== OPEN_BRACE)
    throw modelFaults.otherKind(
      path,
      head.length <= LENGTH_BYTES ? `it has ${head.length} bytes` : "no header begins at byte 8",
      "Name a safetensors file, or fetch this one again if it should be one.",
    );
}

function tensorsOf(json: JsonCursor, refuse: (what: string) => never): ReadonlyMap<string, Described> {
  const tensors = new Map<string, Described>();
  json.object("its header", (name) => {
    if (name === "__metadata__") {
      json.object("__metadata__", (key) => json.text(`__metadata__ ${modelFaults.named(key)}`, HEADER_BYTES));
    } else {
      tensors.set(name, described(json, `tensor ${modelFaults.named(name)}`, refuse));
    }
  });
  json.end();
  return tensors;
}

function described(json: JsonCursor, tensor: string, refuse: (what: string) => never): Described {
  let type: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  const numbers = (what: string, most: number) => {
    const out: number[] = [];
    json.list(what, (index) => {
      if (index === most) refuse(`${what} has more than ${most} numbers`);
      out.push(json.whole(`number ${index + 1} in ${what}`));
    });
    return out;
  };
  json.object(`the description of ${tensor}`, (key) => {
    if (key === "dtype") type = json.text(`the dtype of ${tensor}`, TYPE_BYTES);
    else if (key === "shape") shape = numbers(`the shape of ${tensor}`, DIMENSIONS);
    else if (key === "data_offsets") offsets = numbers(`the data_offsets of ${tensor}`, 2);
    else
      refuse(
        `the description of ${tensor} has an entry ${modelFaults.named(key)} that the format does not know`,
      );
  });
  const [begin, end] = offsets ?? [];
  if (type === undefined) return refuse(`${tensor} has no dtype`);
  if (shape === undefined) return refuse(`${tensor} has no shape`);
  if (begin === undefined || end === undefined) return refuse(`${tensor} has no pair of data_offsets`);
  return { type, shape, begin, end };
}
