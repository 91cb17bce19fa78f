// What is known and what of it lies in the cache: the rows of `trueline models`.

import { catalogue, type Catalogue, type PinnedFile } from "../catalogue.ts";
import { modelFolder } from "./cache-folder.ts";
import { checkCache, lookAtCache, type CacheState } from "./cached-file.ts";
import type { FetchOptions } from "./fetch-file.ts";

export type KnownModel = { readonly name: string; readonly file: PinnedFile; readonly cache: CacheState };

/** In the catalogue's order. Nothing is fetched; files are read and hashed only with `verify`. */
export async function listModels(
  options: Pick<FetchOptions, "env" | "home" | "verify" | "signal">,
  known: Catalogue = catalogue,
): Promise<readonly KnownModel[]> {
  const folder = modelFolder(options.env, options.home);
  const rows: KnownModel[] = [];
  for (const [name, file] of Object.entries(known)) {
    const cache =
      options.verify === true
        ? await checkCache(file, folder, { verify: true, signal: options.signal })
        : await lookAtCache(file, folder);
    rows.push({ name, file, cache });
  }
  return rows;
}
