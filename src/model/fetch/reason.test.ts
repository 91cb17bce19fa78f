// Foreign errors as one printable line.

import { test } from "node:test";
import assert from "node:assert/strict";
import { oneLine, reasonOf } from "./reason.ts";

test("causes are joined once each, outermost first", () => {
  const cause = new Error("getaddrinfo ENOTFOUND host.invalid");
  assert.equal(
    reasonOf(new TypeError("fetch failed", { cause })),
    "fetch failed: getaddrinfo ENOTFOUND host.invalid",
  );
  assert.equal(reasonOf(new Error("same", { cause: new Error("same") })), "same");
});

test("an error without words is told by its code, and anything else has no reason", () => {
  assert.equal(reasonOf(Object.assign(new AggregateError([]), { code: "ECONNREFUSED" })), "ECONNREFUSED");
  assert.equal(reasonOf("as text"), "as text");
  assert.equal(reasonOf({}), "no reason given");
});

test("no control character, escape sequence, credential or endless text gets through", () => {
  assert.equal(oneLine("\u001b[31mred\u001b[0m\r\n\ttext\u0007\u202e"), "red text");
  assert.equal(oneLine("at https://me:pass@host.invalid/x"), "at https://***@host.invalid/x");
  assert.equal(oneLine("x".repeat(5000)).length, 302);
});
