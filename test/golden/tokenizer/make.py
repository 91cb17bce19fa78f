"""Writes the tiny tokenizers of this folder and what the reference libraries make of hard texts with them.

    python -m venv venv && venv/bin/pip install -r test/golden/tokenizer/requirements.txt
    venv/bin/python test/golden/tokenizer/make.py

The texts below were written for this project; training is deterministic, so the same versions write the same bytes.
"""

import io
import json
import pathlib
import random

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

HERE = pathlib.Path(__file__).parent

PROSE = [
    "In the spring the snow on the mountains melts, and the water runs down into the river.",
    "The river carries it past the fields and the towns until it reaches the sea.",
    "I'VE seen that they're here; we'll say it isn't there, and he'd say that she's THERE too.",
    "def total(items):\n    return sum(item.price for item in items)  # 1024 or 2048\n",
    "Der Fluss trägt das Wasser über die Felder; où va-t-il après? Él dice que mañana.",
    "The snow, the sun, the sea: the whole journey begins again and again and again.",
    "HelloWorld parseHTTPRequest getElementById iPhone McDonald",
    "the user said <b>that</b> the end of it is a/b/c // and then\n\n\nnothing",
]

PIECES = (
    [chr(c) for c in range(32, 127)]
    + list("½²³٣४Ⅷ①\u00a0\u3000\u2003\u2028\u0085\ufeff\u200b\u200d\u0301éÅßΩжשלוםعربي中文日本語한국어🙂👨\u200d👩🏽\t\n\r\x0b\x0c\x00\x1b\x7f'’“”—…") * 2
    + ["Hello", "the", " water", "don't", "we'll", "I'VE", "'LL", "2024", "3.14", "  ", "   ", "\n\n", " \n", "\r\n", "user", "x=1;", "naïve", " zebra", "zebra", "McDonald", "HTTPServer", "a/b", "...\n/"] * 6
)
TEXTS = [
    "",
    " ",
    "   ",
    "a",
    " a",
    "The river carries it past the fields.",
    "def f(x):\n    return x ** 2  # 1,024\n",
    "1234567890 12.5% ½ cup, 3² = 9, Ⅷ, ٣٤ 12345",
    "\ufeffwith a mark  \u0085 and a next line",
    "   three spaces,\ttab,\n\n\ntwo empty lines   ",
    "I'VE we'LL don't 'Tis it's IT'S",
    " zebra zebra  zebra",
    "12345 1234 123 12 a..\n/ b..\n",
    "getElementById HTTPRequest iPhoneXR ΩmegaАбвГд ǅ",
    "<0x41> <0x0A> \u2581 \u2581\u2581x",
    "the the the the the the the the the the",
    "🙂🙂 \U0001f9d1\u200d\U0001f680 中文字 \u0e01\u0e33",
]


def texts(specials, seed):
    draw = random.Random(seed)
    pieces = PIECES + specials * 12
    made = ["".join(draw.choice(pieces) for _ in range(draw.randint(1, 12))) for _ in range(60)]
    made += [f"{s}a {s} b{s}{s}" for s in specials] + [f"{specials[0][:3]}{specials[-1]}{specials[0][3:]}"]
    made += ["<s", "</s", "s>", "<|", "|>", "<<s>>", "</</s>s>"]
    return TEXTS + made


SPLIT = {
    "llama-bpe": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    "tekken": r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
}
BYTES = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)


def cut(*patterns):
    return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(p), "isolated") for p in patterns] + [BYTES])


CUTS = {
    "gpt-2": pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
    "smollm": pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)]
    ),
    "llama-bpe": cut(SPLIT["llama-bpe"]),
    "tekken": cut(SPLIT["tekken"]),
    "default": cut(
        r"[\p{P}\$\+<=>\^~\|]+", r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)", r"\p{N}+", r"[0-9][0-9][0-9]"
    ),
}
BYTE_SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]


def byte_level():
    """Tokens and merges: three special ones, the bytes, some merges, and tokens that only one way of cutting reaches."""
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = cut(SPLIT["llama-bpe"])
    trainer = trainers.BpeTrainer(
        vocab_size=399, special_tokens=BYTE_SPECIALS, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False
    )
    trained.train_from_iterator(PROSE, trainer)
    model = json.loads(trained.to_str())["model"]
    vocab = model["vocab"]
    numbers = [("1", "2"), ("12", "3"), ("123", "4")]
    for token in ["Ġzebra", "..Ċ/", "12345"] + [a + b for a, b in numbers]:
        assert token not in vocab
        vocab[token] = len(vocab)
    return vocab, [tuple(m) for m in model["merges"]] + numbers


def rows_of(tokenizer, some, as_text=True):
    """With special tokens in the text recognised, taken for text, and with what the tokenizer puts around raw text."""
    rows = []
    for text in some:
        tokenizer.encode_special_tokens = False
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        row = {"text": text, "ids": ids, "decoded": tokenizer.decode(ids, skip_special_tokens=True)}
        whole = tokenizer.encode(text, add_special_tokens=True).ids
        if whole != ids:
            row["whole"] = whole
        tokenizer.encode_special_tokens = True
        plain = tokenizer.encode(text, add_special_tokens=False).ids
        if plain != ids:
            row["idsAsText"] = plain
        rows.append(row)
    return rows


def write(name, value):
    place = HERE / name
    place.parent.mkdir(exist_ok=True)
    place.write_text(json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n")


def write_rows(name, head, rows):
    body = ",\n".join(json.dumps(r, separators=(",", ":")) for r in rows)
    (HERE / name).write_text(json.dumps(head)[:-1] + (', ' if head else '') + '"rows": [\n' + body + "\n]}\n")


def special(text, **how):
    return AddedToken(text, special=True, normalized=False, **how)


def make_byte_level():
    vocab, merges = byte_level()
    by_id = sorted(vocab, key=vocab.get)
    write("byte-level.json", {"tokens": by_id, "types": [3] * 3 + [1] * (len(by_id) - 3), "merges": [" ".join(m) for m in merges]})
    rows = []
    for pre, pre_tokenizer in CUTS.items():
        tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=merges, ignore_merges=pre in SPLIT))
        tokenizer.pre_tokenizer = pre_tokenizer
        tokenizer.decoder = decoders.ByteLevel()
        tokenizer.add_special_tokens([special(t) for t in BYTE_SPECIALS])
        rows += [{"pre": pre} | row for row in rows_of(tokenizer, texts(BYTE_SPECIALS, 1))]
    write_rows("byte-level-rows.json", {}, rows)
    return vocab, merges


def save(folder, tokenizer, config):
    (HERE / folder).mkdir(exist_ok=True)
    write(f"{folder}/tokenizer.json", json.loads(tokenizer.to_str()))
    for name, value in config.items():
        if name.endswith(".json"):
            write(f"{folder}/{name}", value)
        else:
            (HERE / folder / name).write_text(value)


CHATML = "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\\n' + m['content'] | trim + '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
INST = "{% for m in messages %}{% if m['role'] == 'user' %}{{ bos_token + '[INST] ' + m['content'] + ' [/INST]' }}{% else %}{{ ' ' + m['content'] + ' ' + eos_token }}{% endif %}{% endfor %}"


def make_llama3(vocab, merges):
    """As Llama 3 has it: merges ignored for whole tokens, and a token before raw text; two tokens take white space along."""
    tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=merges, ignore_merges=True))
    tokenizer.pre_tokenizer = cut(SPLIT["llama-bpe"])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([special(t) for t in BYTE_SPECIALS] + [special("<|wide|>", lstrip=True, rstrip=True)])
    tokenizer.add_tokens([AddedToken("<think>", normalized=False), AddedToken("water", single_word=True, normalized=False)])
    tokenizer.post_processor = processors.Sequence(
        [
            processors.ByteLevel(trim_offsets=False),
            processors.TemplateProcessing(single="<|endoftext|> $A", special_tokens=[("<|endoftext|>", vocab["<|endoftext|>"])]),
        ]
    )
    config = {
        "tokenizer_config.json": {
            "bos_token": "<|endoftext|>", "eos_token": {"content": "<|im_end|>"}, "tokenizer_class": "PreTrainedTokenizerFast",
            "chat_template": [{"name": "tools", "template": "no"}, {"name": "default", "template": CHATML}],
        },
        "generation_config.json": {"eos_token_id": [2, 0]},
    }
    save("llama3", tokenizer, config)
    some = texts(BYTE_SPECIALS + ["<|wide|>", "  <|wide|> ", "<think>", " water", "water", "waters"], 2)
    write_rows("llama3/rows.json", {}, rows_of(tokenizer, some))


def make_gpt2(vocab, merges):
    tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=merges))
    tokenizer.pre_tokenizer = CUTS["gpt-2"]
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([special("<|endoftext|>")])
    write("gpt2/vocab.json", vocab)
    (HERE / "gpt2/merges.txt").write_text("#version: 0.2\n" + "".join(" ".join(m) + "\n" for m in merges))
    write("gpt2/config.json", {"eos_token_id": 0, "bos_token_id": 0})
    write_rows("gpt2/rows.json", {}, rows_of(tokenizer, texts(["<|endoftext|>"], 3)))


def train_sentencepiece(**how):
    """A tiny model of Llama 2's settings: bpe, bytes for what is not covered, a space before the text, nothing normalised."""
    out = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(" ".join(PROSE).split("\n") * 3), model_writer=out, model_type="bpe", normalization_rule_name="identity",
        remove_extra_whitespaces=False, character_coverage=0.98, num_threads=1, minloglevel=2, **how,
    )
    proto = model_pb2.ModelProto()
    proto.ParseFromString(out.getvalue())
    return proto


def make_sentencepiece():
    bytes_too = train_sentencepiece(vocab_size=420, byte_fallback=True, user_defined_symbols=["<unused>", "«x»"])
    no_bytes = train_sentencepiece(vocab_size=120, byte_fallback=False, add_dummy_prefix=False)
    some = texts(["<s>", "</s>", "<unk>", "«x»", "<unused>"], 4)
    for name, proto in [("sentencepiece", bytes_too), ("sentencepiece-no-bytes", no_bytes)]:
        processor = sentencepiece.SentencePieceProcessor(model_proto=proto.SerializeToString())
        head = {
            "tokens": [p.piece for p in proto.pieces], "scores": [p.score for p in proto.pieces], "types": [p.type for p in proto.pieces],
            "addSpacePrefix": proto.normalizer_spec.add_dummy_prefix,
        }
        # Text only, and no user-defined symbols in it: what becomes of text around those, SentencePiece and llama.cpp do differently.
        rows = [{"text": t, "ids": processor.encode(t)} for t in some if "\x00" not in t and "«x»" not in t and "<unused>" not in t]
        write_rows(f"{name}.json", head, rows)
    return bytes_too, no_bytes


def merges_of(proto):
    """Every way to make a piece of two others, best score first: how a vocabulary with scores becomes ranked merges."""
    scores = {p.piece: (p.score, i) for i, p in enumerate(proto.pieces) if p.type == 1}
    found = []
    for piece, (score, _) in scores.items():
        ways = [(piece[:i], piece[i:]) for i in range(1, len(piece)) if piece[:i] in scores and piece[i:] in scores]
        found += [(-score, scores[a][1], scores[b][1], (a, b)) for a, b in ways]
    return [m for *_, m in sorted(found)]


def make_llama2(bytes_too, no_bytes):
    """Llama 2 in both forms that its folders have: the space as a normaliser, or as Metaspace before the first piece only."""
    for folder, proto in [("llama2", bytes_too), ("metaspace", bytes_too), ("no-bytes", no_bytes)]:
        vocab = {p.piece: i for i, p in enumerate(proto.pieces)}
        tokenizer = Tokenizer(
            models.BPE(vocab=vocab, merges=merges_of(proto), unk_token="<unk>", fuse_unk=True, byte_fallback=proto is bytes_too)
        )
        steps = [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
        tokenizer.decoder = decoders.Sequence(steps)
        if folder == "llama2":
            tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
        else:
            tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="first", split=False)
        tokenizer.add_special_tokens([special(t) for t in ["<unk>", "<s>", "</s>"]])
        tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
        config = {
            "tokenizer_config.json": {"tokenizer_class": "LlamaTokenizer", "add_bos_token": True, "add_eos_token": False},
            "special_tokens_map.json": {"bos_token": {"content": "<s>"}, "eos_token": "</s>", "unk_token": "<unk>"},
            "config.json": {"eos_token_id": 2},
        }
        if folder == "llama2":
            config["chat_template.jinja"] = INST
        save(folder, tokenizer, config)
        write_rows(f"{folder}/rows.json", {}, rows_of(tokenizer, texts(["<s>", "</s>", "<unk>"], 5)))


vocab, merges = make_byte_level()
make_llama3(vocab, merges)
make_gpt2(vocab, merges)
make_llama2(*make_sentencepiece())
