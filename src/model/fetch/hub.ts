// The Hugging Face hub as a source: one file of a repository at a fixed commit, streamed.

import type { HubPin } from "../catalogue.ts";
import { quietWatch } from "./quiet-watch.ts";
import { reasonOf } from "./reason.ts";
import { SourceFailure, type Source } from "./source.ts";

/** `HF_ENDPOINT`, which the hub's own tools know too, names a mirror; the hash makes any mirror safe. */
export function hubSource(pin: HubPin): Source {
  return {
    title: `Hugging Face hub (${pin.repo})`,
    step: "download",
    async *bytes(file, context) {
      const { downloadFile } = await import("@huggingface/hub");
      const watch = quietWatch(context.inactivityMs, context.signal);
      // The library hands a stream's error on as text without its cause: the first one seen here says more.
      let seen: unknown;
      const watchedFetch: typeof fetch = async (input, init) => {
        try {
          const response = await fetch(input, { ...init, signal: watch.signal });
          watch.beat();
          return response;
        } catch (error) {
          seen ??= error;
          throw error;
        }
      };
      try {
        const mirror = context.env["HF_ENDPOINT"];
        const blob = await downloadFile({
          repo: { type: "model", name: pin.repo },
          revision: pin.revision,
          path: pin.path,
          fetch: watchedFetch,
          // Plain HTTP sends the file's own bytes in order, so that what is counted is what was received.
          xet: false,
          ...(mirror === undefined || mirror === "" ? {} : { hubUrl: mirror.replace(/\/+$/u, "") }),
        });
        if (blob === null) throw new SourceFailure(`has no file ${pin.path} at revision ${pin.revision}`);
        if (blob.size !== file.bytes)
          throw new SourceFailure(`offers ${blob.size} bytes where ${file.bytes} are expected`);
        for await (const chunk of blob.stream()) {
          watch.hold();
          yield chunk;
          watch.beat();
        }
      } catch (error) {
        if (watch.signal.aborted) throw watch.signal.reason;
        if (error instanceof SourceFailure) throw error;
        throw new SourceFailure(reasonOf(seen ?? error), error);
      } finally {
        watch.stop();
      }
    },
  };
}
