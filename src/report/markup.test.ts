// Tests of the markup template: what comes from outside stays text, wherever it stands.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { markup, type Html } from "./markup.ts";

test("a string is escaped, markup is not, undefined is nothing", () => {
  assert.equal(
    markup`<p title="${`"'<>&`}">${"<b>"}${markup`<i>${1}</i>`}${undefined}${[markup`<u></u>`, markup`<s></s>`]}</p>`
      .text,
    `<p title="&quot;&#39;&lt;&gt;&amp;"><i>`.replace("<i>", "&lt;b&gt;<i>") + "1</i><u></u><s></s></p>",
  );
});

test("what can't be seen is made visible, and lines stay lines", () => {
  assert.equal(markup`${"a\u202eb\nc\u001b[0m\0"}`.text, "a⟨U+202E⟩b\nc␛[0m␀");
});

test("no string can hold a sign that ends text or an attribute", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) =>
      assert.doesNotMatch(markup`${text}`.text, /[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/),
    ),
    { seed: 3 },
  );
});

test("an object that only looks like markup does not compile", () => {
  // @ts-expect-error: markup is branded, so a record's own object can't be taken for it.
  const forged: Html = { text: "<script>" };
  assert.ok(forged);
});
