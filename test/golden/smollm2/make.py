"""Writes the golden files of this folder: what PyTorch's transformers makes of the default model's file. See README.md.

    python3 -m venv venv && venv/bin/pip install -r test/golden/smollm2/requirements.txt
    venv/bin/python test/golden/smollm2/make.py MODEL.gguf
"""

import base64
import json
import pathlib
import platform
import sys
from importlib.metadata import version

import gguf
import numpy as np
import tokenizers
import torch
import transformers
from transformers import AutoTokenizer

import texts
from reference import SHA256, File, chat_tokenizer, load, tokenizer_of, without_the_permutation

HERE = pathlib.Path(__file__).parent
GREEDY_TOKENS = 24
STOP = 2  # <|im_end|>

torch.set_num_threads(1)
torch.manual_seed(0)
torch.set_grad_enabled(False)


def short(x) -> float | list:
    """Shortest decimals that give the same float32 back."""
    return [short(v) for v in x] if np.ndim(x) else float(str(np.float32(x)))


def write(name: str, rows: dict) -> None:
    """One line per entry of the lists and dicts one level down: diffs stay readable, files stay small."""
    dump = lambda v: json.dumps(v, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    parts = []
    for key, value in rows.items():
        if isinstance(value, list) and value and isinstance(value[0], (dict, list)):
            text = "[\n  " + ",\n  ".join(map(dump, value)) + "\n ]"
        else:
            text = dump(value)
        parts.append(f" {dump(key)}: {text}")
    (HERE / name).write_text("{\n" + ",\n".join(parts) + "\n}\n")


def errors(got: np.ndarray, wanted: np.ndarray) -> dict:
    """Relative errors of one vector of logits, three ways."""
    got, wanted = got.astype(np.float64), wanted.astype(np.float64)
    centred = lambda v: v - v.mean()
    return {
        "l2": float(np.linalg.norm(got - wanted) / np.linalg.norm(wanted)),
        "l2Centred": float(np.linalg.norm(centred(got) - centred(wanted)) / np.linalg.norm(centred(wanted))),
        "max": float(np.abs(got - wanted).max() / np.abs(wanted).max()),
    }


def ids_of(prompt, tok, chat) -> list[int]:
    if isinstance(prompt, str):
        return tok.encode(prompt, add_special_tokens=False).ids
    return list(chat.apply_chat_template(prompt, add_generation_prompt=True, tokenize=True))


def logits_of(model, ids: list[int]) -> np.ndarray:
    """[position, vocabulary]"""
    return model(torch.tensor([ids]), use_cache=False).logits[0].numpy()


def make_logits(model, prompts: dict, all_logits: dict) -> None:
    fixed = sorted(np.random.default_rng(576).choice(model.config.vocab_size, 64, replace=False).tolist())
    blob, rows = [], []

    def keep(values: np.ndarray) -> dict:
        start = sum(v.size for v in blob)
        blob.append(np.ascontiguousarray(values, dtype="<f4").reshape(-1))
        return {"offset": start, "shape": list(values.shape)}

    for name, ids in prompts.items():
        logits = all_logits[name]
        wide = torch.from_numpy(logits).double()
        order = wide.topk(2, dim=-1).values
        row = {
            "name": name,
            "text": texts.PROMPTS[name] if isinstance(texts.PROMPTS[name], str) else None,
            "messages": texts.PROMPTS[name] if isinstance(texts.PROMPTS[name], list) else None,
            "ids": ids,
            "argmax": logits.argmax(-1).tolist(),
            "smallestMargin": float((order[:, 0] - order[:, 1]).min()),
            "argmaxLogit": keep(logits.max(-1)),
            "logSumExp": keep(wide.logsumexp(-1).numpy()),
            "nextTokenLogit": keep(logits[np.arange(len(ids) - 1), ids[1:]]),
            "fixed": keep(logits[:, fixed]),
        }
        if name in texts.WHOLE:
            row["last"] = keep(logits[-1])
        rows.append({k: v for k, v in row.items() if v is not None})
    np.concatenate(blob).tofile(HERE / "logits.bin")
    write("logits.json", {
        "about": "logits.bin is little-endian float32; offsets count numbers, not bytes. argmax, argmaxLogit, logSumExp, fixed: one row per position; nextTokenLogit: the logit at position i of ids[i + 1]; last: all logits of the last position.",
        "model": SHA256, "made": made(), "numbers": int(sum(v.size for v in blob)), "fixedIds": fixed, "prompts": rows,
    })


def make_residuals(model, ids: list[int]) -> None:
    dims = sorted(np.random.default_rng(30).choice(model.config.hidden_size, 16, replace=False).tolist())
    stream: list[tuple[str, np.ndarray]] = []
    hooks = [model.model.layers[0].register_forward_pre_hook(lambda m, args: stream.append(("blocks.0.hook_resid_pre", args[0][0].numpy().copy())))]
    for i, layer in enumerate(model.model.layers):
        def after(m, args, out, i=i):
            out = out[0] if isinstance(out, tuple) else out
            stream.append((f"blocks.{i}.hook_resid_post", out.reshape(-1, out.shape[-1]).numpy().copy()))
        hooks.append(layer.register_forward_hook(after))
    hooks.append(model.model.norm.register_forward_hook(lambda m, args, out: stream.append(("after the final norm, with its weight", out[0].numpy().copy()))))
    hidden = model(torch.tensor([ids]), output_hidden_states=True, use_cache=False).hidden_states
    for hook in hooks:
        hook.remove()
    # transformers' own list agrees; its last entry is the normed one, and the last block's output is missing from it.
    layers = model.config.num_hidden_layers
    assert len(stream) == layers + 2 and len(hidden) == layers + 1
    for theirs, ours in zip(hidden[:-1], stream[:layers]):
        assert np.array_equal(theirs[0].numpy(), ours[1])
    assert np.array_equal(hidden[-1][0].numpy(), stream[-1][1])
    write("residuals.json", {
        "about": "The residual stream at every layer: L2 norm per position (computed in float64) and 16 fixed dimensions per position.",
        "model": SHA256, "made": made(), "text": texts.RESIDUAL_PROMPT, "ids": ids, "dims": dims,
        "stream": [
            {"name": name, "norms": short(np.linalg.norm(x.astype(np.float64), axis=-1)), "values": short(x[:, dims])} for name, x in stream
        ],
    })


def make_greedy(model, prompts: dict) -> None:
    rows = []
    for name, ids in prompts.items():
        context, reply, margins = list(ids), [], []
        while len(reply) < GREEDY_TOKENS and STOP not in reply:
            top = torch.from_numpy(logits_of(model, context)[-1]).topk(2)
            reply.append(int(top.indices[0]))
            margins.append(short(top.values[0] - top.values[1]))
            context.append(reply[-1])
        generated = model.generate(
            torch.tensor([ids]), attention_mask=torch.ones(1, len(ids), dtype=torch.long), max_new_tokens=GREEDY_TOKENS, do_sample=False, pad_token_id=STOP
        )[0, len(ids):].tolist()
        assert generated == reply, (name, generated, reply)
        rows.append({"name": name, "messages": texts.GREEDY[name], "ids": ids, "reply": reply, "margins": margins, "ended": STOP in reply})
    write("greedy.json", {
        "about": "Greedy replies, every step computed from the whole context; transformers' generate with its key/value cache gives the same ids. margins: logit of the best less that of the second.",
        "model": SHA256, "made": made(), "replies": rows,
    })


def make_chat(file: File, chat) -> None:
    theirs = AutoTokenizer.from_pretrained(str(file.path.parent), gguf_file=file.path.name)
    rows, control = [], {t.content for t in chat.added_tokens_decoder.values()}
    for name, messages in texts.CHATS.items():
        for prompted in (False, True):
            text = chat.apply_chat_template(messages, add_generation_prompt=prompted, tokenize=False)
            assert text == theirs.apply_chat_template(messages, add_generation_prompt=prompted, tokenize=False)
            ids = list(chat.apply_chat_template(messages, add_generation_prompt=prompted, tokenize=True))
            assert ids == chat.backend_tokenizer.encode(text, add_special_tokens=False).ids
            rows.append({
                "name": name, "messages": messages, "addGenerationPrompt": prompted, "text": text, "ids": ids,
                "specialTokensInContent": any(t in m["content"] for m in messages for t in control),
            })
    write("chat.json", {
        "about": "Conversations rendered by the file's own chat template through apply_chat_template. Special tokens that a user writes become special tokens: this is what the reference does, not what is safe.",
        "model": SHA256, "made": made(), "template": file.fields["tokenizer.chat_template"], "chats": rows,
    })


def make_tokens(file: File, tok, as_text) -> None:
    theirs = AutoTokenizer.from_pretrained(str(file.path.parent), gguf_file=file.path.name)
    rows, wrong = [], []
    for text in texts.STRINGS:
        ids, plain = tok.encode(text, add_special_tokens=False).ids, as_text.encode(text, add_special_tokens=False).ids
        assert tok.decode(ids, skip_special_tokens=False) == text, text
        row = {"text": text, "ids": ids}
        if plain != ids:
            row["idsAsText"] = plain
        if theirs(text, add_special_tokens=False).input_ids != ids:
            wrong.append(text)
        rows.append(row)
    write("tokens.json", {
        "about": "Strings and their token ids by the Rust library `tokenizers`: vocabulary and merges of the GGUF file, Digits(individual_digits) then ByteLevel(no prefix space, GPT-2's regex), no normaliser. idsAsText, where it differs: special tokens in the text taken for ordinary characters.",
        "model": SHA256, "made": made(), "otherwiseByTransformersConversion": wrong, "strings": rows,
    })


def make_dequant(file: File) -> None:
    names = ["blk.0.attn_q.weight", "blk.0.attn_k.weight", "blk.14.ffn_down.weight", "blk.29.attn_v.weight", "blk.29.ffn_gate.weight", "token_embd.weight", "blk.0.attn_norm.weight", "blk.17.ffn_norm.weight", "output_norm.weight"]
    rows = []
    for name in names:
        t, x = file.tensors[name], file.values(name)
        flat = x.reshape(-1)
        wide = flat.astype(np.float64)
        rows.append({
            "name": name, "type": t.tensor_type.name, "ne": [int(n) for n in t.shape], "shape": list(x.shape), "first": short(flat[:64]), "last": short(flat[-64:]),
            "sum": float(wide.sum()), "sumOfMagnitudes": float(np.abs(wide).sum()), "sumOfSquares": float((wide**2).sum()),
        })
    draw = np.random.default_rng(4)
    halves = np.array([0.0, -0.0, 1.0, -1.0, 0.5, 65504.0, -65504.0, 6.103515625e-05, 5.960464477539063e-08, -5.960464477539063e-08, 6.097555160522461e-05, 0.333251953125, 3.140625, 2048.0, 2049.0, 1e-3], dtype=np.float16)
    halves = np.concatenate([halves, draw.standard_normal(48).astype(np.float16), (draw.standard_normal(16) * 1e-6).astype(np.float16)])
    blocks = [{"type": "F16", "bytes": halves.astype("<f2").tobytes(), "values": halves.astype(np.float32)}]
    for kind in (gguf.GGMLQuantizationType.Q4_1, gguf.GGMLQuantizationType.Q4_0, gguf.GGMLQuantizationType.Q8_0):
        x = draw.standard_normal((1, 128)).astype(np.float32) * np.repeat([1, 1e-3, 50, 0], 32).astype(np.float32)
        packed = gguf.quants.quantize(x, kind)
        blocks.append({"type": kind.name, "bytes": packed.tobytes(), "values": gguf.quants.dequantize(packed, kind).reshape(-1)})
    write("dequant.json", {
        "about": "Tensors dequantised by the gguf package. Flat order is the file's: ne[0] is the innermost dimension, so a matrix with ne = [in, out] is row-major [out, in]. Sums in float64. blocks: made up; base64 bytes and their values (F16 by numpy, the rest by the gguf package).",
        "model": SHA256, "made": made(), "tensors": rows,
        "blocks": [{"type": b["type"], "base64": base64.b64encode(b["bytes"]).decode(), "values": short(b["values"])} for b in blocks],
    })


def make_permutation(model, file: File, prompts: dict, all_logits: dict, compared: dict) -> None:
    raw = without_the_permutation(model, file)
    rows = []
    for name, ids in prompts.items():
        wanted, got = all_logits[name], logits_of(raw, ids)
        rows.append({
            "name": name, "last": errors(got[-1], wanted[-1]), "meanOverPositions": float(np.mean([errors(g, w)["l2"] for g, w in zip(got, wanted)])),
            "firstPosition": errors(got[0], wanted[0]), "argmaxEqual": int((got.argmax(-1) == wanted.argmax(-1)).sum()), "positions": len(ids),
        })
    write("permutation.json", {
        "about": "The prompts of logits.json once more, with the rows of q and k left in the file's order. Relative error of logits against the right ones: l2 = |got - right| / |right|; l2Centred the same with each vector's mean taken off; max = largest difference / largest magnitude.",
        "model": SHA256, "made": made(), "loader": compared, "prompts": rows,
    })


def made() -> dict:
    return {"python": platform.python_version(), "torch": torch.__version__, "transformers": transformers.__version__, "tokenizers": tokenizers.__version__, "gguf": version("gguf"), "numpy": np.__version__}


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit("usage: make.py MODEL.gguf")
    file = File(sys.argv[1])
    tok, as_text, chat = tokenizer_of(file), tokenizer_of(file, special=False), chat_tokenizer(file)
    make_dequant(file)
    make_tokens(file, tok, as_text)
    make_chat(file, chat)
    model, compared = load(file)
    prompts = {name: ids_of(p, tok, chat) for name, p in texts.PROMPTS.items()}
    for name, ids in prompts.items():
        assert 16 <= len(ids) <= 60, (name, len(ids))
    all_logits = {name: logits_of(model, ids) for name, ids in prompts.items()}
    make_logits(model, prompts, all_logits)
    make_permutation(model, file, prompts, all_logits, compared)
    make_residuals(model, ids_of(texts.RESIDUAL_PROMPT, tok, chat))
    make_greedy(model, {name: ids_of(p, tok, chat) for name, p in texts.GREEDY.items()})


if __name__ == "__main__":
    main()
