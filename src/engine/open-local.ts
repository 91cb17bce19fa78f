// From the name or path of a local model to the loaded model: its file found or fetched, its weights read, its self-check run or believed.

import { join } from "node:path";
import { cacheFolder, resolveModelFile } from "../model/fetch/index.ts";
import type { ModelFile, ResolveOptions } from "../model/fetch/resolve-model-file.ts";
import { readStoredCheck, storeCheck, type Arithmetic } from "./check/stored-check.ts";
import { selfCheckLine, type SelfCheck } from "./check/self-check.ts";
import type { LoadOptions } from "./load-model.ts";

export type OpenLocalOptions = ResolveOptions &
  Pick<LoadOptions, "threads" | "weightsAs" | "availableBytes"> & {
    /** What `load` computes in, where that is not float32: its check is kept apart. */
    readonly arithmetic?: Arithmetic;
  };

export type OpenedLocal<T> = {
  readonly found: ModelFile;
  readonly model: T;
  /** How far the model can be trusted to be read rightly, in one line. */
  readonly selfCheck: string;
};

/**
 * @param spec a name of the catalogue, or a path
 * @param load what opens the file: `loadModel`, `openWhiteBox`
 * @throws SetupError whatever the user can mend
 */
export async function openLocal<T extends { readonly selfCheck: SelfCheck }>(
  spec: string,
  options: OpenLocalOptions,
  load: (path: string, options: LoadOptions) => Promise<T>,
): Promise<OpenedLocal<T>> {
  const found = await resolveModelFile(spec, options);
  const checks = join(cacheFolder(options.env, options.home), "checks");
  const { arithmetic } = options;
  const checked = await readStoredCheck(checks, found.sha256, arithmetic);
  const { threads, weightsAs, availableBytes } = options;
  const model = await load(found.path, {
    threads,
    ...(weightsAs === undefined ? {} : { weightsAs }),
    ...(availableBytes === undefined ? {} : { availableBytes }),
    ...(checked ? { checked } : {}),
  });
  // A cache that can't be written only means that the next run checks again.
  if (!checked) await storeCheck(checks, found.sha256, model.selfCheck, arithmetic).catch(() => undefined);
  return { found, model, selfCheck: selfCheckLine(model.selfCheck) + (checked ? " (checked before)" : "") };
}
