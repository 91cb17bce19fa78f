// From the name of a local model to one that can be served: file, engine, self-check, decoder.

import { basename, dirname } from "node:path";
import { SetupError } from "../core/errors.ts";
import { openDecoder } from "../engine/decode/open-decoder.ts";
import { loadModel } from "../engine/load-model.ts";
import { loadQuantised } from "../engine/load-quantised.ts";
import { openLocal } from "../engine/open-local.ts";
import { ENGINE_VERSION } from "../engine/version.ts";
import type { FetchEvent } from "../model/fetch/index.ts";
import { scorePrompt } from "./score-prompt.ts";
import type { ServedModel } from "./served-model.ts";
import { servedTokens } from "./served-tokens.ts";

export type OpenServedOptions = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly file?: string;
  readonly threads: number;
  /** Memory that is there to be taken: a model that needs more is refused before it is read. */
  readonly availableBytes: number;
  /** Replies that are written side by side. */
  readonly rows: number;
  /** Multiply with the file's own 4- and 8-bit blocks: faster for one reply at a time, other numbers. */
  readonly quantised?: boolean;
  readonly onEvent: (event: FetchEvent) => void;
  readonly signal?: AbortSignal;
};

export type OpenedServed = {
  readonly model: ServedModel;
  /** What it is: name and quantisation. */
  readonly title: string;
  readonly selfCheck: string;
  readonly engine: string;
  readonly close: () => Promise<void>;
};

/** @throws SetupError whatever the user can mend */
export async function openServed(spec: string, options: OpenServedOptions): Promise<OpenedServed> {
  const { env, home, file, threads, availableBytes, rows, onEvent, signal } = options;
  if (/^[a-z-]+:/u.test(spec) && !/[/\\]/u.test(spec))
    throw new SetupError("SERVE", `${JSON.stringify(spec)} is served by somebody else already`, {
      hint: "Give a name that `trueline models` lists, or a path to a GGUF file or a folder with safetensors.",
    });
  const {
    found,
    model: loaded,
    selfCheck,
  } = await openLocal(
    spec,
    {
      env: env as NodeJS.ProcessEnv,
      home,
      threads,
      availableBytes,
      onEvent,
      ...(file === undefined ? {} : { file }),
      ...(signal ? { signal } : {}),
      ...(options.quantised ? { arithmetic: "quantised" as const } : {}),
    },
    options.quantised ? loadQuantised : loadModel,
  );
  const [type = "?"] = Object.entries(loaded.tensorTypes).sort((a, b) => b[1] - a[1])[0] ?? [];
  const { forward, tokenizer } = loaded;
  const decoder = openDecoder(forward, tokenizer, { rows });
  return {
    model: {
      id: found.pinned.kind === "pinned" ? spec : nameOf(found.path),
      fingerprint: `fp_${found.sha256.slice(0, 10)}_${ENGINE_VERSION}${options.quantised ? "_quantised" : ""}`,
      context: forward.config.nCtx,
      tokens: servedTokens(tokenizer),
      decoder,
      scorePrompt: (prompt, top, ended) => scorePrompt(forward, tokenizer.padding, prompt, top, ended),
    },
    title: titleOf(
      found.pinned.kind === "pinned" ? found.pinned.file.title : `${type}, computed in fp32`,
      loaded.arithmetic,
    ),
    selfCheck,
    engine: `trueline engine ${ENGINE_VERSION} on ONNX Runtime, ${threads} threads`,
    close: async () => {
      await decoder.close();
      await loaded.close();
    },
  };
}

/** A file's own name, or its folder's where every model's file is called the same. */
function nameOf(path: string): string {
  return /\.(?:safetensors|json)$/iu.test(path) ? basename(dirname(path)) : basename(path, ".gguf");
}

function titleOf(inFloat32: string, arithmetic: string): string {
  return arithmetic === "fp32"
    ? inFloat32
    : inFloat32.replace(/(?:dequantised to|computed in) fp32$/u, arithmetic);
}
