// A full or unwritable disk is the user's to mend and no source's fault: errno in, SetupError out.

import { SetupError } from "../../core/errors.ts";
import { reasonOf } from "./reason.ts";

const full = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const unwritable = new Set([
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOTDIR",
  "EEXIST",
  "ENOENT",
  "ENAMETOOLONG",
  "ELOOP",
  "EIO",
]);

/** The error to show when `folder` can't be written, or nothing when the error is of another kind. */
export function cacheFault(error: unknown, folder: string, bytes: number): SetupError | undefined {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  if (full.has(code)) return cacheFull(folder, bytes, error);
  if (!unwritable.has(code)) return undefined;
  return new SetupError(
    "CACHE_UNWRITABLE",
    `The cache folder ${folder} can't be written: ${reasonOf(error)}.`,
    {
      hint: "Make it writable, or set TRUELINE_CACHE to a folder that is.",
      cause: error,
    },
  );
}

function cacheFull(folder: string, bytes: number, cause: unknown): SetupError {
  const need = `${Math.ceil(bytes / 1e6)} MB, and for a moment about three times as much when it comes inside an archive`;
  return new SetupError(
    "CACHE_FULL",
    `The disk under the cache folder ${folder} is full: ${reasonOf(cause)}.`,
    {
      hint: `The file takes ${need}. Free some space, or set TRUELINE_CACHE to a folder on another disk.`,
      cause,
    },
  );
}
