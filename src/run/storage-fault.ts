// A failing disk or folder as something the user can mend, in words.

import { SetupError } from "../core/errors.ts";

const reasons: Readonly<Record<string, readonly [because: string, hint: string]>> = {
  ENOSPC: [
    "the disk is full",
    "Free some space, then give the same command again: the run goes on where it stopped.",
  ],
  EDQUOT: [
    "your disk quota is used up",
    "Free some space, then give the same command again: the run goes on where it stopped.",
  ],
  EFBIG: [
    "the file may not grow further",
    "Raise the limit on file sizes, or choose another folder with --out.",
  ],
  EACCES: ["you may not write there", "Choose another folder with --out, or change its permissions."],
  EPERM: ["you may not write there", "Choose another folder with --out, or change its permissions."],
  EROFS: ["the file system is read-only", "Choose another folder with --out."],
  ENOTDIR: ["a part of the path is a file, not a folder", "Choose another folder with --out."],
  EEXIST: ["a file stands where the folder should be", "Choose another folder with --out."],
  EISDIR: ["a folder stands where a file should be", "Choose another folder with --out."],
  ENAMETOOLONG: ["the name is too long", "Choose a shorter folder with --out."],
  ELOOP: ["its links go in a circle", "Choose another folder with --out."],
  ENOENT: ["the system makes no folder or file there", "Choose another folder with --out."],
  EIO: ["the disk failed", "Choose a folder on another disk with --out."],
};

/** Runs `work` on `file`; what the system refuses becomes a SetupError that names the file, the reason and the way out. */
export function onStorage<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reason = reasons[code];
    if (reason === undefined) throw error;
    throw new SetupError(`STORAGE_${code}`, `can't write ${file}: ${reason[0]}`, {
      hint: reason[1],
      cause: error,
    });
  }
}
