// What other folders take from here: files found, fetched and listed.

export { cacheFolder, modelFolder } from "./cache-folder.ts";
export { listModels } from "./list-models.ts";
export { pullModel, resolveModelFile } from "./resolve-model-file.ts";
export type { FetchEvent } from "./source.ts";
