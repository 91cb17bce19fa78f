// Shows how a model file comes in: a bar with size and rate on a terminal, plain lines elsewhere.

import { ticks } from "./clock.ts";
import type { FetchEvent } from "../model/fetch/index.ts";
import { visible } from "../core/visible.ts";
import { progressOn } from "./progress.ts";

const BAR = 24;

/** A listener for `FetchOptions.onEvent`, and `end` to leave a clean line behind. */
export function fetchProgress(stream: NodeJS.WriteStream) {
  const progress = progressOn(stream);
  let started = { source: "", step: "", at: 0, received: 0 };
  return {
    onEvent: (event: FetchEvent) => {
      if (event.kind === "trying") progress.show(`trying ${visible(event.source)}`, { final: true });
      else if (event.kind === "failed") progress.show(`  no: ${visible(event.because)}`, { final: true });
      else {
        if (
          event.source !== started.source ||
          event.step !== started.step ||
          event.received < started.received
        ) {
          started = { source: event.source, step: event.step, at: ticks(), received: event.received };
        }
        const seconds = (ticks() - started.at) / 1000;
        const rate = seconds > 0 ? (event.received - started.received) / seconds : 0;
        const share = event.total > 0 ? Math.min(1, event.received / event.total) : 0;
        const bar = "#".repeat(Math.round(share * BAR)).padEnd(BAR, ".");
        progress.show(
          `${event.step === "download" ? "downloading" : "unpacking"} [${bar}] ${megabytes(event.received)} of ${megabytes(event.total)} MB, ${megabytes(rate)} MB/s`,
        );
      }
    },
    end: () => progress.end(),
  };
}

export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
