"""`gongkai facts`: the facts of many files as text, Parquet or a workbook."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import NamedTuple

from gongkai._gongkai import (
    CSV_HEADER,
    Batch,
    Limits,
    Report,
    csv_records,
    jsonl_records,
    read_sources,
)
from gongkai.command import OK, UNREADABLE, Progress, each, output
from gongkai.errors import GongkaiError, unwritable
from gongkai.export import write, write_workbook
from gongkai.export.text import ENCODINGS, encoder
from gongkai.source import name_of
from gongkai.walk import STANDARD_INPUT, find

__all__ = ["add_arguments", "run"]


class Lines(NamedTuple):
    """A format that is written report by report."""

    header: str
    records: Callable[[Report, str], str]


LINES = {"csv": Lines(CSV_HEADER + "\n", csv_records), "jsonl": Lines("", jsonl_records)}

FILES: dict[str, Callable[[Batch, str], None]] = {
    "parquet": lambda batch, path: write(batch.facts, "parquet", path),
    "xlsx": lambda batch, path: write_workbook(batch, path),
}
"""Formats that are written when all is read."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("-o", "--output", metavar="FILE", help="default: standard output")
    command.add_argument("--format", choices=[*LINES, *FILES], default="csv", help="default: csv")
    command.add_argument(
        "--jobs", type=positive, default=1, metavar="N", help="files read at a time"
    )
    command.add_argument("--encoding", choices=list(ENCODINGS), default="utf-8", help="of csv")
    command.add_argument("--bom", action="store_true", help="byte order mark, for spreadsheets")


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1, found {number}")
    return number


def run(options: argparse.Namespace) -> int:
    """Runs the command; returns its exit code."""
    if options.format != "csv" and (options.bom or options.encoding != "utf-8"):
        options.refuse("--bom and --encoding are for csv")
    if options.format in LINES:
        return stream(options)
    if options.output is None:
        options.refuse(f"{options.format} needs a file: --output FILE")
    return gather(options)


def stream(options: argparse.Namespace) -> int:
    """Report by report: nothing is kept."""
    lines, encode = LINES[options.format], encoder(options.encoding)

    def records(report: Report, source: str) -> bytes:
        try:
            text = lines.records(report, source)
        except UnicodeEncodeError as error:
            # A file name may hold bytes that are no text.
            raise unwritable(error, options.encoding) from error
        return encode(text)

    with output(options.output) as out:
        out.write(encode(("\ufeff" if options.bom else "") + lines.header))
        return each(options, records, out.write)


def gather(options: argparse.Namespace) -> int:
    """All reports, compressed, then the file."""
    failures: list[GongkaiError] = []
    pairs: list[tuple[str, str | bytes]] = []
    for source in find(options.paths, failures.append):
        if source == STANDARD_INPUT:
            pairs.append((source, sys.stdin.buffer.read(Limits().input_bytes + 1)))
        else:
            pairs.append((name_of(source), os.fsdecode(source)))
    progress = Progress(len(pairs))

    def watch(done: int, total: int, failed: int) -> None:
        progress.reach(done)

    batch = read_sources(pairs, jobs=options.jobs, watch=watch)
    progress.clear()
    failures += batch.errors
    for failure in failures:
        progress.say(f"gongkai: {failure}")
    FILES[options.format](batch, options.output)
    return UNREADABLE if failures else OK
