# The tiny models: what each is, its configuration, and how its random weights are drawn.
import math

import torch
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, MistralConfig, MistralForCausalLM

WIDE, SMALL = 272, 112  # vocabulary: every byte, or printable ASCII only (smaller files)
LENGTHS = (24, 9, 17)

LLAMA = dict(
    vocab_size=SMALL, hidden_size=32, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4,
    num_key_value_heads=2, max_position_embeddings=128, rms_norm_eps=1e-4, rope_theta=1000.0,
    tie_word_embeddings=True, bos_token_id=1, eos_token_id=2, pad_token_id=None,
)
GPT2 = dict(
    vocab_size=SMALL, n_positions=48, n_embd=32, n_layer=2, n_head=4, layer_norm_epsilon=1e-4,
    bos_token_id=1, eos_token_id=2,
)


def llama(**own):
    return LlamaForCausalLM, LlamaConfig(**{**LLAMA, **own})


def mistral(**own):
    return MistralForCausalLM, MistralConfig(**{**LLAMA, **own})


def gpt2(**own):
    return GPT2LMHeadModel, GPT2Config(**{**GPT2, **own})


# name: (class, config), dtype on disk, formats of GGUF or why there is none
MODELS = {
    "llama-gqa": dict(of=llama(vocab_size=WIDE, tie_word_embeddings=False), gguf=["f16", "f32"]),
    "llama-tied-mha": dict(of=llama(num_key_value_heads=4), gguf=["f16"]),
    "llama3-scaled": dict(
        of=llama(
            num_hidden_layers=3, rope_theta=500.0,
            rope_scaling=dict(
                rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                original_max_position_embeddings=32,
            ),
        ),
        gguf=["f16"],
    ),
    "llama-linear-scaled": dict(of=llama(rope_scaling=dict(rope_type="linear", factor=4.0)), gguf=["f16"]),
    "llama-biased": dict(of=llama(attention_bias=True, mlp_bias=True, tie_word_embeddings=False), gguf=["f16"]),
    "mistral": dict(
        of=mistral(sliding_window=8, head_dim=12),
        gguf=[], why="llama.cpp's architecture `llama`, which Mistral is written as, has no sliding window: the file would be another model",
    ),
    "mistral-plain": dict(of=mistral(sliding_window=None, rms_norm_eps=3e-4), gguf=["f16"]),
    "mistral-plain-bf16": dict(of=mistral(sliding_window=None, rms_norm_eps=3e-4), dtype=torch.bfloat16, seed="mistral-plain", gguf=[], why="as mistral-plain"),
    "mistral-plain-f16": dict(of=mistral(sliding_window=None, rms_norm_eps=3e-4), dtype=torch.float16, seed="mistral-plain", gguf=[], why="as mistral-plain"),
    "llama-tied-mha-sharded": dict(of=llama(num_key_value_heads=4), seed="llama-tied-mha", shard="20KB", same="llama-tied-mha", gguf=[], why="as llama-tied-mha"),
    "gpt2": dict(of=gpt2(activation_function="gelu_new", n_inner=None), gguf=["f16", "f32"]),
    "gpt2-exact-gelu": dict(
        of=gpt2(activation_function="gelu", n_inner=40),
        gguf=[], why="llama.cpp's architecture `gpt2` always takes the tanh approximation",
    ),
}


def spread(name, shape):
    """Mean and standard deviation of a tensor by its name: no norm is 1, no bias 0, attention is sharp, and the residual
    stream stays small enough for the norms' epsilon to be seen."""
    width = shape[-1] if len(shape) > 1 else 1
    conv = name.startswith("transformer.h.")  # Conv1D is [in, out]
    fan_in = (shape[0] if conv else width) if len(shape) > 1 else 1
    if "wte" in name or "wpe" in name or "embed_tokens" in name:
        return 0.02, 0.1
    if "lm_head" in name:
        return 0.0, 1.5 / math.sqrt(fan_in)
    if "norm" in name or "ln_" in name:
        return (1.0, 0.35) if name.endswith("weight") else (0.0, 0.25)
    if "mlp.c_fc" in name:  # into the tail where the two GELUs differ most
        return (0.0, 0.6 / math.sqrt(fan_in)) if len(shape) > 1 else (-2.3, 0.2)
    if "mlp.c_proj" in name:
        return (0.0, 6.0 / math.sqrt(fan_in)) if len(shape) > 1 else (0.0, 0.1)
    if "q_proj" in name or "k_proj" in name or "c_attn" in name:
        return (0.0, 1.7 / math.sqrt(fan_in)) if len(shape) > 1 else (0.1, 0.6)
    if len(shape) == 1:
        return 0.02, 0.15 if "v_proj" in name or "gate" in name or "up" in name else 0.1
    return 0.0, (0.7 if "o_proj" in name or "attn.c_proj" in name or "down_proj" in name else 1.0) / math.sqrt(fan_in)


def make(name):
    """The model in float32 (its weights already rounded to the type on disk), without dropout, with eager attention.
    Matrices of a model that is written as GGUF are rounded to float16 first: its float16 file then is the same model."""
    entry = MODELS[name]
    cls, config = entry["of"]
    config._attn_implementation = "eager"
    for rate in ("attn_pdrop", "embd_pdrop", "resid_pdrop"):
        if hasattr(config, rate):
            setattr(config, rate, 0.0)
    seed = entry.get("seed", name)
    generator = torch.Generator().manual_seed(1000 + sum(ord(c) * (i + 1) for i, c in enumerate(seed)))
    model = cls(config).eval()
    with torch.no_grad():
        for key, tensor in model.named_parameters():
            mean, deviation = spread(key, tensor.shape)
            drawn = torch.randn(tensor.shape, generator=generator) * deviation + mean
            if "mlp.c_proj.weight" in key:  # all neurons sit in the same tail: what they share would drown the text
                drawn -= drawn.mean(0)
            if MODELS[seed]["gguf"] and tensor.ndim == 2:  # so that float16 in the GGUF loses nothing
                drawn = drawn.half().float()
            tensor.copy_(drawn.to(entry.get("dtype", torch.float32)))
    return model


def texts(vocab):
    """Three seeded rows of token ids (no special token), each with a stretch that comes twice."""
    generator = torch.Generator().manual_seed(50 + vocab)
    rows = []
    for length in LENGTHS:
        row = torch.randint(3, vocab, (length,), generator=generator).tolist()
        again = length // 3
        row[length - again :] = row[1 : 1 + again]
        rows.append(row)
    return rows
