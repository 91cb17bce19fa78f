# Plain transformers on PyTorch, no capture: prefill with full logits, and with the last place's only; the better of its attentions.

from peer import call, report, timed

given = call()

import torch
import transformers

torch.set_num_threads(given.threads)
tokens = torch.tensor(given.workload["prefill"])
kept = {"A": 0, "D": 1}  # logits_to_keep; 0 is all

measured = {}
for attention in ("sdpa", "eager"):
    model = transformers.AutoModelForCausalLM.from_pretrained(
        given.peers / "model", dtype=torch.float32, attn_implementation=attention
    ).eval()
    for workload in sorted(given.workloads & set(kept)):

        def run():
            with torch.inference_mode():
                return model(tokens, use_cache=False, logits_to_keep=kept[workload]).logits

        assert run().shape[1] == (tokens.shape[1] if workload == "A" else 1)
        measured.setdefault(workload, []).append((attention, timed(given.repeat, run)))

for workload, tried in measured.items():
    for attention, seconds in sorted(tried, key=lambda one: min(one[1])):
        trial = {} if seconds is min((one[1] for one in tried), key=min) else {"trial": True}
        report(
            peer="transformers",
            version=transformers.__version__,
            workload=workload,
            tokens=tokens.numel(),
            seconds=seconds,
            settings={
                "dtype": "fp32",
                "threads": torch.get_num_threads(),
                "torch": torch.__version__,
                "capture": "none",
                "attention": attention,
            },
            **trial,
        )
