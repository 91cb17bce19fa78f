// A queue between one who tells and one who listens: values in order, then an end or an error.

export type EventQueue<T> = {
  push(value: T): void;
  end(): void;
  fail(error: unknown): void;
  readonly iterator: AsyncIterator<T, undefined>;
};

type Told<T> =
  | { readonly kind: "value"; readonly value: T }
  | { readonly kind: "end" }
  | { readonly kind: "error"; readonly error: unknown };

type Listener<T> = {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
};

/** @param left called when the listener goes before the end, at once, even while it waits for a value. */
export function eventQueue<T>(left: () => void): EventQueue<T> {
  const told: Told<T>[] = [];
  const listeners: Listener<T>[] = [];
  let over = false;
  const done = { done: true, value: undefined } as const;
  const tell = (event: Told<T>) => {
    if (over) return;
    over = event.kind !== "value";
    told.push(event);
    while (told.length > 0 && listeners.length > 0) answer(listeners.shift()!);
    if (over) for (const waiting of listeners.splice(0)) waiting.resolve(done);
  };
  const answer = ({ resolve, reject }: Listener<T>) => {
    const event = told.shift();
    if (event?.kind === "value") resolve({ done: false, value: event.value });
    else if (event?.kind === "error") reject(event.error);
    else resolve(done);
  };
  return {
    push: (value) => tell({ kind: "value", value }),
    end: () => tell({ kind: "end" }),
    fail: (error) => tell({ kind: "error", error }),
    iterator: {
      next: () =>
        new Promise((resolve, reject) => {
          const listener = { resolve, reject };
          if (told.length > 0 || over) answer(listener);
          else listeners.push(listener);
        }),
      return: async () => {
        if (!over) {
          tell({ kind: "end" });
          left();
        }
        told.length = 0;
        return done;
      },
    },
  };
}
