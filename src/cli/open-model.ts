// From the MODEL argument to a model that can be asked: a catalogue name, a file of weights, or a served model.

import { homedir } from "node:os";
import { basename } from "node:path";
import { SetupError } from "../core/errors.ts";
import type { Model, ModelDescription } from "../model/model.ts";
import { availableMemory } from "./available-memory.ts";
import { fetchProgress } from "./fetch-progress.ts";

export type OpenOptions = {
  readonly file?: string;
  readonly baseUrl?: string;
  readonly apiKeyEnv: string;
  readonly threads: number;
  readonly concurrency: number;
  readonly maxCalls?: number;
  readonly maxTotalTokens?: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
};

export type OpenedModel = {
  readonly model: Model;
  /** One line about how far the model can be trusted to be read rightly. */
  readonly selfCheck: string;
  readonly engine: string;
};

/** @throws SetupError whatever the user can mend: names, files, keys, addresses. */
export async function openModel(spec: string, options: OpenOptions): Promise<OpenedModel> {
  const served = /^([a-z-]+):(.+)$/u.exec(spec);
  if (served && !spec.includes("/") && !spec.includes("\\"))
    return openServed(served[1]!, served[2]!, options);
  if (served?.[1] === "openai-compatible") return openServed(served[1], served[2]!, options);
  return openLocal(spec, options);
}

async function openLocal(spec: string, options: OpenOptions): Promise<OpenedModel> {
  const [{ openLocal: open }, { loadModel }, { localModel }, { ENGINE_VERSION }] = await Promise.all([
    import("../engine/open-local.ts"),
    import("../engine/load-model.ts"),
    import("../engine/local-model.ts"),
    import("../engine/version.ts"),
  ]);
  const progress = fetchProgress(process.stderr);
  const {
    found,
    model: loaded,
    selfCheck,
  } = await open(
    spec,
    {
      env: process.env,
      home: homedir(),
      threads: options.threads,
      availableBytes: availableMemory(),
      onEvent: progress.onEvent,
      ...(options.file === undefined ? {} : { file: options.file }),
      ...(options.signal ? { signal: options.signal } : {}),
    },
    loadModel,
  ).finally(progress.end);
  const types = Object.entries(loaded.tensorTypes).sort((a, b) => b[1] - a[1]);
  const description: ModelDescription = {
    id: spec,
    title:
      found.pinned.kind === "pinned"
        ? found.pinned.file.title
        : `${basename(found.path, ".gguf")}, ${types[0]?.[0] ?? "?"}, computed in fp32`,
    kind: "local",
    revision: { kind: "sha256", value: found.sha256 },
    details: {
      file: basename(found.path),
      bytes: found.bytes,
      tensors: types.map(([type, count]) => `${count} ${type}`).join(", "),
      layers: loaded.config.nLayers,
      width: loaded.config.dModel,
      heads: `${loaded.config.nHeads} over ${loaded.config.nKeyValueHeads} key/value heads`,
      context: loaded.config.nCtx,
      vocabulary: loaded.config.dVocab,
      ...(found.pinned.kind === "pinned" ? { licence: found.pinned.file.licence } : {}),
    },
  };
  return {
    model: localModel(loaded, description),
    selfCheck,
    engine: `trueline engine ${ENGINE_VERSION} on ONNX Runtime, ${options.threads} threads`,
  };
}

async function openServed(provider: string, name: string, options: OpenOptions): Promise<OpenedModel> {
  if (provider !== "openai-compatible") {
    throw new SetupError("PROVIDER", `unknown provider ${JSON.stringify(provider)}`, {
      hint: "Known: openai-compatible:NAME, with --base-url URL. Local models are named by catalogue name or path.",
    });
  }
  const { openServedModel } = await import("./open-served-model.ts");
  return openServedModel(name, options);
}
