# From the GGUF that the engine reads: a Hugging Face folder of the same weights in float32, and an ONNX export of that folder.
#
#   PEERS/onnx/bin/python bench/peers/make-folders.py MODEL.gguf PEERS
#
# Writes PEERS/model (config, tokenizer, safetensors) and PEERS/onnx-model (what transformers.js reads). transformers' own GGUF reader
# dequantises and undoes llama.cpp's order of the query and key rows; every tensor is compared with the gguf package's values.

import os
import shutil
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np
import torch
from gguf import GGUFReader
from gguf.quants import dequantize
from optimum.exporters.onnx import main_export
from transformers import AutoModelForCausalLM, AutoTokenizer

gguf, peers = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
folder, exported = peers / "model", peers / "onnx-model"
for old in (folder, exported):
    shutil.rmtree(old, ignore_errors=True)

model = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.float32)
tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)

# Row order apart, each tensor holds the same numbers as in the file: sorted, they are equal bit for bit.
NAMES = {
    "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
    "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
}
state = model.state_dict()
compared = 0
for tensor in GGUFReader(gguf).tensors:
    parts = tensor.name.split(".")
    if parts[0] == "blk":
        name = f"model.layers.{parts[1]}.{NAMES[parts[2]]}.weight"
    else:
        name = {"token_embd": "model.embed_tokens.weight", "output_norm": "model.norm.weight", "output": "lm_head.weight"}[parts[0]]
    ours = dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
    theirs = state[name].numpy()
    same = ours.shape == theirs.shape and np.array_equal(np.sort(ours, axis=None), np.sort(theirs, axis=None))
    if not same or (parts[0] == "blk" and parts[2] not in ("attn_q", "attn_k") and not np.array_equal(ours, theirs)):
        sys.exit(f"{tensor.name}: transformers read other values than the gguf package")
    compared += 1
print(f"{compared} tensors hold the gguf package's values")

model.save_pretrained(folder)
tokenizer.save_pretrained(folder)
main_export(str(folder), output=exported, task="text-generation-with-past", do_validation=False)
# transformers.js looks for the graph in a folder of this name.
(exported / "onnx").mkdir()
for file in exported.glob("model.onnx*"):
    file.rename(exported / "onnx" / file.name)
print(f"wrote {folder} and {exported}")
