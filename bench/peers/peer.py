# What the Python peers share: how they are called, and the one line a measurement that they print. The twin of peer.ts.

import argparse
import json
import os
import time
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"


def call():
    """The arguments that bench/side-by-side.ts gives. Threads are set before torch is loaded."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--workload", type=Path, required=True)
    parser.add_argument("--workloads", default="A")
    parser.add_argument("--peers", type=Path, required=True)
    parser.add_argument("--model")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(given.threads)
    given.workload = json.loads(given.workload.read_text())
    given.workloads = set(given.workloads.split(","))
    return given


def timed(repeat, work):
    """Seconds of each of `repeat` runs, after one that is not counted."""
    work()
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return seconds


def report(**line):
    print(json.dumps(line), flush=True)
