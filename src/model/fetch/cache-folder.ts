// Where Trueline keeps what it fetched once: from the user's environment, passed in.

import { isAbsolute, join } from "node:path";
import type { Env } from "./source.ts";

/**
 * Trueline's own cache folder: `TRUELINE_CACHE`, else `trueline` in `XDG_CACHE_HOME`, else `~/.cache/trueline`.
 * An empty variable counts as unset, and so does a relative `XDG_CACHE_HOME` (XDG Base Directory Specification).
 */
export function cacheFolder(env: Env, home: string): string {
  const own = env["TRUELINE_CACHE"];
  if (own !== undefined && own !== "") return own;
  const shared = env["XDG_CACHE_HOME"];
  return join(shared !== undefined && isAbsolute(shared) ? shared : join(home, ".cache"), "trueline");
}

/** The folder of the model files inside it. */
export function modelFolder(env: Env, home: string): string {
  return join(cacheFolder(env, home), "models");
}
