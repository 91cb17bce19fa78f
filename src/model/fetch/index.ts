// What other folders take from here: files found, fetched and listed.

export { cacheFolder, modelFolder } from "./cache-folder.ts";
export type { CacheState } from "./cached-file.ts";
export type { FetchOptions } from "./fetch-file.ts";
export { listModels, type KnownModel } from "./list-models.ts";
export { pullModel, resolveModelFile, type ModelFile, type ResolveOptions } from "./resolve-model-file.ts";
export type { Env, FetchEvent } from "./source.ts";
