// The providers of served models: one file each, one line here, loaded only when used.

import type { Model } from "../model.ts";
import type { ServedOptions } from "./served-options.ts";

export const providers = {
  "openai-compatible": async (options: ServedOptions): Promise<Model> =>
    (await import("./openai-compatible.ts")).openAiCompatible(options),
} as const;
