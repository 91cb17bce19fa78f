"""A grader as a command: reads JSON lines {"prompt", "response"}, writes JSON lines {"score"}, in order.

It scores a response by its number of words, which is what many a grader turns out to do.
"""

import json
import sys

for line in sys.stdin:
    sample = json.loads(line)
    # Flushed after each line: whoever waits sees that the grader is at work.
    print(json.dumps({"score": len(sample["response"].split())}), flush=True)
