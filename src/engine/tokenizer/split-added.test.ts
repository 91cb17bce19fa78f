import assert from "node:assert/strict";
import { test } from "node:test";
import type { AddedToken } from "./codec.ts";
import { splitAdded } from "./split-added.ts";

const token = (content: string, how: Partial<AddedToken> = {}): AddedToken => ({
  id: content.length,
  content,
  special: true,
  ...how,
});
const shown = (parts: ReturnType<ReturnType<typeof splitAdded>>) =>
  parts.map((part) => ("token" in part ? `[${part.token.content}]` : part.text));

test("the leftmost token is taken, and the longest of those that begin there", () => {
  const split = splitAdded([token("ab"), token("abcd"), token("bcde"), token("abc")]);
  assert.deepEqual(shown(split("xabcdex")), ["x", "[abcd]", "ex"]);
  assert.deepEqual(shown(split("abcab")), ["[abc]", "[ab]"]);
  assert.deepEqual(shown(split("aab")), ["a", "[ab]"]);
  assert.deepEqual(shown(split("")), []);
});

test("where the longest is not allowed a shorter one is, and then one further right", () => {
  const split = splitAdded([token("ab"), token("abcd"), token("bc")]);
  assert.deepEqual(shown(split("abcd", (_, from, to) => to - from < 4)), ["[ab]", "cd"]);
  assert.deepEqual(shown(split("abcd", ({ content }) => content === "bc")), ["a", "[bc]", "d"]);
  assert.deepEqual(shown(split("abcd", () => false)), ["abcd"]);
});

test("white space goes with tokens that take it, and a whole word is no part of one", () => {
  const wide = splitAdded([token("<>", { lstrip: true, rstrip: true }), token("<", { lstrip: true })]);
  assert.deepEqual(shown(wide("a \u0085<> \nb")), ["a", "[<>]", "b"]);
  assert.deepEqual(shown(wide("<> <> a <")), ["[<>]", "[<>]", "a", "[<]"]);
  const word = splitAdded([token("on", { singleWord: true })]);
  assert.deepEqual(shown(word("on, one son on_ éon on🙂on \u{1d7ce}on")), [
    "[on]",
    ", one son on_ éon ",
    "[on]",
    "🙂",
    "[on]",
    " \u{1d7ce}on",
  ]);
});
