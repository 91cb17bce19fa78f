# A tiny byte-level BPE tokenizer with a chat template, as `save_pretrained` writes it.
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

SPECIAL = ["<|endoftext|>", "<|start|>", "<|end|>"]
TEMPLATE = (
    "{% for message in messages %}{{ '<|start|>' + message['role'] + '\n' + message['content'] + '<|end|>' + '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|start|>assistant\n' }}{% endif %}"
)
PROSE = [
    "the user said that the answer is in the other letter and the assistant wrote it on a line",
    "There are 12 ways to write a tiny model; here it is, then there, and again here in another line.",
]


def make_tokenizer(vocab):
    """`vocab` tokens: three special ones, the bytes (all 256, or printable ASCII where they do not fit), merges for the rest."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    everything = pre_tokenizers.ByteLevel.alphabet()
    printable = [chr(c) for c in range(33, 127)] + ["Ġ", "Ċ"]
    alphabet = sorted(everything) if vocab > 259 else printable
    trainer = trainers.BpeTrainer(
        vocab_size=vocab, special_tokens=SPECIAL, initial_alphabet=alphabet, show_progress=False, min_frequency=1
    )
    tokenizer.train_from_iterator(PROSE, trainer)
    assert tokenizer.get_vocab_size() == vocab, tokenizer.get_vocab_size()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token=SPECIAL[1], eos_token=SPECIAL[2], clean_up_tokenization_spaces=False,
        model_max_length=128,
    )
    fast.chat_template = TEMPLATE
    return fast


STRINGS = ["the answer is here", "  12 lines,\n\nthen another", "it's <|end|> of the letter<|start|>user", "Zq_~ {}"]
CHAT = [{"role": "user", "content": "Is it there?"}, {"role": "assistant", "content": "the other line"}]


def tokenizer_record(tokenizer):
    """What the tokenizer makes of a few strings (special tokens in the text taken for special) and of a conversation."""
    text = tokenizer.apply_chat_template(CHAT, tokenize=False, add_generation_prompt=True)
    return {
        "strings": [{"text": t, "ids": tokenizer.encode(t, add_special_tokens=False)} for t in STRINGS],
        "chat": {"messages": CHAT, "text": text, "ids": tokenizer.encode(text, add_special_tokens=False)},
    }
