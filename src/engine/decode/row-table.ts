// Keys and values of the texts that a decoder has in hand: one row a text, each filled from its first slot on.

import type { Forward, Past } from "../forward/forward.ts";

type KeysAndValues = Pick<Past, "k" | "v">;

/** Where keys and values lie in what a pass returned: slots from 0 of row `row`, `width` slots a row. */
export type MadeRow = { readonly made: KeysAndValues; readonly width: number; readonly row: number };

/**
 * [rows, kv, length, dHead] for the keys and the values of each layer. Slots that no text uses hold old numbers, always finite ones
 * (a slot of weight 0 must add 0): whoever puts others there wipes the row.
 */
export type RowTable = {
  rows(): number;
  length(): number;
  /** Changes the size; what fits the new one stays. */
  fit(rows: number, length: number): void;
  /** The first `count` slots of what a pass made go to `slot` and after. */
  put(row: number, slot: number, from: MadeRow, count: number): void;
  /** The first `count` slots of a row also at the beginning of another. */
  copy(from: number, to: number, count: number): void;
  /** Two rows change places, of each its first slots: as many as are in use. */
  swap(a: number, usedOfA: number, b: number, usedOfB: number): void;
  wipe(row: number): void;
  /** The first rows as they lie, uncopied: good until the table changes. */
  past(rows: number): Past;
  /** A copy of the first `length` slots of some rows. */
  gather(rows: readonly number[], length: number): Past;
};

export function rowTable(config: Forward["config"]): RowTable {
  const { nKeyValueHeads: heads, dHead, nLayers } = config;
  let rows = 0;
  let length = 0;
  /** Keys of each layer, then values of each layer. They may be longer than rows and length say. */
  let parts: Float32Array[] = Array.from({ length: 2 * nLayers }, () => new Float32Array(0));
  let spare = new Float32Array(0);

  const madeParts = ({ k, v }: KeysAndValues) => [...k, ...v];
  const strips = (row: number, each: (start: number) => void) => {
    for (let h = 0; h < heads; h++) each((row * heads + h) * length * dHead);
  };
  const eachStrip = (row: number, each: (part: Float32Array, start: number) => void) => {
    for (const part of parts) strips(row, (start) => each(part, start));
  };

  return {
    rows: () => rows,
    length: () => length,
    fit: (newRows, newLength) => {
      const size = newRows * heads * newLength * dHead;
      const keptStrips = Math.min(rows, newRows) * heads;
      const kept = Math.min(length, newLength) * dHead;
      parts = parts.map((old) => {
        // Half as much again, so that a text that grows makes few copies; memory never touched is never taken.
        const part = size <= old.length ? old : new Float32Array(Math.ceil(1.5 * size));
        const move = (s: number) => {
          const [from, to] = [s * length * dHead, s * newLength * dHead];
          if (part === old) part.copyWithin(to, from, from + kept);
          else part.set(old.subarray(from, from + kept), to);
          part.fill(0, to + kept, to + newLength * dHead);
        };
        // In place: strips move apart from the last one on, together from the first one on.
        if (newLength > length) for (let s = keptStrips - 1; s >= 0; s--) move(s);
        else for (let s = 0; s < keptStrips; s++) move(s);
        part.fill(0, keptStrips * newLength * dHead, size);
        return part;
      });
      rows = newRows;
      length = newLength;
    },
    put: (row, slot, { made, width, row: madeRow }, count) => {
      madeParts(made).forEach((source, p) => {
        const part = parts[p]!;
        for (let h = 0; h < heads; h++) {
          const from = (madeRow * heads + h) * width * dHead;
          const to = ((row * heads + h) * length + slot) * dHead;
          if (count === 1) for (let i = 0; i < dHead; i++) part[to + i] = source[from + i]!;
          else part.set(source.subarray(from, from + count * dHead), to);
        }
      });
    },
    copy: (from, to, count) => {
      const offset = (to - from) * heads * length * dHead;
      eachStrip(from, (part, start) => part.copyWithin(start + offset, start, start + count * dHead));
    },
    swap: (a, usedOfA, b, usedOfB) => {
      if (a === b) return;
      const offset = (b - a) * heads * length * dHead;
      if (usedOfA === 0) {
        eachStrip(b, (part, start) => part.copyWithin(start - offset, start, start + usedOfB * dHead));
        return;
      }
      if (spare.length < usedOfB * dHead) spare = new Float32Array(length * dHead);
      eachStrip(a, (part, start) => {
        const other = start + offset;
        spare.set(part.subarray(other, other + usedOfB * dHead));
        part.copyWithin(other, start, start + usedOfA * dHead);
        part.set(spare.subarray(0, usedOfB * dHead), start);
      });
    },
    wipe: (row) => eachStrip(row, (part, start) => part.fill(0, start, start + length * dHead)),
    past: (count) => {
      const end = count * heads * length * dHead;
      const views = parts.map((part) => part.subarray(0, end));
      return { rows: count, length, k: views.slice(0, nLayers), v: views.slice(nLayers) };
    },
    gather: (from, count) => {
      const copied = parts.map((part) => {
        const out = new Float32Array(from.length * heads * count * dHead);
        let at = 0;
        for (const row of from) {
          strips(row, (start) => {
            out.set(part.subarray(start, start + count * dHead), at);
            at += count * dHead;
          });
        }
        return out;
      });
      return {
        rows: from.length,
        length: count,
        k: copied.slice(0, nLayers),
        v: copied.slice(nLayers),
      };
    },
  };
}
