// Events of a run of `trueline gap` as progress lines with the time that is left.

import { duration, progressOn } from "../progress.ts";
import { runEvents } from "../run-events.ts";
import type { GapEvent } from "./gap-job.ts";

/** A listener, and `end` to leave a clean line behind. */
export function gapEvents(stream: NodeJS.WriteStream) {
  const drawing = runEvents(stream);
  const grading = progressOn(stream);
  let begun = false;
  return {
    onEvent: (event: GapEvent) => {
      if (event.kind !== "graded") {
        drawing.onEvent(event);
        return;
      }
      const { done, wanted, stored, left } = event;
      if (!begun) {
        begun = true;
        drawing.end();
        if (stored > 0)
          grading.show(`${stored} of ${wanted} scores are stored already; none of them is asked again`, {
            final: true,
          });
      }
      if (wanted === stored) return;
      if (done === stored) {
        grading.show(`grading: ${wanted - stored} texts`, { final: !stream.isTTY });
        return;
      }
      const rest = left.kind === "known" ? `, about ${duration(left.seconds)} left` : "";
      grading.show(`graded ${done} of ${wanted}${rest}`);
    },
    end: () => {
      drawing.end();
      grading.end();
    },
  };
}
