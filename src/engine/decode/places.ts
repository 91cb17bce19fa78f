// Which text stands in which row of the table: first those that are being written, then those whose prompts are being read, then
// what ended texts have left behind, whose beginnings may serve again.

import type { Forward } from "../forward/forward.ts";
import type { Reply } from "./reply.ts";
import { rowTable, type RowTable } from "./row-table.ts";

/** A beginning is only worth copying (or waiting for) from this many tokens on. */
const SHARED = 16;

export type Place = {
  tokens: readonly number[];
  /** Tokens whose keys and values are in the row. */
  used: number;
  reply: Reply | undefined;
  /** Its beginning has been looked for among the others. */
  begun: boolean;
  /** When it last had a turn, or was given up. */
  turn: number;
};

export type Places = {
  readonly table: RowTable;
  readonly all: readonly Place[];
  /** Rows 0 to writing - 1 are being written, `reading` more are being read. */
  writing(): number;
  reading(): number;
  /** Gives a reply a row; there must be fewer than `most` in use. */
  admit(reply: Reply, most: number): void;
  /** A read row is written from now on. */
  promote(row: number): void;
  /** Frees the rows of all replies that are over. @param spoiled their numbers are not finite @param keep what they leave is worth a copy */
  sweep(spoiled: ReadonlySet<Reply>, keep: boolean): void;
  /** Copies beginnings that other rows have; the rows that may be read now, without those that wait for another's beginning. */
  readable(): readonly number[];
  /** Makes room for this many tokens in each row. */
  lengthen(tokens: number): void;
};

export function openPlaces(config: Forward["config"]): Places {
  const table = rowTable(config);
  const all: Place[] = [];
  let writing = 0;
  let reading = 0;
  let turn = 0;

  const exchange = (a: number, b: number) => {
    if (a === b) return;
    table.swap(a, all[a]!.used, b, all[b]!.used);
    [all[a], all[b]] = [all[b]!, all[a]!];
  };
  const lengthen = (tokens: number) => {
    if (tokens > table.length()) table.fit(table.rows(), tokens + Math.max(16, Math.ceil(tokens / 8)));
  };
  /** A long text that is gone must not lengthen the work of short ones. */
  const shorten = () => {
    const longest = all
      .slice(0, writing + reading)
      .reduce((most, place) => Math.max(most, place.tokens.length), 0);
    const length = longest + 32;
    if (longest === 0 || table.length() <= 1.5 * length) return;
    for (const place of all) place.used = Math.min(place.used, length);
    table.fit(table.rows(), length);
  };
  /** The row that a reply can take with the least loss: the one with the longest beginning of it, else the one given up longest ago. */
  const freeRow = (prompt: readonly number[]) => {
    let best = writing + reading;
    let bestShared = SHARED - 1;
    for (let row = best; row < all.length; row++) {
      const place = all[row]!;
      const shared = Math.min(place.used, sharedWith(place.tokens, prompt));
      const better = shared > bestShared || (bestShared < SHARED && place.turn < all[best]!.turn);
      if (!better) continue;
      best = row;
      bestShared = Math.max(bestShared, shared);
    }
    return { row: best, shared: bestShared >= SHARED ? bestShared : 0 };
  };

  return {
    table,
    all,
    writing: () => writing,
    reading: () => reading,
    lengthen,
    admit: (reply, most) => {
      const at = writing + reading;
      const { row, shared } = freeRow(reply.tokens);
      if (shared === 0 && all.length < most && (at === all.length || all[row]!.used > 0)) {
        shorten();
        const rows = Math.min(most, Math.max(1, 2 * all.length));
        table.fit(rows, table.length());
        while (all.length < rows) all.push({ tokens: [], used: 0, reply: undefined, begun: false, turn: 0 });
        exchange(at, rows - 1);
      } else {
        if (shared === 0) all[row]!.used = 0;
        exchange(at, row);
      }
      all[at] = { tokens: reply.tokens, used: shared, reply, begun: false, turn: ++turn };
      reading++;
    },
    promote: (row) => {
      exchange(row, writing);
      writing++;
      reading--;
    },
    sweep: (spoiled, keep) => {
      // Before any row moves: a move leaves the slots beyond a row's use where they are.
      all.forEach((place, row) => {
        if (!place.reply || !spoiled.has(place.reply)) return;
        table.wipe(row);
        place.tokens = [];
        place.used = 0;
      });
      for (let row = writing + reading - 1; row >= 0; row--) {
        const place = all[row]!;
        if (!place.reply?.over()) continue;
        const last = writing + reading - 1;
        if (!keep && row < last) place.used = 0;
        let at = row;
        if (at < writing) {
          exchange(at, writing - 1);
          at = --writing;
          reading++;
        }
        exchange(at, last);
        reading--;
        place.reply = undefined;
        place.turn = ++turn;
      }
      shorten();
    },
    readable: () => {
      const rows = Array.from({ length: reading }, (_, i) => writing + i).sort(
        (a, b) => all[a]!.reply!.id - all[b]!.reply!.id,
      );
      return rows.filter((row, order) => {
        const place = all[row]!;
        if (place.begun) return true;
        const shared = all.map((other) => (other === place ? 0 : sharedWith(other.tokens, place.tokens)));
        const have = shared.map((count, other) => Math.min(count, all[other]!.used));
        const from = have.indexOf(Math.max(...have));
        if (have[from]! >= place.used + SHARED) {
          lengthen(place.tokens.length);
          table.copy(from, row, have[from]!);
          place.used = have[from]!;
        }
        const waits = rows
          .slice(0, order)
          .some((other) => !all[other]!.reply!.over() && shared[other]! >= place.used + SHARED);
        place.begun = !waits;
        return !waits;
      });
    },
  };
}

/** Tokens of a prompt's beginning that another text shares; its last one is always left to be run. */
function sharedWith(other: readonly number[], prompt: readonly number[]): number {
  const most = Math.min(other.length, prompt.length - 1);
  let shared = 0;
  while (shared < most && other[shared] === prompt[shared]) shared++;
  return shared;
}
