// A run's events as progress lines with the time that is left.

import type { RunEvent } from "../run/event.ts";
import { duration, progressOn } from "./progress.ts";

/** A listener for the run's events, and `end` to leave a clean line behind. */
export function runEvents(stream: NodeJS.WriteStream) {
  const progress = progressOn(stream);
  return {
    onEvent: (event: RunEvent) => {
      switch (event.kind) {
        case "run-started":
          if (event.stored > 0)
            progress.show(`${event.stored} samples are stored already; none of them is asked again`, {
              final: true,
            });
          break;
        case "stage-started":
          progress.show(`${event.suite}: ${event.stage}, ${event.samples} samples`, { final: !stream.isTTY });
          break;
        case "batch-done": {
          const left =
            event.left.kind === "known" ? `, about ${duration(event.left.seconds)} left in all` : "";
          const failed = event.failed > 0 ? `, ${event.failed} failed` : "";
          progress.show(`${event.suite}: ${event.stage} ${event.done} of ${event.samples}${failed}${left}`);
          break;
        }
        case "stage-done":
          break;
        case "suite-measured":
          progress.show(`${event.suite}: measured`, { final: true });
          break;
      }
    },
    end: () => progress.end(),
  };
}
