"""Writes dequantize.json: blocks of every GGUF tensor type that is read, and the float32 values that the gguf package gives them.

    python3 -m venv VENV && VENV/bin/pip install gguf==0.19.0 numpy==2.4.6
    VENV/bin/python test/golden/weights/dequantize.py

Never needed to run the tests. Two things for each type:
- `blocks`: bytes and values of a few blocks, each named for what is in it;
- `sweep`: the SHA-256 of the values of many blocks of random bytes, which the test makes again (xorshift32).
In types with scales, any NaN is written as 0x7fc00000: its bits are the processor's choice. F32, F16 and BF16 keep theirs; numpy
must turn halves to floats in software for that (as it does here; hardware would set the quiet bit of a signalling NaN).
"""

import base64
import hashlib
import json
import pathlib

import gguf
import numpy as np
from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType as T

rng = np.random.default_rng(5)
np.seterr(all="ignore")

FLOATS = {T.F32: 2**14, T.F16: 2**16, T.BF16: 2**16}
# Where the halves of a block begin: its scale and, where there is one, its minimum.
HALVES = {
    T.Q4_0: [0], T.Q4_1: [0, 2], T.Q5_0: [0], T.Q5_1: [0, 2], T.Q8_0: [0],
    T.Q4_K: [0, 2], T.Q5_K: [0, 2], T.Q6_K: [208],
}  # fmt: skip
SWEEP = {32: 2**13, 256: 2**12}
SEED = 0x9E3779B9

HALF = {
    "zero": 0x0000, "negative zero": 0x8000, "smallest subnormal": 0x0001, "largest subnormal": 0x03FF,
    "negative subnormal": 0x8155, "largest": 0x7BFF, "negative": 0xB555, "infinite": 0x7C00,
    "negative infinite": 0xFC00, "quiet NaN": 0x7E00, "signalling NaN": 0x7D01,
}  # fmt: skip


def values_of(raw, kind):
    rows = gguf.quants.dequantize(np.frombuffer(raw, dtype=np.uint8).copy().reshape(1, -1), kind)
    bits = np.ascontiguousarray(rows, dtype=np.float32).view(np.uint32).ravel().copy()
    if kind in HALVES:
        bits[(bits & 0x7FFFFFFF) > 0x7F800000] = 0x7FC00000
    return bits.astype("<u4").tobytes()


def xorshift_bytes(count, seed):
    words, x = [], seed
    for _ in range(-(-count // 4)):
        x ^= (x << 13) & 0xFFFFFFFF
        x ^= x >> 17
        x ^= (x << 5) & 0xFFFFFFFF
        words.append(x)
    return np.array(words, dtype="<u4").tobytes()[:count]


def made_by_gguf(kind):
    """Blocks that the package itself quantises; it has no quantiser for the k-quants."""
    if GGML_QUANT_SIZES[kind][0] == 256:
        return {}
    normal = rng.standard_normal((1, 64)).astype(np.float32)
    cases = {
        "normal values": normal,
        "all zero": np.zeros((1, 32), np.float32),
        "one value": np.full((1, 32), -0.37, np.float32),
        "large values": normal[:, :32] * np.float32(30000),
        "tiny values": normal[:, :32] * np.float32(3e-7),
    }
    return {f"quantised: {what}": gguf.quants.quantize(x, kind).tobytes() for what, x in cases.items()}


def made_of_bytes(kind):
    block, size = GGML_QUANT_SIZES[kind]
    cases = {}
    for what, half in HALF.items():
        for which, at in enumerate(HALVES[kind]):
            if block == 256 and what in ("negative zero", "largest subnormal", "negative infinite", "signalling NaN"):
                continue  # the sweep has them, a k-quant's block is long
            raw = bytearray(rng.bytes(size))
            for other in HALVES[kind]:
                raw[other : other + 2] = np.float16(0.11).tobytes()
            raw[at : at + 2] = half.to_bytes(2, "little")
            cases[f"{what} {'scale' if which == 0 else 'minimum'}"] = bytes(raw)
    for byte in (0x00, 0xFF, 0x80):
        raw = bytearray([byte] * size)
        for at in HALVES[kind]:
            raw[at : at + 2] = np.float16(1.7).tobytes()
        cases[f"all bytes {byte:#04x}"] = bytes(raw)
    return cases


def floats_of(kind):
    patterns = {
        T.F32: [0, 1 << 31, 1, 0x807FFFFF, 0x7F7FFFFF, 0x3F800000, 0xBEAAAAAB, 0x7F800000, 0xFF800000, 0x7FC00001, 0xFFA00001],
        T.F16: list(HALF.values()),
        T.BF16: [0, 0x8000, 1, 0x807F, 0x7F7F, 0x3F80, 0xBEAB, 0x7F80, 0xFF80, 0x7FC1, 0xFF81],
    }[kind]
    return {"special values": np.array(patterns, dtype="<u4" if kind == T.F32 else "<u2").tobytes()}


def row(kind):
    block, size = GGML_QUANT_SIZES[kind]
    cases = floats_of(kind) if kind in FLOATS else {**made_by_gguf(kind), **made_of_bytes(kind)}
    many = FLOATS.get(kind) or SWEEP[block]
    # Every pattern once where there are only 65,536 of them.
    raw = np.arange(2**16, dtype="<u2").tobytes() if many == 2**16 else xorshift_bytes(many * size, SEED)
    return dict(
        name=kind.name, type=int(kind), block=block, bytes=size,
        blocks=[
            dict(what=what, raw=base64.b64encode(r).decode(), values=base64.b64encode(values_of(r, kind)).decode())
            for what, r in cases.items()
        ],
        sweep=dict(
            of="every pattern" if many == 2**16 else "random bytes",
            blocks=many, seed=SEED, sha256=hashlib.sha256(values_of(raw, kind)).hexdigest(),
        ),
    )  # fmt: skip


types = [row(kind) for kind in sorted([*FLOATS, *HALVES])]
made = dict(gguf="0.19.0", numpy=np.__version__)
lines = ",\n".join(json.dumps(t) for t in types)
pathlib.Path(__file__).with_name("dequantize.json").write_text(f'{{"made": {json.dumps(made)}, "types": [\n{lines}\n]}}\n')
