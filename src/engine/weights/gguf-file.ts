// Opens a GGUF file: its metadata, and its tensors one at a time as float32. Every claim of the file is checked before it is used.

import { open, stat, type FileHandle } from "node:fs/promises";
import { gguf, GGMLQuantizationType } from "@huggingface/gguf";
import { SetupError } from "../../core/errors.ts";
import { checkHeader } from "./check-header.ts";
import { shown } from "./shown.ts";
import { tensorTypes, type TensorType } from "./dequantize.ts";

export type GgufFile = {
  readonly path: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Name to shape as matrices are written here: [out, in], the reverse of the file's order. */
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly type: string }>;
  /** Reads one tensor. @throws SetupError naming the tensor when it is absent, cut short or holds a non-finite value. */
  readonly read: (name: string) => Promise<Float32Array>;
  readonly close: () => Promise<void>;
};

const MAGIC = 0x46554747;
/** Bytes of one read: the system call takes no more than 2 GiB. */
const PIECE = 2 ** 28;

/** @throws SetupError when the file is missing, is no GGUF, is cut short, or has a tensor type that is not supported. */
export async function openGguf(path: string): Promise<GgufFile> {
  const handle = await openForReading(path);
  try {
    const size = (await handle.stat()).size;
    await checkMagic(handle, path);
    const header = await checkHeader(handle, path, size);
    const parsed = await parse(path);
    const metadata: Record<string, unknown> = { ...parsed.metadata };
    for (const { entry, index, text } of header.lastTexts) {
      const list = Object.hasOwn(metadata, entry) ? metadata[entry] : undefined;
      if (Array.isArray(list)) list[index] = text;
    }
    const start = Math.ceil(header.end / alignmentOf(path, metadata)) * alignmentOf(path, metadata);
    const places = new Map(
      parsed.tensorInfos.map((info) => [info.name, placeOf(path, info, start, size)] as const),
    );
    refuseOverlap(path, places);
    return {
      path,
      metadata,
      tensors: new Map([...places].map(([name, p]) => [name, { shape: p.shape, type: p.type.name }])),
      read: async (name) => {
        const place = places.get(name);
        if (!place) throw corrupt(path, `tensor ${name} is missing`);
        const raw = new Uint8Array(place.bytes);
        for (let done = 0; done < raw.length;) {
          const length = Math.min(raw.length - done, PIECE);
          const { bytesRead } = await handle.read(raw, done, length, place.offset + done);
          if (bytesRead === 0) throw corrupt(path, `tensor ${name} is cut short`);
          done += bytesRead;
        }
        const out = new Float32Array(place.count);
        place.type.read(raw, out);
        for (let i = 0; i < out.length; i++) {
          if (!Number.isFinite(out[i]))
            throw corrupt(path, `tensor ${name} holds ${out[i]} at position ${i}`);
        }
        return out;
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

type Place = {
  readonly shape: readonly number[];
  readonly type: TensorType;
  readonly offset: number;
  readonly bytes: number;
  readonly count: number;
};

type Described = {
  readonly name: string;
  readonly shape: readonly bigint[];
  readonly dtype: number;
  readonly offset: bigint;
};

/** Where a tensor lies, checked against its type and the end of the file. @param start the first tensor's byte */
function placeOf(
  path: string,
  { name, dtype, shape: lengths, ...info }: Described,
  start: number,
  size: number,
): Place {
  const type = tensorTypes[dtype];
  if (!type) {
    throw new SetupError(
      "TENSOR_TYPE",
      `${path}: tensor ${name} has type ${ggmlName(dtype)}, which is not supported`,
      {
        hint: `Supported tensor types: ${Object.values(tensorTypes)
          .map((t) => t.name)
          .join(", ")}.`,
      },
    );
  }
  const shape = lengths.map(Number).reverse();
  const count = shape.reduce((a, d) => a * d, 1);
  const offset = start + Number(info.offset);
  const bytes = (count / type.block) * type.bytes;
  // Blocks lie along a row: each row must be a whole number of them.
  if (!Number.isSafeInteger(count) || count < 1 || (shape.at(-1) ?? 1) % type.block !== 0) {
    throw corrupt(path, `tensor ${name} has shape [${shape}], which does not fit its type ${type.name}`);
  }
  if (!Number.isSafeInteger(offset) || offset + bytes > size) {
    throw corrupt(path, `tensor ${name} ends at byte ${offset + bytes}, but the file has ${size}`);
  }
  return { shape, type, offset, bytes, count };
}

function refuseOverlap(path: string, places: ReadonlyMap<string, Place>): void {
  const inOrder = [...places].sort(([, a], [, b]) => a.offset - b.offset);
  inOrder.forEach(([name, place], i) => {
    const next = inOrder[i + 1];
    if (next && next[1].offset < place.offset + place.bytes)
      throw corrupt(path, `tensors ${name} and ${next[0]} overlap`);
  });
}

/** Tensors begin at multiples of this many bytes (`general.alignment`, 32 where it is not given). */
function alignmentOf(path: string, metadata: Readonly<Record<string, unknown>>): number {
  const alignment = metadata["general.alignment"] ?? 32;
  if (
    typeof alignment === "number" &&
    alignment >= 1 &&
    alignment <= 65536 &&
    Number.isInteger(Math.log2(alignment))
  )
    return alignment;
  throw corrupt(path, `metadata general.alignment is ${shown(alignment)}, not a power of two`);
}

/** `Q4_K (12)`; the bare number where the type is unknown to the library too. */
function ggmlName(dtype: number): string {
  const name: unknown = GGMLQuantizationType[dtype];
  return typeof name === "string" ? `${name} (${dtype})` : String(dtype);
}

async function openForReading(path: string): Promise<FileHandle> {
  try {
    // Looked at before it is opened: opening a pipe that nobody writes to would wait for ever.
    if ((await stat(path)).isFile()) return await open(path, "r");
    throw new SetupError("MODEL_FILE", `${path} is not a file`, {
      hint: "Name a GGUF file, or a model that `trueline models` lists.",
    });
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError(
      "MODEL_FILE",
      `can't open ${path}: ${error instanceof Error ? error.message : String(error)}`,
      {
        hint: "Name a GGUF file that exists and can be read, or a model that `trueline models` lists.",
        cause: error,
      },
    );
  }
}

async function checkMagic(handle: FileHandle, path: string): Promise<void> {
  const head = new DataView(new ArrayBuffer(4));
  const { bytesRead } = await handle.read(head, 0, 4, 0);
  if (bytesRead < 4 || head.getUint32(0, true) !== MAGIC) {
    throw new SetupError("NOT_GGUF", `${path} is not a GGUF file`, {
      hint: "Supported: GGUF files of the Llama family.",
    });
  }
}

async function parse(path: string) {
  try {
    return await gguf(path, { allowLocalFile: true });
  } catch (error) {
    throw new SetupError(
      "CORRUPT_MODEL",
      `${path} can't be read as GGUF: ${error instanceof Error ? error.message : String(error)}`,
      {
        hint: HINT,
        cause: error,
      },
    );
  }
}

const HINT =
  "The file is damaged or was cut short. Fetch it again (`trueline models pull`), or check its sha256.";

function corrupt(path: string, what: string): SetupError {
  return new SetupError("CORRUPT_MODEL", `${path} is corrupt: ${what}`, { hint: HINT });
}
