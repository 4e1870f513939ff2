#!/usr/bin/env python3
"""A generated national year through `read_many`: time, memory, facts and findings, and how
they grow with the number of files.

    python benches/scale.py --files N --generator PROGRAM [--slice N] [--jobs N]

Reads 1,000 files, then ten times as many, up to N. Files are generated, read and removed in
slices, so that the disk holds one slice at a time; each number of files has a process of its
own, whose peak memory is told. Writing and removing files is not timed. CPU time is that of
all threads, and hardly disturbed by other programs. Prints a table in
Markdown.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import gongkai

HEADER = (
    "| way | files | slices | s | CPU s | CPU ms a file | peak, MB | facts | findings | refused |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def main() -> None:
    arguments = argparse.ArgumentParser(description="Reads a generated national year.")
    arguments.add_argument("--files", type=int, default=10_000, metavar="N")
    arguments.add_argument("--slice", type=int, default=10_000, metavar="N", help="files at a time")
    arguments.add_argument("--jobs", type=int, default=2, metavar="N")
    arguments.add_argument("--generator", required=True, metavar="PROGRAM")
    arguments.add_argument("--one", action="store_true", help="this number of files only, as JSON")
    options = arguments.parse_args()
    if options.one:
        print(json.dumps(read(options.files, options.slice, options.jobs, options.generator)))
        return
    print(HEADER)
    sizes = [1_000]
    while sizes[-1] * 10 <= options.files:
        sizes.append(sizes[-1] * 10)
    if sizes[-1] != options.files:
        sizes.append(options.files)
    refused: dict[str, int] = {}
    for files in sizes:
        command = [sys.executable, __file__, "--one", "--files", str(files)]
        command += [
            "--slice",
            str(options.slice),
            "--jobs",
            str(options.jobs),
            "--generator",
            options.generator,
        ]
        done = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        one = json.loads(done)
        refused = one["refused"]
        cells = (
            f"Python `read_many`, {options.jobs} threads",
            f"{files:,}",
            one["slices"],
            f"{one['seconds']:.1f}",
            f"{one['cpu']:.1f}",
            f"{one['cpu'] / files * 1000:.2f}",
            one["peak"],
            f"{one['facts']:,}",
            f"{one['findings']:,}",
            sum(refused.values()),
        )
        print("| " + " | ".join(map(str, cells)) + " |", flush=True)
    reasons = ", ".join(f"{code} {count}" for code, count in sorted(refused.items()))
    print(f"\nRefused: {reasons}.")


def read(files: int, slice_size: int, jobs: int, generator: str) -> dict[str, object]:
    seconds, cpu, facts, findings, slices = 0.0, 0.0, 0, 0, 0
    refused: Counter[str] = Counter()
    for first in range(1, files + 1, slice_size):
        count = min(slice_size, files + 1 - first)
        folder = Path(tempfile.mkdtemp(prefix="gongkai-"))
        try:
            subprocess.run([generator, folder, str(first), str(count)], check=True)
            start, busy = time.perf_counter(), time.process_time()
            batch = gongkai.read_many(folder, jobs=jobs)
            seconds += time.perf_counter() - start
            cpu += time.process_time() - busy
        finally:
            shutil.rmtree(folder)
        slices += 1
        facts += len(batch.facts)
        findings += len(batch.findings)
        refused.update(error.code for error in batch.errors)
        del batch
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "seconds": seconds,
        "cpu": cpu,
        "facts": facts,
        "findings": findings,
        "slices": slices,
        "peak": peak,
        "refused": refused,
    }


if __name__ == "__main__":
    main()
