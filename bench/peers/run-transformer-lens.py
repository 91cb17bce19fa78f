# TransformerLens (TransformerBridge) on PyTorch: one run_with_cache that returns all residuals, all patterns and full logits.

from peer import call, report, timed

given = call()

import importlib.metadata

import torch
from transformer_lens.model_bridge import TransformerBridge

torch.set_num_threads(given.threads)
bridge = TransformerBridge.boot_transformers(str(given.peers / "model"), device="cpu", dtype=torch.float32)
bridge.eval()
layers, heads, width = bridge.cfg.n_layers, bridge.cfg.n_heads, bridge.cfg.d_model
residuals = ["blocks.0.hook_resid_pre"] + [f"blocks.{i}.hook_resid_post" for i in range(layers)]
patterns = [f"blocks.{i}.attn.hook_pattern" for i in range(layers)]
tokens = torch.tensor(given.workload["prefill"])
rows, length = tokens.shape


def run():
    with torch.inference_mode():
        return bridge.run_with_cache(tokens, names_filter=residuals + patterns, return_type="logits", use_cache=False)


logits, cache = run()
assert tuple(logits.shape) == (rows, length, bridge.cfg.d_vocab), logits.shape
assert all(tuple(cache[name].shape) == (rows, length, width) for name in residuals)
assert all(tuple(cache[name].shape) == (rows, heads, length, length) for name in patterns)
assert all(torch.allclose(cache[name].sum(-1), torch.ones(rows, heads, length), atol=1e-4) for name in patterns)

if "A" in given.workloads:
    report(
        peer="transformer-lens",
        version=importlib.metadata.version("transformer-lens"),
        workload="A",
        tokens=rows * length,
        seconds=timed(given.repeat, run),
        settings={
            "dtype": "fp32",
            "threads": torch.get_num_threads(),
            "torch": torch.__version__,
            "capture": "all residuals, all patterns",
            "attention": "eager",
        },
    )
