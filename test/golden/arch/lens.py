# Every activation of two models by its TransformerLens name: transformer-lens.json and .bin in their folders. Run after make.py.
#   python3 -m venv VENV && VENV/bin/pip install -r test/golden/arch/requirements-lens.txt
#   VENV/bin/python test/golden/arch/lens.py
import importlib.metadata
import json
import pathlib

import numpy as np
import torch
from transformer_lens import TransformerBridge
from transformers import AutoModelForCausalLM, AutoTokenizer

here = pathlib.Path(__file__).parent
torch.set_num_threads(1)
# Copies of a residual, one for each head where so asked: their shape is recorded, their values are not stored again.
COPIES = ("hook_q_input", "hook_k_input", "hook_v_input", "hook_attn_in", "hook_mlp_in")
PACKAGES = ("transformer_lens", "transformers", "torch", "numpy")


def load(folder):
    model = AutoModelForCausalLM.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    return TransformerBridge.boot_transformers(str(folder), hf_model=model, tokenizer=tokenizer, dtype=torch.float32, device="cpu")


def activations(bridge, ids):
    with torch.no_grad():
        logits, cache = bridge.run_with_cache(torch.tensor([ids]))
    return logits[0].numpy(), {name: value.numpy() for name, value in cache.items()}


def differ(a, b):
    """max |a - b| / max |b|; -inf equals -inf."""
    if a.shape != b.shape or (np.isfinite(a) != np.isfinite(b)).any():
        return 1.0
    a, b = np.where(np.isfinite(a), a, 0).astype(np.float64), np.where(np.isfinite(b), b, 0).astype(np.float64)
    return float(np.abs(a - b).max() / max(np.abs(b).max(), 1e-30))


def dump(name):
    folder = here / name
    wanted = json.loads((folder / "reference.json").read_text())
    numbers = np.fromfile(folder / "reference.bin", "<f4")
    part = lambda key: numbers[(a := wanted["arrays"][key])["offset"] :][: np.prod(a["shape"])].reshape(a["shape"])
    ids = wanted["texts"][0]["ids"]

    bridge = load(folder)
    bridge.set_use_attn_result(True)
    bridge.set_use_hook_mlp_in(True)
    bridge.set_use_split_qkv_input(True)
    plain_logits, plain = activations(bridge, ids)
    bridge = load(folder)
    bridge.enable_compatibility_mode(no_processing=True)
    bridge.set_use_attn_result(True)
    bridge.set_use_hook_mlp_in(True)
    bridge.set_use_attn_in(True)
    _, with_input = activations(bridge, ids)
    bridge.set_use_attn_in(False)
    bridge.set_use_split_qkv_input(True)
    logits, cache = activations(bridge, ids)
    cache |= {key: value for key, value in with_input.items() if key.endswith("hook_attn_in")}
    assert differ(logits, part("text0.logits")) < 1e-5 and differ(plain_logits, part("text0.logits")) < 1e-5
    for layer in range(len(part("text0.residuals")) - 1):
        assert differ(cache[f"blocks.{layer}.hook_resid_post"][0], part("text0.residuals")[layer + 1]) < 1e-5
        assert differ(cache[f"blocks.{layer}.attn.hook_pattern"][0], part("text0.patterns")[layer]) < 1e-5

    arrays, copies, values, at, known = {}, {}, [], 0, {}
    for key in sorted(cache):
        value = cache[key]
        if key.endswith(COPIES):
            source = key[: key.index(".", 7)] + (".hook_resid_mid" if key.endswith("mlp_in") else ".hook_resid_pre")
            residual = cache[source] if value.ndim == 3 else cache[source][:, :, None]
            assert (value == residual).all(), key
            copies[key] = {"shape": list(value.shape), "of": source}
            continue
        if value.dtype != np.float32:  # the ids that go into an embedding
            continue
        block = np.ascontiguousarray(value, "<f4").tobytes()
        if block not in known:
            known[block] = at
            at += value.size
            values.append(block)
        arrays[key] = {"offset": known[block], "shape": list(value.shape)}
        if not np.isfinite(value).all():
            arrays[key]["minusInfinities"] = int(np.isneginf(value).sum())
            assert np.isfinite(value[~np.isneginf(value)]).all()
    (folder / "transformer-lens.bin").write_bytes(b"".join(values))
    apart = {key: differ(plain[key], cache[key]) for key in sorted(plain) if key in cache and plain[key].dtype == np.float32}
    record = {
        "versions": {package: importlib.metadata.version(package) for package in PACKAGES},
        "ids": ids,
        "arrays": arrays,
        "copies": copies,
        "apartWithoutCompatibilityMode": sorted(key for key, error in apart.items() if error > 1e-5),
    }
    rows = []
    for key, value in record.items():
        if isinstance(value, dict) and key != "versions":
            inner = ",\n".join(f"    {json.dumps(k)}: {json.dumps(v)}" for k, v in value.items())
            rows.append(f'  "{key}": {{\n{inner}\n  }}')
        else:
            rows.append(f'  "{key}": {json.dumps(value)}')
    (folder / "transformer-lens.json").write_text("{\n" + ",\n".join(rows) + "\n}\n")
    print(name, len(arrays), "arrays", 4 * at, "bytes; without compatibility mode", {k: v for k, v in apart.items() if v > 1e-6})
    return cache


def meaning(name, cache):
    """Prints what the names mean, from the values themselves."""
    config = json.loads((here / name / "config.json").read_text())
    gpt2 = config["model_type"] == "gpt2"
    eps = config["layer_norm_epsilon"] if gpt2 else config["rms_norm_eps"]
    for norm, source in (("blocks.1.ln1", "blocks.1.hook_resid_pre"), ("blocks.1.ln2", "blocks.1.hook_resid_mid"), ("ln_final", "blocks.1.hook_resid_post")):
        x = cache[source].astype(np.float64)
        x = x - x.mean(-1, keepdims=True) if gpt2 else x
        scale = np.sqrt((x**2).mean(-1, keepdims=True) + eps)
        print(" ", norm, "scale = root of mean square + eps", differ(cache[norm + ".hook_scale"], scale), "; normalized = x / scale without gain", differ(cache[norm + ".hook_normalized"], x / scale))
    at = "blocks.1.attn."
    group = config.get("num_attention_heads", 1) // config.get("num_key_value_heads", 1)
    q = cache[at + ("hook_q" if gpt2 else "hook_rot_q")][0].astype(np.float64)
    k = np.repeat(cache[at + ("hook_k" if gpt2 else "hook_rot_k")][0].astype(np.float64), group, axis=1)
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(q.shape[-1])
    seen = np.tril(np.ones(scores.shape[1:], bool))
    found = cache[at + "hook_attn_scores"][0]
    print("  scores under the mask", differ(found[:, seen], scores[:, seen]), "masked values", np.unique(found[:, ~seen]).tolist())
    print("  sum of results + bias = attn_out", np.abs(cache[at + "hook_result"].sum(2) - cache["blocks.1.hook_attn_out"]).max(), "(bias is apart)")
    m = "blocks.1.mlp."
    if not gpt2:
        pre = cache[m + "hook_pre"].astype(np.float64)
        print("  post = silu(pre) * pre_linear", differ(cache[m + "hook_post"], pre / (1 + np.exp(-pre)) * cache[m + "hook_pre_linear"]))
    same = [k for k in cache if cache[k].shape == cache["blocks.1.hook_attn_out"].shape and k.startswith("blocks.1") and (cache[k] == cache["blocks.1.hook_attn_out"]).all()]
    print("  attn_out is", same)


for name in ("llama-gqa", "gpt2"):
    meaning(name, dump(name))
