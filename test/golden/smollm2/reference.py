"""The reference: the GGUF file as `transformers` reads it in float32, and its tokenizer by the Rust library `tokenizers`."""

import hashlib
import pathlib

import gguf
import numpy as np
import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
CONTROL = 3


class File:
    """The GGUF file by the `gguf` package: metadata, and tensors dequantised to float32."""

    def __init__(self, path: str):
        self.path = pathlib.Path(path).resolve()
        digest = hashlib.sha256(self.path.read_bytes()).hexdigest()
        if digest != SHA256:
            raise SystemExit(f"{path}: sha256 is {digest}, expected {SHA256}")
        reader = gguf.GGUFReader(self.path)
        self.fields = {name: field.contents() for name, field in reader.fields.items()}
        self.tensors = {t.name: t for t in reader.tensors}

    def values(self, name: str) -> np.ndarray:
        """Row-major [out, in]: ggml counts its dimensions from the innermost, so its ne = [in, out]."""
        t = self.tensors[name]
        return gguf.quants.dequantize(t.data, t.tensor_type).astype(np.float32)


def half_split(rows: np.ndarray, heads: int) -> np.ndarray:
    """Rows of q or k from GGUF's order (pairs side by side: 0, d/2, 1, d/2 + 1, ...) to Hugging Face's (half and half)."""
    out, width = rows.shape
    return rows.reshape(heads, out // heads // 2, 2, width).swapaxes(1, 2).reshape(out, width)


def tensor_names(layers: int) -> dict[str, str]:
    """Hugging Face's name -> GGUF's name."""
    names = {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight"}
    inner = {
        "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
        "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
        "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
    }
    for i in range(layers):
        for theirs, ours in inner.items():
            names[f"model.layers.{i}.{theirs}.weight"] = f"blk.{i}.{ours}.weight"
    return names


def load(file: File) -> tuple[LlamaForCausalLM, dict]:
    """The model, and how the loader's weights compare with the file's own tensors."""
    read = AutoModelForCausalLM.from_pretrained(
        str(file.path.parent), gguf_file=file.path.name, dtype=torch.float32, attn_implementation="eager"
    )
    state = read.state_dict()
    model = plain(read.config, state)
    heads = {"attn_q": read.config.num_attention_heads, "attn_k": read.config.num_key_value_heads}
    found = {"tensors": 0, "equalToTheFile": 0, "equalAfterUndoingThePermutation": 0, "different": []}
    for theirs, ours in tensor_names(read.config.num_hidden_layers).items():
        got, raw, kind = state[theirs].numpy(), file.values(ours), ours.split(".")[-2]
        found["tensors"] += 1
        if kind in heads and np.array_equal(got, half_split(raw, heads[kind])):
            found["equalAfterUndoingThePermutation"] += 1
        elif np.array_equal(got, raw):
            found["equalToTheFile"] += 1
        else:
            found["different"].append(ours)
    assert found["tensors"] == len(file.tensors), "a tensor of the file was not compared"
    assert found["different"] == [], found["different"]
    assert found["equalAfterUndoingThePermutation"] == 2 * read.config.num_hidden_layers
    return model, found


def plain(read: LlamaConfig, state: dict) -> LlamaForCausalLM:
    """A model that knows nothing of GGUF, with these weights."""
    config = LlamaConfig(
        vocab_size=read.vocab_size, hidden_size=read.hidden_size, intermediate_size=read.intermediate_size,
        num_hidden_layers=read.num_hidden_layers, num_attention_heads=read.num_attention_heads,
        num_key_value_heads=read.num_key_value_heads, max_position_embeddings=read.max_position_embeddings,
        rms_norm_eps=read.rms_norm_eps, rope_theta=read.rope_theta, tie_word_embeddings=True,
        bos_token_id=read.bos_token_id, eos_token_id=read.eos_token_id, attn_implementation="eager",
    )
    model = LlamaForCausalLM(config)
    model.load_state_dict({k: v.clone() for k, v in state.items()}, strict=True)
    return model.float().eval()


def without_the_permutation(model: LlamaForCausalLM, file: File) -> LlamaForCausalLM:
    """The same model with the rows of q and k as they stand in the file: what a reader gets that does not undo GGUF's order."""
    state = dict(model.state_dict())
    for i in range(model.config.num_hidden_layers):
        for side in "qk":
            state[f"model.layers.{i}.self_attn.{side}_proj.weight"] = torch.from_numpy(file.values(f"blk.{i}.attn_{side}.weight"))
    return plain(model.config, state)


def tokenizer_of(file: File, special: bool = True) -> Tokenizer:
    """The file's vocabulary and merges under the settings that SmolLM2 publishes: single digits, then GPT-2's byte-level
    cutting, no normaliser. `special` false: special tokens written in a text are ordinary characters."""
    tokens, merges = (file.fields[f"tokenizer.ggml.{name}"] for name in ("tokens", "merges"))
    made = Tokenizer(models.BPE(vocab={t: i for i, t in enumerate(tokens)}, merges=[tuple(m.split(" ")) for m in merges]))
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=True, use_regex=True),
        ]
    )
    made.decoder = decoders.ByteLevel()
    if special:
        kinds = file.fields["tokenizer.ggml.token_type"]
        made.add_special_tokens([AddedToken(t, special=True, normalized=False) for t, k in zip(tokens, kinds) if k == CONTROL])
    return made


def chat_tokenizer(file: File) -> PreTrainedTokenizerFast:
    """That tokenizer with the file's own chat template, for apply_chat_template."""
    made = PreTrainedTokenizerFast(tokenizer_object=tokenizer_of(file), clean_up_tokenization_spaces=False)
    made.chat_template = file.fields["tokenizer.chat_template"]
    return made
