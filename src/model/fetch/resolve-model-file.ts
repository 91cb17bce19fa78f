// From what the user says (a name of the catalogue, or a path) to a file on disk, its hash, and whether it is a pinned one.

import { resolve } from "node:path";
import { SetupError } from "../../core/errors.ts";
import { catalogue, type Catalogue, type PinnedFile } from "../catalogue.ts";
import { fetchFile, type FetchedFrom, type FetchOptions } from "./fetch-file.ts";
import { userFile } from "./user-file.ts";

export type ModelFile = {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly pinned:
    | { readonly kind: "pinned"; readonly name: string; readonly file: PinnedFile }
    | { readonly kind: "none"; readonly because: string };
  /** `file`: a path that the user gave. */
  readonly source: "file" | FetchedFrom;
};

export type ResolveOptions = FetchOptions & {
  /** A file to take for a catalogue name, in place: it must be the pinned one. */
  readonly file?: string;
};

/**
 * A name of the catalogue is looked for in `options.file` alone where that is given, else in the cache and then at its
 * sources. Anything else is a path: any GGUF file or folder of safetensors may stand there, and one whose hash is a pinned one is known as such.
 * @throws SetupError: MODEL_UNKNOWN, MODEL_FILE_MISSING, MODEL_FILE_UNREADABLE, MODEL_FILE_NOT_GGUF, MODEL_FILE_DIFFERS,
 * and what `fetchFile` throws.
 */
export async function resolveModelFile(
  nameOrPath: string,
  options: ResolveOptions,
  known: Catalogue = catalogue,
): Promise<ModelFile> {
  const pinned = entryOf(known, nameOrPath);
  if (pinned === undefined) return await fromPath(nameOrPath, options.signal, known);
  if (options.file === undefined) return await pullModel(nameOrPath, options, known);
  const found = await fromPath(options.file, options.signal, known);
  if (found.sha256 !== pinned.sha256) {
    throw new SetupError(
      "MODEL_FILE_DIFFERS",
      `${options.file} is not ${pinned.fileName}: it has ${found.bytes} bytes and sha256 ${found.sha256}, ` +
        `where ${pinned.bytes} bytes and ${pinned.sha256} are expected.`,
      {
        hint: `Name the file by its path alone to use it as it is, or leave it away to fetch ${nameOrPath}.`,
      },
    );
  }
  return { ...found, pinned: { kind: "pinned", name: nameOrPath, file: pinned } };
}

/**
 * Brings a model of the catalogue into the cache.
 * @throws SetupError MODEL_UNKNOWN, and what `fetchFile` throws.
 */
export async function pullModel(
  name: string,
  options: FetchOptions,
  known: Catalogue = catalogue,
): Promise<ModelFile> {
  const file = entryOf(known, name);
  if (file === undefined) throw unknownModel(name, known, "no model of the catalogue");
  const { path, from } = await fetchFile(file, options);
  return {
    path: resolve(path),
    bytes: file.bytes,
    sha256: file.sha256,
    pinned: { kind: "pinned", name, file },
    source: from,
  };
}

async function fromPath(path: string, signal: AbortSignal | undefined, known: Catalogue): Promise<ModelFile> {
  const { sha256, bytes } = await userFile(path, signal).catch((error: unknown) => {
    const missing = error instanceof SetupError && error.code === "MODEL_FILE_MISSING";
    // A bare word is more likely a mistyped name than a path.
    throw missing && !/[/\\.]/u.test(path)
      ? unknownModel(path, known, "neither a model of the catalogue nor a file")
      : error;
  });
  const match = Object.entries(known).find(([, file]) => file.sha256 === sha256);
  return {
    path: resolve(path),
    bytes,
    sha256,
    pinned:
      match === undefined
        ? { kind: "none", because: "its sha256 is none of the catalogue's" }
        : { kind: "pinned", name: match[0], file: match[1] },
    source: "file",
  };
}

function entryOf(known: Catalogue, name: string): PinnedFile | undefined {
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

function unknownModel(name: string, known: Catalogue, is: string): SetupError {
  return new SetupError("MODEL_UNKNOWN", `${JSON.stringify(name)} is ${is}.`, {
    hint: `Known models: ${Object.keys(known).join(", ")}. Or name the path of a GGUF file or of a folder with safetensors.`,
  });
}
