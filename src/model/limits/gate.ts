// A gate that lets so many through at once, and learns how many: half as many when the server objects, slowly more again.

export type Pass = {
  /** To be called once. `throttled`: the server asked for less; `passed`: it answered; `neither`: that says nothing of its load. */
  readonly leave: (how: "passed" | "throttled" | "neither") => void;
};

export type Gate = {
  /** First come, first served. @throws the signal's reason once it is aborted; then no pass is held. */
  readonly enter: (signal: AbortSignal) => Promise<Pass>;
  /** How many may be inside now. */
  readonly width: () => number;
};

/**
 * Additive increase, multiplicative decrease: one more after as many answers as the gate is wide. A wave of objections to
 * requests that were under way together counts once, else eight of them would shut the gate at one stroke.
 */
export function adaptiveGate(most: number): Gate {
  let width = most;
  let inside = 0;
  let answered = 0;
  let wave = 0;
  const waiting = new Set<() => void>();

  const admit = () => {
    for (const go of waiting) {
      if (inside >= width) return;
      waiting.delete(go);
      inside++;
      go();
    }
  };

  const passOf = (entered: number): Pass => ({
    leave: (how) => {
      inside--;
      if (how === "throttled" && entered === wave) {
        width = Math.max(1, Math.floor(width / 2));
        wave++;
        answered = 0;
      }
      if (how === "passed" && ++answered >= width) {
        width = Math.min(most, width + 1);
        answered = 0;
      }
      admit();
    },
  });

  return {
    width: () => width,
    enter: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        const go = () => {
          signal.removeEventListener("abort", stop);
          resolve(passOf(wave));
        };
        const stop = () => {
          waiting.delete(go);
          reject(signal.reason as Error);
        };
        signal.addEventListener("abort", stop, { once: true });
        waiting.add(go);
        admit();
      }),
  };
}
