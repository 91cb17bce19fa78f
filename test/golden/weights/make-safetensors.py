# Files by the reference implementation of safetensors, the values that Python sees in them, and its verdict on headers that are
# wrong; writes safetensors/ and safetensors.json beside itself.
#   python3 -m venv VENV && VENV/bin/pip install numpy==2.4.6 torch==2.8.0 safetensors==0.8.0 huggingface_hub==0.36.2
#   VENV/bin/python test/golden/weights/make-safetensors.py
# Never needed to run the tests.

import base64
import importlib.metadata
import json
import pathlib
import shutil
import struct

import huggingface_hub
import numpy as np
import safetensors.torch
import torch

here = pathlib.Path(__file__).parent
folder = here / "safetensors"
shutil.rmtree(folder, ignore_errors=True)
folder.mkdir()
rng = np.random.default_rng(5)


def of_bits(bits, dtype):
    """A tensor whose values have these bits, whatever they mean."""
    kind = {2: np.int16, 4: np.int32}[dtype.itemsize]
    unsigned = {2: np.uint16, 4: np.uint32}[dtype.itemsize]
    return torch.from_numpy(np.asarray(bits, unsigned).view(kind).copy()).view(dtype)


def finite(dtype, n):
    """Random bit patterns but for NaN and infinities, so that every exponent occurs, subnormals too."""
    drawn = of_bits(rng.integers(0, 2 ** (8 * dtype.itemsize), 2 * n, dtype=np.uint64), dtype)
    return drawn[torch.isfinite(drawn)][:n].clone()


F32, F16, BF16 = torch.float32, torch.float16, torch.bfloat16
# Signed zeros, smallest and largest subnormals, smallest normals, one and its neighbours, the largest values.
edges = {
    F32: [0, 1 << 31, 1, 0x80000001, 0x007FFFFF, 0x00800000, 0x3F800000, 0x3F800001, 0x3F7FFFFF, 0x7F7FFFFF, 0xFF7FFFFF],
    F16: [0, 1 << 15, 1, 0x8001, 0x03FF, 0x0400, 0x3C00, 0x3C01, 0x3BFF, 0x7BFF, 0xFBFF],
    BF16: [0, 1 << 15, 1, 0x8001, 0x007F, 0x0080, 0x3F80, 0x3F81, 0x3F7F, 0x7F7F, 0xFF7F],
}
odd = {
    F32: [0x7F800000, 0xFF800000, 0x7FC00000, 0x7FC12345, 0xFFC00001, 0x7F800001],
    F16: [0x7C00, 0xFC00, 0x7E00, 0x7E2A, 0xFE01, 0x7C01],
    BF16: [0x7F80, 0xFF80, 0x7FC0, 0x7FD5, 0xFFC1, 0x7F81],
}
short = {F32: "f32", F16: "f16", BF16: "bf16"}

single = {}
for dtype, name in short.items():
    single[f"{name}.edges"] = of_bits(edges[dtype], dtype)
    single[f"{name}.drawn"] = finite(dtype, 210).reshape(7, 30)
    single[f"{name}.cube"] = finite(dtype, 24).reshape(2, 3, 4)
    single[f"{name}.scalar"] = finite(dtype, 1).reshape(())
    single[f"{name}.empty"] = torch.zeros((3, 0), dtype=dtype)
single["bf16.three"] = finite(BF16, 3)  # an odd number of 2-byte values: whatever follows lies askew
single["ünï.\u4e2d\n\"name\""] = finite(F16, 5)
safetensors.torch.save_file(single, folder / "single.safetensors", metadata={"format": "a \"quoted\" \u00fc"})

non_finite = {short[d]: of_bits(bits, d) for d, bits in odd.items()}
safetensors.torch.save_file(non_finite, folder / "non-finite.safetensors")

sharded = {f"model.layers.{i}.{name}": finite(d, 64).reshape(4, 16) for i in range(3) for d, name in short.items()}
(folder / "sharded").mkdir()
huggingface_hub.save_torch_state_dict(sharded, folder / "sharded", max_shard_size=600)


def seen(tensors):
    return {
        name: dict(
            dtype={F32: "F32", F16: "F16", BF16: "BF16"}[t.dtype],
            shape=list(t.shape),
            # Widened by bits where the values are not finite: hardware may turn one NaN into another on the way.
            float32=base64.b64encode(widened(t)).decode(),
        )
        for name, t in tensors.items()
    }


def widened(t):
    if t.dtype == BF16:
        bits = (t.contiguous().view(torch.int16).numpy().view(np.uint16).astype(np.uint32) << 16).astype("<u4")
        if torch.isfinite(t).all():
            assert bits.tobytes() == t.to(F32).numpy().astype("<f4").tobytes()
        return bits.tobytes()
    if t.dtype == F16:
        if torch.isfinite(t).all():
            assert t.numpy().astype("<f4").tobytes() == t.to(F32).numpy().astype("<f4").tobytes()
        return t.numpy().astype("<f4").tobytes()
    return t.numpy().astype("<f4").tobytes()


def loaded(path):
    return safetensors.torch.load_file(path)


def loaded_shards(path):
    index = json.loads((path / "model.safetensors.index.json").read_text())["weight_map"]
    return {name: loaded(path / shard)[name] for name, shard in index.items()}


# Headers that are wrong, odd or fine, over 8 bytes of data; @ stands for a sound description of them.
sound = '{"dtype":"F32","shape":[2],"data_offsets":[0,8]}'
headers = {
    "sound": '{"a":@}',
    "padded": '{"a":@}    ',
    "padded with a tab and line feeds": '{"a":@}\t\n\r ',
    "spaces inside": '{ "a" : @ }',
    "a space before the brace": ' {"a":@}',
    "padded with zero bytes": '{"a":@}\0\0',
    "two halves": '{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]}}',
    "halves in the other order": '{"b":{"dtype":"F16","shape":[2],"data_offsets":[4,8]},"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}',
    "an empty tensor in between": '{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"e":{"dtype":"F32","shape":[0],"data_offsets":[4,4]},"b":{"dtype":"F16","shape":[2],"data_offsets":[4,8]}}',
    "empty tensors at the start and the end, told last": '{"a":@,"e":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"z":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}',
    "an empty tensor beyond the end": '{"a":@,"z":{"dtype":"F32","shape":[0],"data_offsets":[9,9]}}',
    "an empty tensor inside another": '{"a":@,"e":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}',
    "metadata": '{"__metadata__":{"k":"v"},"a":@}',
    "empty metadata": '{"__metadata__":{},"a":@}',
    "metadata with a number": '{"__metadata__":{"k":1},"a":@}',
    "metadata with null": '{"__metadata__":{"k":null},"a":@}',
    "metadata as a list": '{"__metadata__":[],"a":@}',
    "no tensor": "{}",
    "a list": "[]",
    "a number": "7",
    "nothing": "",
    "not closed": '{"a":@',
    "text behind the end": '{"a":@} x',
    "two objects": '{"a":@}{}',
    "a comma too many": '{"a":@,}',
    "single quotes": "{'a':@}",
    "the same key twice": '{"a":@,"a":@}',
    "the same key twice by an escape": '{"a":@,"\\u0061":@}',
    "dtype twice": '{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}',
    "no dtype": '{"a":{"shape":[2],"data_offsets":[0,8]}}',
    "no shape": '{"a":{"dtype":"F32","data_offsets":[0,8]}}',
    "no data_offsets": '{"a":{"dtype":"F32","shape":[2]}}',
    "an unknown entry": '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}',
    "an unknown dtype": '{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}',
    "a dtype in lower case": '{"a":{"dtype":"f32","shape":[2],"data_offsets":[0,8]}}',
    "a dtype as a number": '{"a":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}',
    "I32": '{"a":{"dtype":"I32","shape":[2],"data_offsets":[0,8]}}',
    "F64": '{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}',
    "a negative length": '{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}',
    "two negative lengths": '{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}',
    "a fraction": '{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}',
    "a whole fraction": '{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}',
    "an exponent": '{"a":{"dtype":"F32","shape":[2e0],"data_offsets":[0,8]}}',
    "a leading zero": '{"a":{"dtype":"F32","shape":[02],"data_offsets":[0,8]}}',
    "minus zero": '{"a":{"dtype":"F32","shape":[2],"data_offsets":[-0,8]}}',
    "a length as a text": '{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}',
    "a shape as a number": '{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}',
    "null as shape": '{"a":{"dtype":"F32","shape":null,"data_offsets":[0,8]}}',
    "a product beyond 64 bits": '{"a":{"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[0,8]}}',
    "a product that wraps to 2": '{"a":{"dtype":"F32","shape":[9223372036854775809,2],"data_offsets":[0,8]}}',
    "a length beyond 64 bits": '{"a":{"dtype":"F32","shape":[36893488147419103234],"data_offsets":[0,8]}}',
    "one offset": '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}',
    "three offsets": '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}',
    "offsets the wrong way round": '{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}',
    "an offset below zero": '{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}',
    "too few bytes for the shape": '{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}',
    "too many bytes for the shape": '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}',
    "beyond the end": '{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}',
    "beyond the end by far": '{"a":{"dtype":"F32","shape":[2],"data_offsets":[1099511627776,1099511627784]}}',
    "an overlap": '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F16","shape":[3],"data_offsets":[2,8]}}',
    "the same bytes twice": '{"a":@,"b":@}',
    "a hole at the start": '{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
    "a hole in between": '{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
    "a rest at the end": '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
    "a scalar": '{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1,1,1],"data_offsets":[4,8]}}',
    "half of a surrogate pair as name": '{"\\ud800":@}',
    "a control character in a name": '{"\\u0000\\u001b[31m\\u202e":@}',
    "a bare control character in a name": '{"\x1b":@}',
    "an escape that does not exist": '{"\\x41":@}',
    "no name": '{"":@}',
    "a name that means something to JavaScript": '{"__proto__":@}',
    "deep": '{"a":' + "[" * 5000 + "]" * 5000 + "}",
}
data = np.asarray([1.5, -2.25], "<f4").tobytes()


def accepts(header):
    raw = header.encode("utf-8")
    try:
        safetensors.torch.load(struct.pack("<Q", len(raw)) + raw + data)
        return True
    except Exception:
        return False


filled = {name: header.replace("@", sound) for name, header in headers.items()}
out = dict(
    versions={name: importlib.metadata.version(name) for name in ("numpy", "torch", "safetensors", "huggingface_hub")},
    files=dict(
        single=seen(loaded(folder / "single.safetensors")),
        nonFinite=seen(loaded(folder / "non-finite.safetensors")),
        sharded=seen(loaded_shards(folder / "sharded")),
    ),
    data=base64.b64encode(data).decode(),
    headers=[dict(case=name, header=header, accepted=accepts(header)) for name, header in filled.items()],
)
(here / "safetensors.json").write_text(json.dumps(out, indent=1, ensure_ascii=True) + "\n")
