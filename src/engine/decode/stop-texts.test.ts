import assert from "node:assert/strict";
import { test } from "node:test";
import { rngFrom } from "../../stats/rng.ts";
import { stopTexts } from "./stop-texts.ts";

function fed(stops: readonly string[], pieces: readonly string[]) {
  const finder = stopTexts(stops);
  const out: string[] = [];
  for (const piece of pieces) {
    const { text, stopped } = finder.push(piece);
    out.push(text);
    if (stopped) return { out, text: out.join(""), stopped };
  }
  out.push(finder.end());
  return { out, text: out.join(""), stopped: false };
}

test("a stop text is found across pieces, and nothing of it is given out", () => {
  assert.deepEqual(fed(["</end>"], ["abc<", "/en", "d> more"]), {
    out: ["abc", "", ""],
    text: "abc",
    stopped: true,
  });
});

test("what only looked like a stop text is given out as soon as it can't be one", () => {
  assert.deepEqual(fed(["</end>"], ["a</", "e", "x", "</"]).out, ["a", "", "</ex", "", "</"]);
});

test("a beginning that begins again inside itself is not lost", () => {
  assert.deepEqual(fed(["aab"], ["a", "a", "a", "b!"]), { out: ["", "", "a", ""], text: "a", stopped: true });
});

test("of several stop texts the one that is complete first counts, of those that end together the longest", () => {
  assert.equal(fed(["abcd", "c"], ["xabcd"]).text, "xab");
  assert.equal(fed(["c", "bc"], ["abc"]).text, "a");
});

test("without stop texts all is given out at once", () => {
  assert.deepEqual(fed([], ["a", "b"]).out, ["a", "b", ""]);
});

test("the reply does not depend on how its text was cut into pieces, and no delta is taken back", () => {
  for (let seed = 0; seed < 300; seed++) {
    const rng = rngFrom(`cuts ${seed}`);
    const letters = (n: number) => Array.from({ length: n }, () => rng.pick(["a", "b", "c"])).join("");
    const stops = Array.from({ length: 1 + rng.int(3) }, () => letters(1 + rng.int(4)));
    const text = letters(12);
    const pieces: string[] = [];
    for (let at = 0; at < text.length;) {
      const next = at + rng.int(4);
      pieces.push(text.slice(at, next));
      at = next;
    }
    const cut = fed(stops, pieces);
    const byLetter = fed(stops, text.split(""));
    assert.equal(cut.text, byLetter.text, `${text} cut as ${pieces.join("|")}, stops ${stops.join(" ")}`);
    assert.equal(cut.stopped, byLetter.stopped);
    const ends = stops.flatMap((s) => (text.includes(s) ? [text.indexOf(s) + s.length] : []));
    assert.equal(cut.stopped, ends.length > 0);
    if (!cut.stopped) assert.equal(cut.text, text);
  }
});
