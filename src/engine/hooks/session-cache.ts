// Sessions that stay open between runs, those used last; one that is at work is never closed.

import { TruelineError } from "../../core/errors.ts";
import type { GraphSession } from "../graph/session.ts";

type Entry = { readonly session: Promise<GraphSession>; users: number };

export interface SessionCache {
  /**
   * Lends the session of that name to `work`; opens it where it is not open. Calls may overlap.
   * @param room how many sessions the caller uses in turn: so many stay open, should that be more than are kept anyway
   * @throws TruelineError after `close`
   */
  use<T>(
    name: string,
    open: () => Promise<GraphSession>,
    work: (session: GraphSession) => Promise<T>,
    room?: number,
  ): Promise<T>;
  /** Waits for what is at work and closes all sessions. */
  close(): Promise<void>;
}

/** @param kept how many sessions that nobody uses stay open */
export function sessionCache(kept: number): SessionCache {
  /** The one used last stands last. */
  const entries = new Map<string, Entry>();
  const atWork = new Set<Promise<unknown>>();
  let closed = false;

  const closeSpare = async (room: number) => {
    const idle = [...entries].filter(([, entry]) => entry.users === 0);
    const spare = idle.slice(0, Math.max(0, entries.size - room));
    for (const [name] of spare) entries.delete(name);
    await Promise.all(spare.map(async ([, { session }]) => (await session).close()));
  };

  const lend = async <T>(
    name: string,
    open: () => Promise<GraphSession>,
    work: (session: GraphSession) => Promise<T>,
    room: number,
  ): Promise<T> => {
    const entry = entries.get(name) ?? { session: open(), users: 0 };
    entries.delete(name);
    entries.set(name, entry);
    entry.users++;
    try {
      return await work(await opened(name, entry));
    } finally {
      entry.users--;
      await closeSpare(Math.max(kept, room));
    }
  };

  /** One that can't be opened is not kept: the next call tries again. */
  const opened = async (name: string, entry: Entry) => {
    try {
      return await entry.session;
    } catch (error) {
      if (entries.get(name) === entry) entries.delete(name);
      throw error;
    }
  };

  return {
    use: async (name, open, work, room = 0) => {
      if (closed)
        throw new TruelineError("MODEL_CLOSED", "the model was closed: nothing runs in it any more");
      const lent = lend(name, open, work, room);
      atWork.add(lent);
      try {
        return await lent;
      } finally {
        atWork.delete(lent);
      }
    },
    close: async () => {
      closed = true;
      await Promise.allSettled(atWork);
      await closeSpare(0);
    },
  };
}
