# What each mistake does to the logits of each model that it concerns, in float64.
from exact import relative
from gguf_file import interleave
from plain import forward

PERMUTED = "gguf-permutation-not-undone"


def traps_of(name, config, weights):
    """Mistakes that concern this model: name -> switches of plain.py."""
    out = {}
    if config["model_type"] == "gpt2":
        eps = config["layer_norm_epsilon"]
        out |= {
            "position-offset-by-one": {"position-offset": 1},
            "positions-ignored": {"positions-ignored": True},
            "layernorm-unbiased-variance": {"unbiased-variance": True},
            "layernorm-not-centred": {"centring-flipped": True},
            "layernorm-bias-dropped": {"norm-bias-dropped": True},
            "gelu-other": {"activation": "gelu" if config["activation_function"] == "gelu_new" else "gelu_new"},
            "conv1d-read-as-linear": {"conv1d-read-as-linear": True},
            "qkv-interleaved-per-head": {"qkv-interleaved": True},
            "scale-by-layer": {"scale-by-layer": True},
            "tied-ignored": {"tied-ignored": True},
        }
        biases = ["attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj"]
    else:
        eps = config["rms_norm_eps"]
        out |= {
            "rotary-interleaved": {"rotary-interleaved": True},
            "rotary-base-10000": {"rotary-base": 10000.0},
            "query-one-position-ahead": {"query-ahead-by": 1},
            "rmsnorm-centred": {"centring-flipped": True},
            "gate-up-swapped": {"gate-up-swapped": True},
            "tied-ignored" if "lm_head.weight" not in weights else "tied-assumed": {
                "tied-ignored" if "lm_head.weight" not in weights else "tied-assumed": True
            },
        }
        if config.get("rope_scaling"):
            out["scaling-ignored"] = {"scaling-ignored": True}
            if config["rope_scaling"]["rope_type"] == "llama3":
                out["scaling-as-linear"] = {"scaling-as-linear": True}
                out["scaling-without-smoothing"] = {"scaling-without-smoothing": True}
        if config["num_key_value_heads"] != config["num_attention_heads"]:
            out["kv-heads-tiled"] = {"kv-tiled": True}
        if config.get("head_dim") and config["head_dim"] * config["num_attention_heads"] != config["hidden_size"]:
            out["score-scale-by-width"] = {"scale-by-width": True}
        if config.get("sliding_window"):
            out["window-ignored"] = {"window-ignored": True}
            out["window-one-longer"] = {"window-longer-by": 1}
            out["window-one-shorter"] = {"window-longer-by": -1}
        biases = []
        if config.get("attention_bias"):
            biases += ["q_proj", "k_proj", "v_proj", "o_proj"]
        if config.get("mlp_bias"):
            biases += ["gate_proj", "up_proj", "down_proj"]
    out |= {"eps-1e-5": {"eps": 1e-5}, "eps-1e-6": {"eps": 1e-6}, "eps-outside-root": {"eps-outside-root": True}}
    assert eps not in (1e-5, 1e-6)
    if biases:
        out["biases-dropped"] = {"bias-dropped": "all"}
        out |= {f"bias-dropped-{kind}": {"bias-dropped": kind} for kind in biases}
    return out


def invisible_of(config):
    """Mistakes that change no logit, by the mathematics: they need another test than logits of a whole text."""
    if config["model_type"] == "gpt2":
        return {"key-bias-dropped": {"key-bias-dropped": True}}
    return {"all-positions-shifted-by-one": {"all-positions-shifted-by": 1}}


def permuted(config, weights, parts):
    """q and k in GGUF's order of rows, where `parts` is in the tensor's name."""
    heads = {"q_proj": config["num_attention_heads"], "k_proj": config["num_key_value_heads"]}
    kind = {name: next((h for key, h in heads.items() if f".{key}." in name and parts in name), None) for name in weights}
    return {name: w if kind[name] is None else interleave(w, kind[name]) for name, w in weights.items()}


def measure(name, config, weights, texts):
    """(seen, unseen): for each trap the relative error of the logits per text, max |difference| / max |right logits|."""
    right = [forward(config, weights, ids)["logits"] for ids in texts]

    def errors(wrong, from_weights=weights):
        return [relative(forward(config, from_weights, ids, wrong)["logits"], logits) for ids, logits in zip(texts, right)]

    seen = {trap: errors(wrong) for trap, wrong in traps_of(name, config, weights).items()}
    if config["model_type"] != "gpt2":
        seen[PERMUTED] = errors({}, permuted(config, weights, "_proj."))
        if config.get("attention_bias"):
            seen[PERMUTED + "-of-biases"] = errors({}, permuted(config, weights, ".bias"))
    return seen, {trap: errors(wrong) for trap, wrong in invisible_of(config).items()}
