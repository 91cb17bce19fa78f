// Values that count as 0 without having been named are told, commonest first.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readCsv } from "./read-csv.ts";
import { restNote } from "./rest-note.ts";

const table = readCsv(
  Buffer.from("v\ngood\nbad\nworse\nworse\n good \n,\n".replace(",", '""')),
  "f.csv",
  ",",
);

test("two values or more that are left for the zeros are told with their counts", () => {
  assert.equal(
    restNote(table, "v", { ones: ["good"] }, "--gold-is-not"),
    'note: of column "v" count as 0: "worse" (2), "bad" (1); --gold-is-not VALUE names the zeros, and then the rest is missing',
  );
});

test("nothing is told where the zeros were named, or where there is no choice", () => {
  assert.equal(restNote(table, "v", { ones: ["good"], zeros: ["bad"] }, "-"), undefined);
  assert.equal(restNote(table, "v", { ones: ["good", "bad"] }, "-"), undefined);
});
