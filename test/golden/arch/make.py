# Makes the tiny models of both families, their golden numbers and the errors of the traps. Never needed to run the tests.
#   python3 -m venv VENV && VENV/bin/pip install -r test/golden/arch/requirements.txt
#   VENV/bin/python test/golden/arch/make.py
import copy
import importlib.metadata
import json
import pathlib
import shutil

import numpy as np
import torch
import transformers
from safetensors.numpy import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer

from exact import Float64, greedy, relative, run, to_float64
from gguf_file import write_gguf
from models import MODELS, make, texts
from plain import forward
from tokenizer import make_tokenizer, tokenizer_record
from traps import measure

here = pathlib.Path(__file__).parent
torch.set_num_threads(1)
transformers.logging.set_verbosity_error()
PACKAGES = ("gguf", "numpy", "safetensors", "tokenizers", "torch", "transformers")
# transformers' reader of GGUF forgets rope scaling and biases, and gives every gpt2 1,024 positions: see README.md
READ_BY_TRANSFORMERS = ("llama-gqa", "llama-tied-mha", "mistral-plain")


def line(value):
    return json.dumps(value, ensure_ascii=False)


def write_json(path, value):
    """One entry a line, two levels deep."""
    rows = []
    for key, entry in value.items():
        nested = isinstance(entry, (dict, list)) and any(isinstance(v, (dict, list)) for v in (entry.values() if isinstance(entry, dict) else entry))
        if nested and isinstance(entry, dict):
            inner = ",\n".join(f"    {line(k)}: {line(v)}" for k, v in entry.items())
            rows.append(f"  {line(key)}: {{\n{inner}\n  }}")
        elif nested:
            inner = ",\n".join(f"    {line(v)}" for v in entry)
            rows.append(f"  {line(key)}: [\n{inner}\n  ]")
        else:
            rows.append(f"  {line(key)}: {line(entry)}")
    path.write_text("{\n" + ",\n".join(rows) + "\n}\n")


def save(folder, name, model):
    entry = MODELS[name]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    on_disk = copy.deepcopy(model).to(entry.get("dtype", torch.float32))
    on_disk.save_pretrained(folder, **({"max_shard_size": entry["shard"]} if "shard" in entry else {}))
    (folder / "generation_config.json").unlink(missing_ok=True)
    if entry["gguf"]:
        make_tokenizer(model.config.vocab_size).save_pretrained(folder)
        (folder / "special_tokens_map.json").unlink(missing_ok=True)


def loaded(folder):
    """The folder as transformers reads it back: the reference is of what is on disk, not of what was in memory."""
    return AutoModelForCausalLM.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()


def reference(name, folder, model):
    """Writes reference.json and .bin; returns the float64 results, the continuations and what was recorded."""
    rows = texts(model.config.vocab_size)
    exact = to_float64(loaded(folder))
    with Float64():
        right = [run(exact, ids) for ids in rows]
        replies = [greedy(exact, ids, 12) for ids in rows]
    single = [run(model, ids) for ids in rows]
    arrays, values = {}, []

    def add(key, value):
        arrays[key] = {"offset": sum(v.size for v in values), "shape": list(value.shape)}
        values.append(np.ascontiguousarray(value, "<f4"))

    whole = "seed" not in MODELS[name]
    for i, result in enumerate(right):
        add(f"text{i}.logits", result["logits"])
        add(f"text{i}.residuals", result["residuals"])
        if i == 0 and whole:
            add("text0.patterns", result["patterns"])
    assert all(np.isfinite(v).all() for v in values)
    (folder / "reference.bin").write_bytes(b"".join(v.tobytes() for v in values))
    errors = {part: max(relative(s[part], r[part]) for s, r in zip(single, right)) for part in ("logits", "residuals", "patterns")}
    top = right[0]["patterns"].max(-1)[:, :, 1:]
    record = {
        "texts": [{"ids": ids, "continuation": made, "smallestLead": lead} for ids, (made, lead) in zip(rows, replies)],
        "arrays": arrays,
        "float32Error": errors,
        **({"tokenizer": tokenizer_record(AutoTokenizer.from_pretrained(folder))} if MODELS[name]["gguf"] else {}),
        "meanLargestAttention": float(top.mean()),
    }
    write_json(folder / "reference.json", record)
    return rows, right, record


def plain_weights(folder):
    return {k: v.astype(np.float64) for file in sorted(folder.glob("*.safetensors")) for k, v in load_file(file).items()}


def check_gguf(folder, path, rows, right):
    """transformers' own reader of GGUF, which undoes the permutation: the logits' error against the reference."""
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=path.name, attn_implementation="eager", dtype=torch.float32).eval()
    return max(relative(run(model, ids)["logits"], r["logits"]) for ids, r in zip(rows, right))


def main():
    traps, unseen, index, results = {}, {}, {}, {}
    for name, entry in MODELS.items():
        model, folder = make(name), here / name
        save(folder, name, model)
        rows, right, record = reference(name, folder, model)
        results[name] = right
        if "same" in entry:  # the same numbers to the bit: not stored twice
            assert all((a[part] == b[part]).all() for a, b in zip(right, results[entry["same"]]) for part in a)
            (folder / "reference.bin").unlink()
            (folder / "reference.json").unlink()
        config = json.loads((folder / "config.json").read_text())
        row = {"type": config["model_type"], "gguf": [], "float32Error": record["float32Error"]["logits"]}
        if "dtype" not in entry:
            weights = plain_weights(folder)
            mine = [forward(config, weights, ids) for ids in rows]
            row["plainError"] = max(relative(m[part], r[part]) for m, r in zip(mine, right) for part in r)
            assert row["plainError"] < 1e-9, (name, row)
            if "same" not in entry:
                traps[name], unseen[name] = measure(name, config, weights, rows)
                blind = {trap: found for trap, found in traps[name].items() if min(found) <= 1e-3}
                assert not blind, (name, blind)
                assert all(max(found) < 1e-9 for found in unseen[name].values()), (name, unseen[name])
            for kind in entry["gguf"]:
                path = write_gguf(folder, kind, config, weights)
                row["gguf"].append(path.name)
                if name in READ_BY_TRANSFORMERS:
                    row[f"transformersOf {path.name}"] = error = check_gguf(folder, path, rows, right)
                    assert error < 1e-5, (name, path.name, error)
        if "same" in entry:
            row["referenceOf"] = entry["same"]
        if "why" in entry:
            row["noGgufBecause"] = entry["why"]
        index[name] = row
        leads = [t["smallestLead"] for t in record["texts"]]
        print(name, {k: v for k, v in row.items() if k not in ("noGgufBecause", "type")}, "att", round(record["meanLargestAttention"], 3), "lead", f"{min(leads):.1e}")
    flat = json.dumps({"traps": traps, "invisible": unseen}, indent=1)
    (here / "traps.json").write_text(flat + "\n")
    versions = {package: importlib.metadata.version(package) for package in PACKAGES}
    write_json(here / "index.json", {"versions": versions, "models": index})


main()
