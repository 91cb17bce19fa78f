import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { tinyTemplate, tinyTokens } from "../../../test/engine/tiny-llama.ts";
import { existingModel, withoutRealModel } from "../../../test/real-model.ts";
import { SetupError } from "../../core/errors.ts";
import { openGguf } from "../weights/gguf-file.ts";
import { tokenizerFrom } from "./tokenizer.ts";

const sound: Readonly<Record<string, unknown>> = {
  "tokenizer.ggml.model": "gpt2",
  "tokenizer.ggml.pre": "smollm",
  "tokenizer.ggml.tokens": tinyTokens,
  "tokenizer.ggml.token_type": tinyTokens.map((_, i) => (i < 3 ? 3 : 1)),
  "tokenizer.ggml.merges": ["Ġ t", "h e", "Ġt he"],
  "tokenizer.ggml.bos_token_id": 1,
  "tokenizer.ggml.eos_token_id": 2,
  "tokenizer.ggml.padding_token_id": 0,
  "tokenizer.chat_template": tinyTemplate,
};

const from = (change: Readonly<Record<string, unknown>> = {}) =>
  tokenizerFrom("m.gguf", { ...sound, ...change });
const id = (token: string) => tinyTokens.indexOf(token);

test("text is cut, spelt in bytes and merged; special tokens written out are recognised", () => {
  const t = from();
  assert.deepEqual(t.encode("a the"), [id("a"), id("Ġthe")]);
  assert.deepEqual(t.encode("<|im_start|>he"), [1, id("he")]);
  assert.deepEqual(t.encode(""), []);
  assert.equal(t.vocabulary, tinyTokens.length);
  assert.equal(t.padding, 0);
  assert.deepEqual(t.stops, new Set([0, 2]));
});

test("tokens become the text that they came from, special ones left out, and none become none", () => {
  const t = from();
  for (const text of ["the he", " äöü 日本 🙂", "a\n\t\u0000b", "12½³٣"]) {
    assert.equal(t.decode(t.encode(text)), text);
  }
  assert.equal(t.decode([1, id("he"), 2]), "he");
  assert.equal(t.decode([]), "");
});

test("a conversation is rendered up to the beginning of the assistant's turn", () => {
  const text = from().render([
    { role: "system", content: "S" },
    { role: "user", content: "U" },
  ]);
  assert.equal(
    text,
    "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\n",
  );
});

test("a token beyond the vocabulary, as of a padded embedding, is no crash", () => {
  assert.equal(from().decode([id("he"), 5000]), "he");
});

test("stop tokens are the end of sequence and the ends of text and of turn", () => {
  const t = from({ "tokenizer.ggml.eos_token_id": 0, "tokenizer.ggml.eot_token_id": 7 });
  assert.deepEqual(t.stops, new Set([0, 2, 7]));
});

test("a tokenizer that is missing, cut or of another kind is refused, with what is supported", () => {
  const refused = (change: Readonly<Record<string, unknown>>, words: RegExp) =>
    assert.throws(
      () => from(change),
      (error: unknown) =>
        error instanceof SetupError && words.test(error.message) && error.message.startsWith("m.gguf"),
      words.source,
    );
  refused({ "tokenizer.ggml.model": "bert" }, /tokenizer 'bert' is not supported/);
  refused({ "tokenizer.ggml.model": "__proto__" }, /tokenizer '__proto__'/);
  refused({ "tokenizer.ggml.model": undefined }, /tokenizer undefined/);
  refused({ "tokenizer.ggml.tokens": undefined }, /is not supported/);
  refused({ "tokenizer.ggml.tokens": [1, 2] }, /is not supported/);
  refused({ "tokenizer.ggml.merges": undefined }, /is not supported/);
  refused({ "tokenizer.ggml.tokens": [], "tokenizer.ggml.merges": [] }, /no end-of-sequence token/);
  refused({ "tokenizer.ggml.pre": "qwen2" }, /pre-tokenizer 'qwen2'/);
  refused({ "tokenizer.ggml.pre": "__proto__" }, /pre-tokenizer/);
  refused({ "tokenizer.ggml.pre": "toString" }, /pre-tokenizer/);
  for (const merge of ["x", "zz yy", "", "a b c", "a b", "__proto__ x"])
    refused({ "tokenizer.ggml.merges": ["Ġ t", merge] }, /its merge ".*" makes no token/);
  for (const eos of [undefined, -1, 2.5, 10 ** 6, "2"])
    refused({ "tokenizer.ggml.eos_token_id": eos }, /no end-of-sequence token/);
});

test("a model without a template that can be read loads, and says why it can't be spoken to when it is", () => {
  for (const [template, words] of [
    [undefined, /^m\.gguf has no chat template$/],
    ["{% for", /^m\.gguf: its chat template can't be read/],
    [7, /has no chat template/],
    ["x".repeat(2 ** 21), /can't be read: it is 2097152 characters/],
  ] as const) {
    const t = from({ "tokenizer.chat_template": template });
    assert.deepEqual(t.encode("a the"), [id("a"), id("Ġthe")]);
    const { chat } = t;
    assert.ok(chat.kind === "absent" && chat.because.code === "CHAT_TEMPLATE");
    assert.match(chat.because.message, words);
    const messages = [{ role: "user", content: "U" }] as const;
    assert.throws(() => t.render(messages), chat.because);
    assert.throws(() => t.encodeConversation(messages), chat.because);
    assert.throws(() => t.startConversation(messages, { specialTokensInText: "control" }), chat.because);
  }
  assert.deepEqual(from().chat, { kind: "present" });
});

test("what stands around raw text is the file's word, else the family's habit; a conversation has none of it", () => {
  const around = (change: Readonly<Record<string, unknown>>) => from(change).affixes;
  assert.deepEqual(around({}), { before: [], after: [] });
  assert.deepEqual(around({ "tokenizer.ggml.add_bos_token": true }), { before: [1], after: [] });
  assert.deepEqual(around({ "tokenizer.ggml.pre": "llama-bpe" }), { before: [1], after: [] });
  assert.deepEqual(around({ "tokenizer.ggml.pre": "llama-bpe", "tokenizer.ggml.add_bos_token": false }), {
    before: [],
    after: [],
  });
  const both = { "tokenizer.ggml.add_bos_token": true, "tokenizer.ggml.add_eos_token": true };
  assert.deepEqual(around(both), { before: [1], after: [2] });
  assert.deepEqual(around({ ...both, "tokenizer.ggml.bos_token_id": undefined }), { before: [], after: [2] });
  const t = from(both);
  assert.deepEqual(t.encodeText("he"), [1, id("he"), 2]);
  assert.deepEqual(t.encode("he"), [id("he")]);
  const conversation = [{ role: "user", content: "U" }] as const;
  assert.deepEqual(t.encodeConversation(conversation), t.encode(t.render(conversation)));
});

test("no template learns the date, and none can ask for an endless list", () => {
  const clock = "{{ 'dated' if strftime_now is defined else 'undated' }}";
  const render = (template: string) =>
    from({ "tokenizer.chat_template": template }).render([{ role: "user", content: "U" }]);
  assert.equal(render(clock), "undated");
  assert.equal(render("{% for i in range(2, 8, 3) %}{{ i }}{% endfor %}{{ true and not None }}"), "25true");
  assert.throws(() => render("{% for i in range(10 ** 9) %}x{% endfor %}"), SetupError);
  assert.throws(
    () => render("{% for i in range(1000000000) %}x{% endfor %}"),
    /range\(0, 1000000000, 1\) is too long/,
  );
});

test("a token's bytes are its share of the text, of a special token its name, and nobody can change them", () => {
  const t = from();
  assert.equal(Buffer.from(t.tokenBytes(id("Ġthe"))).toString(), " the");
  assert.equal(Buffer.from(t.tokenBytes(1)).toString(), tinyTokens[1]);
  assert.deepEqual(t.tokenBytes(5000), new Uint8Array(0));
  const [first, ...rest] = t.encode("é");
  assert.deepEqual(
    [...t.tokenBytes(first!), ...rest.flatMap((token) => [...t.tokenBytes(token)])],
    [0xc3, 0xa9],
  );
  t.tokenBytes(first!)[0] = 7;
  assert.deepEqual([...t.tokenBytes(first!)].slice(0, 1), [0xc3]);
});

test("a control token can't come out of merges, whatever the file's merges say", () => {
  const change = {
    "tokenizer.ggml.tokens": [...tinyTokens, "th", "end", "en"],
    "tokenizer.ggml.token_type": [...tinyTokens.map((_, i) => (i < 3 ? 3 : 1)), 1, 3, 1],
    "tokenizer.ggml.merges": ["e n", "en d"],
  };
  const end = tinyTokens.length + 1;
  // Llama 3's way takes a piece that is a token as it stands, without merging.
  for (const pre of ["smollm", "llama-bpe"]) {
    const t = from({ ...change, "tokenizer.ggml.pre": pre });
    assert.deepEqual(t.encode("end"), [end]);
    assert.deepEqual(t.encode("end", { specialTokens: "text" }), [end + 1, id("d")]);
  }
});

test("a template that refuses a conversation says so in words that the user can act on", () => {
  const t = from({
    "tokenizer.chat_template":
      "{% if messages[0].role == 'system' %}{{ raise_exception('no system role') }}{% endif %}x",
  });
  assert.equal(t.render([{ role: "user", content: "U" }]), "x");
  assert.throws(
    () => t.render([{ role: "system", content: "S" }]),
    (error: unknown) => error instanceof SetupError && /no system role/.test(error.message),
  );
});

type Row = { readonly text: string; readonly ids: readonly number[]; readonly decoded: string };

test(
  "the real tokenizer cuts hard texts as the reference tokenizer does",
  { skip: withoutRealModel },
  async () => {
    const golden = path.resolve(import.meta.dirname, "../../../test/golden/engine/tokens.json");
    const rows = JSON.parse(readFileSync(golden, "utf8")) as readonly Row[];
    assert.ok(rows.length >= 150);
    const file = await openGguf(existingModel());
    await file.close();
    const t = tokenizerFrom("real", file.metadata);
    for (const { text, ids, decoded } of rows) {
      assert.deepEqual(t.encode(text), ids, JSON.stringify(text));
      assert.equal(t.decode(ids), decoded);
    }
  },
);
