// Opens the models of a run, each once: a judge may be the very model that wrote the replies.

import { openModel, type OpenedModel, type OpenOptions } from "../open-model.ts";

export type ModelOpener = {
  readonly open: (spec: string, options: OpenOptions) => Promise<OpenedModel>;
  /** Closes all that were opened. */
  readonly close: () => Promise<void>;
};

export function modelOpener(tell: (line: string) => void): ModelOpener {
  const opened = new Map<string, Promise<OpenedModel>>();
  return {
    open: (spec, options) => {
      const key = JSON.stringify([spec, options.baseUrl, options.apiKeyEnv]);
      const found = opened.get(key);
      if (found !== undefined) return found;
      const opening = openModel(spec, options).then((model) => {
        tell(`model: ${model.model.description.title}`);
        tell(model.selfCheck);
        return model;
      });
      opened.set(key, opening);
      return opening;
    },
    close: async () => {
      const all = await Promise.allSettled(opened.values());
      await Promise.all(
        all.map(async (one) => one.status === "fulfilled" && (await one.value.model.close())),
      );
    },
  };
}
