"""read_many.py THREADS: reads each folder named on a line of standard input by `read_many`,
and answers with a line of JSON: what all of them took until now, and what was counted."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter

import gongkai


def main() -> None:
    jobs = int(sys.argv[1])
    seconds, cpu, facts, findings = 0.0, 0.0, 0, 0
    refused: Counter[str] = Counter()
    for line in sys.stdin:
        start, busy = time.perf_counter(), time.process_time()
        batch = gongkai.read_many(line.rstrip("\n"), jobs=jobs)
        seconds += time.perf_counter() - start
        cpu += time.process_time() - busy
        facts += len(batch.facts)
        findings += len(batch.findings)
        refused.update(error.code for error in batch.errors)
        del batch
        told = {
            "seconds": seconds,
            "cpu": cpu,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "facts": facts,
            "findings": findings,
            "refused": refused,
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
