import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { SetupError } from "../../core/errors.ts";
import { goldenFolder } from "./golden-rows.test.support.ts";
import { tokenizerFromFolder } from "./tokenizer-from-folder.ts";

type Files = Readonly<Record<string, string | object | null>>;

/** A copy of a golden folder with other files in it; null takes one away. */
async function inFolder<T>(from: string, files: Files, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), "tokenizer-"));
  try {
    cpSync(path.join(goldenFolder, from), folder, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      if (content === null) rmSync(path.join(folder, name));
      else
        writeFileSync(
          path.join(folder, name),
          typeof content === "string" ? content : JSON.stringify(content),
        );
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const loaded = (from: string, files: Files = {}) => inFolder(from, files, tokenizerFromFolder);
const json = (name: string) => JSON.parse(readFileSync(path.join(goldenFolder, name), "utf8"));
const user = (content: string) => [{ role: "user", content }] as const;

test("roles come from wherever a folder writes them: ends as a list, padding, and what stands around raw text", async () => {
  const llama3 = await loaded("llama3");
  assert.deepEqual(llama3.stops, new Set([2, 0]));
  assert.equal(llama3.padding, 2);
  assert.deepEqual(llama3.affixes, { before: [0], after: [] });
  assert.equal(llama3.vocabulary, 408);
  const llama2 = await loaded("llama2");
  assert.deepEqual(llama2.stops, new Set([2]));
  assert.deepEqual(llama2.affixes, { before: [1], after: [] });
  const gpt2 = await loaded("gpt2");
  assert.deepEqual(gpt2.stops, new Set([0]));
  assert.deepEqual(gpt2.affixes, { before: [], after: [] });
  assert.equal(gpt2.chat.kind, "absent");
  const only = {
    "tokenizer_config.json": { eos_token: "</s>", pad_token: { content: "<unk>" } },
    "config.json": null,
  };
  assert.deepEqual((await loaded("llama2", only)).stops, new Set([2]));
  assert.equal((await loaded("llama2", only)).padding, 0);
  const config = json("llama2/tokenizer_config.json");
  const flags = { "tokenizer_config.json": { ...config, add_bos_token: false, add_eos_token: true } };
  assert.deepEqual((await loaded("llama2", flags)).affixes, { before: [], after: [2] });
  const strange = { "config.json": { eos_token_id: ["2", -1, 1e9, null, 2.5, 1] } };
  assert.deepEqual((await loaded("llama2", strange)).stops, new Set([1, 2]));
});

test("a chat template is a file of its own, a text, or the default one of several; without one the folder still loads", async () => {
  const llama3 = await loaded("llama3");
  assert.match(llama3.render(user(" U ")), /^<\|im_start\|>user\nU<\|im_end\|>\n<\|im_start\|>assistant\n$/);
  const llama2 = await loaded("llama2");
  assert.equal(llama2.render(user("U")), "<s>[INST] U [/INST]");
  assert.equal(llama2.encodeConversation(user("U"))[0], 1);
  const own = await loaded("llama3", {
    "chat_template.jinja": "{{ messages[0].content }}{{ unk_token is defined }}",
  });
  assert.equal(own.render(user("U")), "Ufalse");
  const text = await loaded("metaspace", { "tokenizer_config.json": { chat_template: "{{ eos_token }}" } });
  assert.equal(text.render(user("U")), "</s>");
  const none = await loaded("metaspace");
  assert.ok(none.chat.kind === "absent");
  assert.throws(() => none.render(user("U")), /has no chat template/);
  for (const chat_template of [7, {}, [{ name: "tools", template: "x" }], [{ name: "default" }]])
    await assert.rejects(
      loaded("metaspace", { "tokenizer_config.json": { chat_template } }),
      /tokenizer_config\.json: its chat_template is neither/,
    );
});

const tokenizer = json("llama3/tokenizer.json");
const model = { ...tokenizer.model };
const broken = (change: object, modelChange: object = {}) => ({
  "tokenizer.json": { ...tokenizer, model: { ...model, ...modelChange }, ...change },
});
const bottomless = JSON.stringify({ ...tokenizer, normalizer: "HERE" }).replace(
  '"HERE"',
  `${'{"type":"Sequence","normalizers":['.repeat(100_000)}${"]}".repeat(100_000)}`,
);

const refused: readonly (readonly [what: string, files: Files, words: RegExp])[] = [
  ["no JSON", { "tokenizer.json": "{" }, /tokenizer\.json is not JSON/],
  ["a list", { "tokenizer.json": "[]" }, /tokenizer\.json holds no object/],
  ["deep brackets", { "tokenizer.json": "[".repeat(200_000) }, /tokenizer\.json is not JSON/],
  ["a config of another type", { "config.json": "7" }, /config\.json holds no object/],
  ["an empty object", { "tokenizer.json": {} }, /its model undefined is not supported/],
  [
    "a model without prototype",
    { "tokenizer.json": '{"__proto__":{"model":{"type":"BPE"}}}' },
    /its model undefined/,
  ],
  ["another model", broken({}, { type: "Unigram" }), /its model 'Unigram' is not supported/],
  ["a vocabulary that is a list", broken({}, { vocab: ["a"] }), /its vocabulary is no object/],
  ["an empty vocabulary", broken({}, { vocab: {}, merges: [] }), /its vocabulary is empty/],
  ["an id that is text", broken({}, { vocab: { ...model.vocab, x: "1" } }), /the id of its token "x" is '1'/],
  [
    "an id beyond all",
    broken({}, { vocab: { ...model.vocab, x: 2 ** 40 } }),
    /the id of its token "x" is 1099511627776/,
  ],
  ["a negative id", broken({}, { vocab: { ...model.vocab, x: -1 } }), /the id of its token "x" is -1/],
  [
    "an id twice",
    broken({}, { vocab: { ...model.vocab, x: 7 } }),
    /two tokens of its vocabulary have one id/,
  ],
  ["merges that are an object", broken({}, { merges: {} }), /its merges are no list/],
  ["a merge of three", broken({}, { merges: ["a b c"] }), /its merge 'a b c' makes no token/],
  ["a merge to nothing", broken({}, { merges: [["a", "zzz"]] }), /makes no token/],
  ["a merge with nothing", broken({}, { merges: [["", "a"]] }), /makes no token/],
  ["a merge of numbers", broken({}, { merges: [[1, 2]] }), /makes no token/],
  ["an unknown token that is none", broken({}, { unk_token: "nope" }), /its unk_token 'nope' is no token/],
  ["a suffix", broken({}, { end_of_word_suffix: "</w>" }), /its model's end_of_word_suffix/],
  ["added tokens that are no list", broken({ added_tokens: {} }), /its added_tokens are no list/],
  [
    "an added token without text",
    broken({ added_tokens: [{ id: 1 }] }),
    /its added token .* has no id or no text/,
  ],
  [
    "a cutting that is not known",
    broken({ pre_tokenizer: { type: "BertPreTokenizer" } }),
    /its pre-tokenizer .* is not supported/,
  ],
  [
    "a pattern that is none",
    broken({ pre_tokenizer: { type: "Split", behavior: "Isolated", pattern: { Regex: "(" } } }),
    /tokenizer\.json: /,
  ],
  [
    "another behaviour",
    broken({ pre_tokenizer: { type: "Split", behavior: "MergedWithNext", pattern: { String: "a" } } }),
    /MergedWithNext/,
  ],
  ["a normaliser that is not known", broken({ normalizer: { type: "Lowercase" } }), /its normalizer/],
  ["a bottomless normaliser", { "tokenizer.json": bottomless }, /its normalizers are no list, or too deep/],
  ["a decoder that is not known", broken({ decoder: { type: "CTC" } }), /its decoder/],
  [
    "a post_processor beyond the vocabulary",
    broken({
      post_processor: {
        type: "TemplateProcessing",
        single: [{ SpecialToken: { id: "x" } }, { Sequence: { id: "A" } }],
        special_tokens: { x: { ids: [10 ** 9] } },
      },
    }),
    /its post_processor adds 1000000000/,
  ],
  [
    "no end",
    { "generation_config.json": null, "tokenizer_config.json": null },
    /no file names an end-of-sequence token/,
  ],
  ["no tokenizer", { "tokenizer.json": null }, /holds neither tokenizer\.json nor vocab\.json/],
];

for (const [what, files, words] of refused) {
  test(`a folder with ${what} is refused by the name of the file and the thing`, async () => {
    await assert.rejects(loaded("llama3", files), (error: unknown) => {
      assert.ok(error instanceof SetupError, String(error));
      assert.match(error.message, words);
      assert.ok(error.message.length < 1000 && error.hint);
      return true;
    });
  });
}

test("tokens that only tokenizer_config.json adds are found in text, and tokens with a role are special", async () => {
  const added_tokens_decoder = {
    "600": { content: "<|turn|>", special: true },
    "601": { content: "<tool>", special: false },
  };
  const config = {
    added_tokens_decoder,
    eos_token: "<|im_end|>",
    additional_special_tokens: ["<|im_start|>", "none", 7],
  };
  const t = await loaded("gpt2", { "tokenizer_config.json": config });
  assert.deepEqual(t.encode("<|turn|><tool><|im_end|><|im_start|>"), [600, 601, 2, 1]);
  assert.deepEqual(t.special, new Set([0, 600, 2, 1]));
  assert.equal(t.vocabulary, 602);
  assert.ok(!t.encode("<|turn|><|im_end|>", { specialTokens: "text" }).some((id) => t.special.has(id)));
  for (const [decoder, words] of [
    [
      { "5": { content: "<|turn|>" } },
      /tokenizer_config\.json: its added_tokens_decoder gives id 5 to "<\|turn\|>"/,
    ],
    [{ "600": { content: "a" } }, /gives id 600 to "a"/],
    [{ x: { content: "<|turn|>" } }, /has no id or no text/],
    [{ "600": 7 }, /has no id or no text/],
  ] as const)
    await assert.rejects(
      loaded("gpt2", { "tokenizer_config.json": { added_tokens_decoder: decoder } }),
      words,
    );
});

test("GPT-2's own files are checked as well, and vast ones are not read", async () => {
  await assert.rejects(loaded("gpt2", { "merges.txt": null }), /holds neither/);
  await assert.rejects(
    loaded("gpt2", { "merges.txt": "#version: 0.2\na b c\n" }),
    /merges\.txt: its merge 'a b c' makes no token/,
  );
  await assert.rejects(loaded("gpt2", { "vocab.json": { a: "b" } }), /vocab\.json: the id of its token "a"/);
  const vast = inFolder("gpt2", {}, async (folder) => {
    truncateSync(path.join(folder, "config.json"), 2 ** 34);
    return tokenizerFromFolder(folder);
  });
  await assert.rejects(vast, /config\.json holds 17179869184 bytes; at most/);
});

test("strange names in a vocabulary are tokens like any other", async () => {
  const text = JSON.stringify(broken({})["tokenizer.json"]).replace(
    '"vocab":{',
    '"vocab":{"__proto__":500,"constructor":501,"hasOwnProperty":502,',
  );
  const t = await loaded("llama3", { "tokenizer.json": text });
  assert.equal(t.vocabulary, 503);
  assert.equal(t.decode([500, 501]), "__proto__constructor");
  assert.equal(t.decode(t.encode("__proto__ constructor")), "__proto__ constructor");
  assert.equal(t.decode([450]), "");
});

test("Metaspace that cuts, digits and a normaliser with added tokens after it are read as the reference reads them", async () => {
  const base = json("metaspace/tokenizer.json");
  const cutting = {
    ...base,
    pre_tokenizer: { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true },
  };
  const t = await loaded("metaspace", { "tokenizer.json": cutting });
  const whole = await loaded("metaspace");
  assert.deepEqual(t.encode("the the  sea"), whole.encode("the the  sea"));
  const digits = {
    type: "Sequence",
    pretokenizers: [
      { type: "Digits", individual_digits: true },
      { type: "ByteLevel", add_prefix_space: false },
    ],
  };
  const d = await loaded(
    "llama3",
    broken(
      { pre_tokenizer: digits },
      { merges: ["1 0", ...model.merges], vocab: { ...model.vocab, "10": 600 }, ignore_merges: false },
    ),
  );
  assert.deepEqual(d.encode("10"), [model.vocab["1"], model.vocab["0"]]);
  const later = {
    ...tokenizer,
    normalizer: { type: "NFKC" },
    added_tokens: [...tokenizer.added_tokens, { id: 700, content: "ﬁ", special: false, normalized: true }],
  };
  const n = await loaded("llama3", { "tokenizer.json": later });
  assert.deepEqual([n.encode("ﬁ"), n.encode("fi")], [[700], [700]]);
});
