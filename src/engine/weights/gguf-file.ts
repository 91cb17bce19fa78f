// Opens a GGUF file: its metadata, and its tensors one at a time as float32. Every claim of the file is checked before it is used.

import { open, type FileHandle } from "node:fs/promises";
import { gguf } from "@huggingface/gguf";
import { SetupError } from "../../core/errors.ts";
import { tensorTypes } from "./dequantize.ts";

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

/** @throws SetupError when the file is missing, is no GGUF, is cut short, or has a tensor type that is not supported. */
export async function openGguf(path: string): Promise<GgufFile> {
  const handle = await openForReading(path);
  try {
    const size = (await handle.stat()).size;
    await checkMagic(handle, path, size);
    const parsed = await parse(path);
    const start = Number(parsed.tensorDataOffset);
    const places = new Map(
      parsed.tensorInfos.map((info) => {
        const type = tensorTypes[info.dtype];
        if (!type) {
          throw new SetupError(
            "TENSOR_TYPE",
            `${path}: tensor ${info.name} has type ${info.dtype}, which is not supported`,
            {
              hint: `Supported tensor types: ${Object.values(tensorTypes)
                .map((t) => t.name)
                .join(", ")}.`,
            },
          );
        }
        const shape = info.shape.map(Number).reverse();
        const count = shape.reduce((a, d) => a * d, 1);
        const offset = start + Number(info.offset);
        const bytes = (count / type.block) * type.bytes;
        if (!Number.isSafeInteger(count) || count < 1 || count % type.block !== 0) {
          throw corrupt(
            path,
            `tensor ${info.name} has shape [${shape}], which does not fit its type ${type.name}`,
          );
        }
        if (!Number.isSafeInteger(offset) || offset < 0 || offset + bytes > size) {
          throw corrupt(path, `tensor ${info.name} ends at byte ${offset + bytes}, but the file has ${size}`);
        }
        return [info.name, { shape, type, offset, bytes, count }] as const;
      }),
    );
    return {
      path,
      metadata: { ...parsed.metadata },
      tensors: new Map([...places].map(([name, p]) => [name, { shape: p.shape, type: p.type.name }])),
      read: async (name) => {
        const place = places.get(name);
        if (!place) throw corrupt(path, `tensor ${name} is missing`);
        const raw = new Uint8Array(place.bytes);
        const { bytesRead } = await handle.read(raw, 0, place.bytes, place.offset);
        if (bytesRead !== place.bytes) throw corrupt(path, `tensor ${name} is cut short`);
        const out = new Float32Array(place.count);
        place.type.read(raw, out);
        const bad = out.findIndex((x) => !Number.isFinite(x));
        if (bad >= 0) throw corrupt(path, `tensor ${name} holds ${out[bad]} at position ${bad}`);
        return out;
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openForReading(path: string): Promise<FileHandle> {
  try {
    const handle = await open(path, "r");
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
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

async function checkMagic(handle: FileHandle, path: string, size: number): Promise<void> {
  const head = new DataView(new ArrayBuffer(24));
  const { bytesRead } = await handle.read(head, 0, 24, 0);
  if (bytesRead < 24 || head.getUint32(0, true) !== MAGIC) {
    throw new SetupError("NOT_GGUF", `${path} is not a GGUF file`, {
      hint: "Supported: GGUF files of the Llama family.",
    });
  }
  // A count that could not fit in the file even at one byte an entry is refused before anything is allocated for it.
  for (const [at, what] of [
    [8, "tensors"],
    [16, "metadata entries"],
  ] as const) {
    if (head.getBigUint64(at, true) > BigInt(size))
      throw corrupt(path, `it claims ${head.getBigUint64(at, true)} ${what}`);
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
