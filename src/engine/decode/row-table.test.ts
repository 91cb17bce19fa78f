import assert from "node:assert/strict";
import { test } from "node:test";
import { tinyConfig } from "../../../test/engine/tiny-llama.ts";
import { rngFrom } from "../../stats/rng.ts";
import { rowTable } from "./row-table.ts";

const { nKeyValueHeads, dHead, nLayers } = tinyConfig;

/** What stands in a slot: a mark, told apart by layer, head, dimension, and keys from values. */
const numberAt = (mark: number, part: number, head: number, d: number) =>
  mark * 10_000 + part * 1000 + head * 100 + d;

/** What a pass returns for rows of marks. */
function madeOf(rows: readonly (readonly number[])[]) {
  const width = rows[0]!.length;
  const part = (p: number) =>
    Float32Array.from({ length: rows.length * nKeyValueHeads * width * dHead }, (_, i) => {
      const d = i % dHead;
      const slot = Math.floor(i / dHead) % width;
      const head = Math.floor(i / dHead / width) % nKeyValueHeads;
      return numberAt(rows[Math.floor(i / dHead / width / nKeyValueHeads)]![slot]!, p, head, d);
    });
  const parts = Array.from({ length: 2 * nLayers }, (_, p) => part(p));
  return { k: parts.slice(0, nLayers), v: parts.slice(nLayers) };
}

test("whatever is put, copied, swapped, grown and shrunk, each row holds the slots that a list would", () => {
  for (let seed = 0; seed < 20; seed++) {
    const rng = rngFrom(`table ${seed}`);
    const table = rowTable(tinyConfig);
    let rows: number[][] = [];
    let mark = 0;
    table.fit(2, 4);
    rows = [[], []];
    for (let i = 0; i < 40; i++) {
      const row = rng.int(rows.length);
      const other = rng.int(rows.length);
      const kind = rng.int(6);
      if (kind <= 1) {
        const slot = rng.int(rows[row]!.length + 1);
        const count = Math.min(1 + rng.int(3), table.length() - slot);
        if (count < 1) continue;
        const made = madeOf([
          [0, 0, 0],
          [++mark, ++mark, ++mark],
        ]);
        table.put(row, slot, { made, width: 3, row: 1 }, count);
        rows[row] = [...rows[row]!.slice(0, slot), ...[mark - 2, mark - 1, mark].slice(0, count)];
      } else if (kind === 2 && row !== other) {
        table.copy(row, other, rows[row]!.length);
        rows[other] = [...rows[row]!];
      } else if (kind === 3) {
        table.swap(row, rows[row]!.length, other, rows[other]!.length);
        [rows[row], rows[other]] = [rows[other]!, rows[row]!];
      } else if (kind === 4) {
        table.wipe(row);
        rows[row] = rows[row]!.map(() => 0);
        if (rows[row]!.length > 0) rows[row] = [];
      } else {
        const [count, length] = [1 + rng.int(5), 1 + rng.int(9)];
        table.fit(count, length);
        rows = Array.from({ length: count }, (_, r) => (rows[r] ?? []).slice(0, length));
      }
      const past = table.past(rows.length);
      const length = table.length();
      assert.deepEqual([past.rows, past.length, table.rows()], [rows.length, length, rows.length]);
      [...past.k, ...past.v].forEach((part, p) => {
        assert.equal(part.length, rows.length * nKeyValueHeads * length * dHead);
        rows.forEach((marks, r) =>
          marks.forEach((expected, slot) => {
            for (let h = 0; h < nKeyValueHeads; h++)
              assert.equal(
                part[((r * nKeyValueHeads + h) * length + slot) * dHead + 3],
                numberAt(expected, p, h, 3),
              );
          }),
        );
      });
      const some = [...rows.keys()].filter((r) => rows[r]!.length >= 2).reverse();
      const gathered = table.gather(some, 2);
      assert.deepEqual(
        { ...gathered },
        {
          rows: some.length,
          length: 2,
          ...madeOf(some.length > 0 ? some.map((r) => rows[r]!.slice(0, 2)) : [[]]),
        },
      );
    }
  }
});

test("a wiped row's numbers are nowhere left, also after the table has changed its size", () => {
  const table = rowTable(tinyConfig);
  table.fit(3, 4);
  const nothing = madeOf([[0, 0, 0, 0]]);
  const bad = { k: nothing.k.map((x) => x.fill(NaN)), v: nothing.v.map((x) => x.fill(NaN)) };
  table.put(1, 0, { made: bad, width: 4, row: 0 }, 4);
  table.fit(3, 7);
  table.fit(3, 3);
  table.wipe(1);
  for (const [rows, length] of [
    [3, 3],
    [5, 6],
    [2, 9],
  ] as const) {
    table.fit(rows, length);
    const { k, v } = table.past(rows);
    assert.ok([...k, ...v].every((part) => part.every((x) => x === 0)));
  }
});
