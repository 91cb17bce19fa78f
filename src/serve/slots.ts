// A fixed number of places at work, and a line of those who wait for one.

export type Slots = {
  /** Waits for a place. @returns what gives it back @throws the signal's reason when it aborts first */
  take(signal: AbortSignal): Promise<() => void>;
};

export function slots(count: number): Slots {
  let free = count;
  const line: (() => void)[] = [];
  const give = () => {
    const next = line.shift();
    if (next) next();
    else free++;
  };
  const once = () => {
    let given = false;
    return () => {
      if (!given) give();
      given = true;
    };
  };
  return {
    take: async (signal) => {
      signal.throwIfAborted();
      if (free > 0) {
        free--;
        return once();
      }
      return new Promise((resolve, reject) => {
        const called = () => {
          signal.removeEventListener("abort", left);
          resolve(once());
        };
        const left = () => {
          line.splice(line.indexOf(called), 1);
          reject(signal.reason as Error);
        };
        signal.addEventListener("abort", left, { once: true });
        line.push(called);
      });
    },
  };
}
