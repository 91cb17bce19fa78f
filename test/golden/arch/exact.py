# Runs transformers' own code in float64 where it asks for float32 by name, and captures what the golden files hold.
import numpy as np
import torch
from torch.overrides import TorchFunctionMode


class Float64(TorchFunctionMode):
    """`.to(torch.float32)`, `.float()` and `dtype=torch.float32` mean float64. Without it `model.double()` is no float64 run:
    RMSNorm, softmax and the rotary tables of Llama go through float32."""

    def __torch_function__(self, func, types, args=(), kwargs=None):
        def up(value):
            return torch.float64 if value is torch.float32 else value

        if func is torch.Tensor.float:
            func = torch.Tensor.double
        return func(*[up(a) for a in args], **{k: up(v) for k, v in (kwargs or {}).items()})


def to_float64(model):
    """The model in float64; the rotary frequencies are computed anew, as float32 rounded them."""
    model = model.double()
    for module in model.modules():
        if hasattr(module, "inv_freq"):
            with Float64():
                module.inv_freq, scaling = module.rope_init_fn(module.config, "cpu")
            assert module.inv_freq.dtype == torch.float64 and scaling == 1.0
    return model


def blocks(model):
    return model.model.layers if hasattr(model, "model") else model.transformer.h


def run(model, ids):
    """logits [T, vocab], residuals [layers + 1, T, width] (into block 0, then out of each block), patterns [layers, heads, T, T]."""
    seen = []
    hooks = [blocks(model)[0].register_forward_pre_hook(lambda m, args, kwargs: seen.append((args[0] if args else kwargs["hidden_states"])[0]), with_kwargs=True)]
    for block in blocks(model):
        hooks.append(block.register_forward_hook(lambda m, args, out: seen.append((out[0] if isinstance(out, tuple) else out).reshape(len(ids), -1))))
    with torch.no_grad():
        out = model(torch.tensor([ids]), output_attentions=True, use_cache=False)
    for hook in hooks:
        hook.remove()
    return {
        "logits": out.logits[0].numpy(),
        "residuals": torch.stack(seen).numpy(),
        "patterns": torch.stack([p[0] for p in out.attentions]).numpy(),
    }


def greedy(model, ids, count):
    """Greedy continuation from the whole text at every step, and the smallest lead of the best logit over the second,
    relative to the largest absolute logit."""
    ids, made, lead = list(ids), [], np.inf
    for _ in range(count):
        last = run(model, ids)["logits"][-1]
        best = np.sort(last)[::-1]
        lead = min(lead, (best[0] - best[1]) / np.abs(last).max())
        made.append(int(last.argmax()))
        ids.append(made[-1])
    return made, float(lead)


def relative(found, wanted):
    """max |found - wanted| / max |wanted|, for each layer of a stack on its own (the worst is returned)."""
    found, wanted = np.asarray(found, np.float64), np.asarray(wanted, np.float64)
    pairs = zip(found, wanted) if wanted.ndim > 2 else [(found, wanted)]
    return float(max(np.abs(f - w).max() / np.abs(w).max() for f, w in pairs))
