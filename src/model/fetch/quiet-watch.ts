// Gives up on a source that sends nothing: a signal that fires after so many milliseconds without a beat.

import { SourceFailure } from "./source.ts";

export type QuietWatch = {
  /** Aborts with a SourceFailure when it was quiet for too long, or with the outer signal's reason. */
  readonly signal: AbortSignal;
  /** Something came in: the time starts again. */
  readonly beat: () => void;
  /** The source is not to blame for what follows (we are writing): no time runs until the next beat. */
  readonly hold: () => void;
  /** Ends the watch and whatever still listens to its signal. */
  readonly stop: () => void;
};

export function quietWatch(milliseconds: number, outer: AbortSignal | undefined): QuietWatch {
  const own = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const hold = () => clearTimeout(timer);
  const beat = () => {
    clearTimeout(timer);
    if (own.signal.aborted) return;
    timer = setTimeout(
      () => own.abort(new SourceFailure(`sent nothing for ${milliseconds / 1000} s`)),
      milliseconds,
    );
  };
  beat();
  return {
    signal: outer === undefined ? own.signal : AbortSignal.any([outer, own.signal]),
    beat,
    hold,
    stop: () => {
      clearTimeout(timer);
      own.abort(new SourceFailure("the fetch has ended"));
    },
  };
}
