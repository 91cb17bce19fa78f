# Both families again in plain numpy float64, with a switch for every way to get them wrong. Our own code, checked against
# transformers before any trap is measured.
import math

import numpy as np


def erf(x):
    return np.vectorize(math.erf)(x)


ACTIVATIONS = {
    "silu": lambda x: x / (1 + np.exp(-x)),
    "gelu": lambda x: 0.5 * x * (1 + erf(x / math.sqrt(2))),
    "gelu_new": lambda x: 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
}


def normalise(x, gain, bias, eps, wrong, centred):
    """LayerNorm (centred) or RMSNorm over the last axis."""
    eps = wrong.get("eps", eps)
    if centred != wrong.get("centring-flipped", False):
        x = x - x.mean(-1, keepdims=True)
    count = x.shape[-1] - (1 if wrong.get("unbiased-variance") else 0)
    square = (x**2).sum(-1, keepdims=True) / count
    scale = np.sqrt(square) + eps if wrong.get("eps-outside-root") else np.sqrt(square + eps)
    return x / scale * gain + (0 if bias is None else bias)


def frequencies(config, size, wrong):
    """Rotary frequencies [size / 2]: base, then linear or Llama-3 scaling."""
    base = wrong.get("rotary-base", config["rope_theta"])
    f = base ** (-np.arange(0, size, 2) / size)
    scaling = config.get("rope_scaling")
    if not scaling or wrong.get("scaling-ignored"):
        return f
    if scaling["rope_type"] == "linear" or wrong.get("scaling-as-linear"):
        return f / scaling["factor"]
    low, high, old = scaling["low_freq_factor"], scaling["high_freq_factor"], scaling["original_max_position_embeddings"]
    turns = old * f / (2 * math.pi)  # turns within the old context
    smooth = np.clip((turns - low) / (high - low), 0, 1)
    if wrong.get("scaling-without-smoothing"):
        smooth = (smooth >= 1) * 1.0
    return f * (smooth + (1 - smooth) / scaling["factor"])


def rotate(x, positions, f, wrong):
    """x [T, heads, size]; pairs (i, i + size / 2), or (2 i, 2 i + 1) when wrong."""
    angle = positions[:, None, None] * f
    cos, sin = np.cos(angle), np.sin(angle)
    half = x.shape[-1] // 2
    out = np.empty_like(x)
    a, b = (slice(0, None, 2), slice(1, None, 2)) if wrong.get("rotary-interleaved") else (slice(0, half), slice(half, None))
    out[..., a] = x[..., a] * cos - x[..., b] * sin
    out[..., b] = x[..., b] * cos + x[..., a] * sin
    return out


def attend(q, k, v, scale, window, wrong):
    """q [T, heads, size], k and v [T, kv heads, size] -> z [T, heads, size], pattern [heads, T, T]."""
    group = q.shape[1] // k.shape[1]
    spread = (lambda x: np.tile(x, (1, group, 1))) if wrong.get("kv-tiled") else (lambda x: np.repeat(x, group, axis=1))
    k, v = spread(k), spread(v)
    scores = np.einsum("qhd,khd->hqk", q, k) * scale
    i, j = np.arange(q.shape[0])[:, None], np.arange(q.shape[0])[None, :]
    seen = j <= i
    if window is not None and not wrong.get("window-ignored"):
        seen &= j > i - (window + wrong.get("window-longer-by", 0))
    scores = np.where(seen, scores, -np.inf)
    pattern = np.exp(scores - scores.max(-1, keepdims=True))
    pattern /= pattern.sum(-1, keepdims=True)
    return np.einsum("hqk,khd->qhd", pattern, v), pattern


def llama(config, w, ids, wrong):
    d, heads, kv = config["hidden_size"], config["num_attention_heads"], config["num_key_value_heads"]
    size = config.get("head_dim") or d // heads
    T = len(ids)
    positions = np.arange(T, dtype=np.float64)
    f = frequencies(config, size, wrong)
    eps = config["rms_norm_eps"]
    scale = 1 / math.sqrt(d // heads if wrong.get("scale-by-width") else size)

    def linear(x, name):
        out = x @ w[name + ".weight"].T
        dropped = wrong.get("bias-dropped", "")
        has = name + ".bias" in w and not (dropped == "all" or (dropped and name.endswith(dropped)))
        return out + w[name + ".bias"] if has else out

    x = w["model.embed_tokens.weight"][ids]
    residuals, patterns = [x], []
    for layer in range(config["num_hidden_layers"]):
        at = f"model.layers.{layer}."
        n = normalise(x, w[at + "input_layernorm.weight"], None, eps, wrong, False)
        q = linear(n, at + "self_attn.q_proj").reshape(T, heads, size)
        k = linear(n, at + "self_attn.k_proj").reshape(T, kv, size)
        v = linear(n, at + "self_attn.v_proj").reshape(T, kv, size)
        ahead = wrong.get("query-ahead-by", 0)
        shift = wrong.get("all-positions-shifted-by", 0)
        q, k = rotate(q, positions + ahead + shift, f, wrong), rotate(k, positions + shift, f, wrong)
        z, pattern = attend(q, k, v, scale, config.get("sliding_window"), wrong)
        patterns.append(pattern)
        x = x + linear(z.reshape(T, heads * size), at + "self_attn.o_proj")
        n = normalise(x, w[at + "post_attention_layernorm.weight"], None, eps, wrong, False)
        gate, up = linear(n, at + "mlp.gate_proj"), linear(n, at + "mlp.up_proj")
        if wrong.get("gate-up-swapped"):
            gate, up = up, gate
        x = x + linear(ACTIVATIONS[config["hidden_act"]](gate) * up, at + "mlp.down_proj")
        residuals.append(x)
    n = normalise(x, w["model.norm.weight"], None, eps, wrong, False)
    tied = "lm_head.weight" not in w or wrong.get("tied-assumed")
    head = w["model.embed_tokens.weight" if tied else "lm_head.weight"]
    logits = n @ head.T * (0 if wrong.get("tied-ignored") else 1)
    return {"logits": logits, "residuals": np.array(residuals), "patterns": np.array(patterns)}


def gpt2(config, w, ids, wrong):
    d, heads = config["n_embd"], config["n_head"]
    size, T, eps = d // heads, len(ids), config["layer_norm_epsilon"]

    def conv(x, name):
        weight = w[name + ".weight"]  # [in, out]
        if wrong.get("conv1d-read-as-linear"):  # the same numbers taken for [out, in]
            weight = weight.reshape(weight.shape[::-1]).T
        dropped = wrong.get("bias-dropped", "")
        bias = 0 if dropped == "all" or (dropped and name.endswith(dropped)) else w[name + ".bias"]
        if wrong.get("key-bias-dropped") and name.endswith("c_attn"):
            bias = np.where(np.arange(3 * d) // d == 1, 0, bias)
        return x @ weight + bias

    def norm(x, name):
        return normalise(x, w[name + ".weight"], 0 if wrong.get("norm-bias-dropped") else w[name + ".bias"], eps, wrong, True)

    x = w["transformer.wte.weight"][ids]
    if not wrong.get("positions-ignored"):
        x = x + w["transformer.wpe.weight"][np.arange(T) + wrong.get("position-offset", 0)]
    residuals, patterns = [x], []
    activation = ACTIVATIONS[wrong.get("activation", config["activation_function"])]
    for layer in range(config["n_layer"]):
        at = f"transformer.h.{layer}."
        fused = conv(norm(x, at + "ln_1"), at + "attn.c_attn")
        if wrong.get("qkv-interleaved"):
            q, k, v = np.moveaxis(fused.reshape(T, heads, 3, size), 2, 0)
        else:
            q, k, v = np.moveaxis(fused.reshape(T, 3, heads, size), 1, 0)
        scale = 1 / math.sqrt(size) / ((layer + 1) if wrong.get("scale-by-layer") else 1)
        z, pattern = attend(q, k, v, scale, None, wrong)
        patterns.append(pattern)
        x = x + conv(z.reshape(T, d), at + "attn.c_proj")
        x = x + conv(activation(conv(norm(x, at + "ln_2"), at + "mlp.c_fc")), at + "mlp.c_proj")
        residuals.append(x)
    n = norm(x, "transformer.ln_f")
    logits = n @ w["transformer.wte.weight"].T * (0 if wrong.get("tied-ignored") else 1)
    return {"logits": logits, "residuals": np.array(residuals), "patterns": np.array(patterns)}


def forward(config, weights, ids, wrong=None):
    """logits [T, vocab], residuals [layers + 1, T, width], patterns [layers, heads, T, T], all float64.
    `config` is config.json, `weights` its tensors by their names; `wrong` names the traps to fall into."""
    family = gpt2 if config["model_type"] == "gpt2" else llama
    return family(config, weights, np.asarray(ids), wrong or {})
