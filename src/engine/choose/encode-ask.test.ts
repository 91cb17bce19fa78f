import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { encodeAsk } from "./encode-ask.ts";

/** Greedy longest match over a few pieces, one character otherwise: cuts depend on what follows, as in byte-pair encoding. */
const pieces = ["is", "island", "islam", "land", " the", " cat", "ab", "abc", "bcd"];
const encode = (text: string) => {
  const out: number[] = [];
  for (let at = 0; at < text.length;) {
    const found = pieces.filter((p) => text.startsWith(p, at)).toSorted((a, b) => b.length - a.length)[0];
    out.push(found ? 1000 + pieces.indexOf(found) : text.charCodeAt(at));
    at += found?.length ?? 1;
  }
  return out;
};
const fake: Pick<Tokenizer, "startConversation" | "decode"> = {
  startConversation: (messages) => (opening) =>
    encode(messages.map((m) => `<${m.content}>`).join("") + opening),
  decode: (ids) => ids.map((id) => (id >= 1000 ? pieces[id - 1000]! : String.fromCharCode(id))).join(""),
};

const ask = (opening: string, options: readonly string[]) =>
  encodeAsk({ kind: "choose", messages: [{ role: "user", content: "q" }], opening, options }, fake);

test("the prompt is the conversation with the opening, and options are their own tokens", () => {
  const encoded = ask("It is", [" the", " cat"]);
  assert.equal(fake.decode(encoded.prompt), "<q>It is");
  assert.deepEqual(encoded.options, [encode(" the"), encode(" cat")]);
});

test("what options have in common still belongs to them, not to the prompt", () => {
  const encoded = ask("It is", [" the cat", " the land"]);
  assert.equal(fake.decode(encoded.prompt), "<q>It is");
  assert.equal(fake.decode(encoded.options[0]!), " the cat");
});

test("where one option changes how the prompt's end is cut, every option carries its own version of it", () => {
  const encoded = ask("is", ["land", " the"]);
  assert.equal(fake.decode(encoded.prompt), "<q>");
  assert.deepEqual(
    encoded.options.map((o) => fake.decode(o)),
    ["island", "is the"],
  );
});

test("where all options change it alike, the prompt ends before it too", () => {
  const encoded = ask("is", ["lam", "lam the"]);
  assert.equal(fake.decode(encoded.prompt), "<q>");
  assert.deepEqual(
    encoded.options.map((o) => fake.decode(o)),
    ["islam", "islam the"],
  );
});

test("prompt and option together always spell the whole text, each option keeps a token, and the prompt is a beginning of the bare one", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "d", " ", "is", "land"), maxLength: 5 });
  fc.assert(
    fc.property(word, fc.array(word, { minLength: 2, maxLength: 4 }), (opening, options) => {
      const encoded = ask(opening, options);
      options.forEach((option, i) => {
        assert.equal(fake.decode([...encoded.prompt, ...encoded.options[i]!]), `<q>${opening}${option}`);
        assert.deepEqual(
          [...encoded.prompt, ...encoded.options[i]!],
          encode(`<q>${opening}${option}`),
          "cut as one text",
        );
        assert.ok(encoded.options[i]!.length > 0);
      });
      assert.deepEqual(encoded.prompt, encode(`<q>${opening}`).slice(0, encoded.prompt.length));
    }),
    { seed: 5, numRuns: 300 },
  );
});

test("what every option says again of the opening's end is told where a greedy beginning is wanted", () => {
  const of = (opening: string, options: readonly string[], begins?: true) =>
    encodeAsk(
      {
        kind: "choose",
        messages: [{ role: "user", content: "q" }],
        opening,
        options,
        ...(begins ? { begins } : {}),
      },
      fake,
    ).begins;
  assert.deepEqual(of("It is", [" the", " cat"], true), { overlap: "" });
  assert.deepEqual(of("is", ["land", " the"], true), { overlap: "is" });
  assert.equal(of("It is", [" the", " cat"]), undefined);
});
