"""Writes tokens.json: hard texts as the Rust library `tokenizers` cuts them with the vocabulary of the default model's file.

    python -m venv venv && venv/bin/pip install tokenizers==0.23.3 gguf==0.19.0
    venv/bin/python test/golden/engine/tokens.py MODEL.gguf

The settings are those that SmolLM2 publishes in its tokenizer.json: single digits, then GPT-2's byte-level cutting.
"""

import json
import pathlib
import random
import sys

from gguf import GGUFReader
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

fields = GGUFReader(sys.argv[1]).fields
tokens = fields["tokenizer.ggml.tokens"].contents()
merges = fields["tokenizer.ggml.merges"].contents()
types = fields["tokenizer.ggml.token_type"].contents()

tokenizer = Tokenizer(
    models.BPE(vocab={t: i for i, t in enumerate(tokens)}, merges=[tuple(m.split(" ")) for m in merges])
)
tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
    [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)]
)
tokenizer.decoder = decoders.ByteLevel()
tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t, kind in zip(tokens, types) if kind == 3])

pieces = (
    [chr(c) for c in range(32, 127)]
    + list("½²³٣४Ⅷ①\u00a0\u3000\u2003\u2028\u0085\ufeff\u200b\u200d\u0301é́ÅßΩжשלוםعربي中文日本語한국어🙂👨‍👩‍👧🏽\t\n\r\x0b\x0c\x00\x1b\x7f'’“”—…") * 2
    + ["Hello", "the", " capital", "don't", "we'll", "I'VE", "2024", "3.14", "  ", "\n\n", "<|im_start|>", "<|im_end|>", "user", "\n", "x=1;", "naïve"] * 6
)
draw = random.Random(1)
texts = ["".join(draw.choice(pieces) for _ in range(draw.randint(1, 12))) for _ in range(150)]
texts += [
    "",
    "The capital of France is Paris.",
    "def f(x):\n    return x ** 2  # 1,024\n",
    "1234567890 12.5% ½ cup, 3² = 9, Ⅷ, ٣٤",
    "\ufeffwith a mark  \u0085 and a next line",
    "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n",
    "   three spaces,\ttab,\n\n\ntwo empty lines   ",
]
rows = [
    {"text": t, "ids": (ids := tokenizer.encode(t, add_special_tokens=False).ids), "decoded": tokenizer.decode(ids)}
    for t in texts
]
out = pathlib.Path(__file__).with_name("tokens.json")
out.write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")
