"""The command `gongkai`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import NamedTuple

from gongkai import check_command
from gongkai._gongkai import CSV_HEADER, Report, __version__, csv_records, jsonl_records
from gongkai.command import OK, UNREADABLE, each, output, read_source, terminal_encoding, unwritable
from gongkai.errors import GongkaiError

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader of the output has seen enough. What is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return 130
    except (GongkaiError, OSError) as error:
        print(f"gongkai: {error}", file=sys.stderr)
        return UNREADABLE


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="gongkai", description="Reads 政府信息公开工作年度报告 into exact facts."
    )
    top.add_argument("--version", action="version", version=f"gongkai {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    facts = commands.add_parser("facts", help="one record for each cell of the statutory tables")
    add_paths(facts)
    facts.add_argument("-o", "--output", metavar="FILE", help="default: standard output")
    facts.add_argument("--format", choices=list(WRITERS), default="csv", help="default: csv")
    facts.add_argument("--jobs", type=positive, default=1, metavar="N", help="files read at a time")
    facts.add_argument("--encoding", choices=["utf-8", "gb18030"], default="utf-8")
    facts.add_argument("--bom", action="store_true", help="byte order mark, for spreadsheets")
    facts.set_defaults(run=run_facts, refuse=facts.error)

    check = commands.add_parser("check", help="what does not hold, and the cells to look at")
    add_paths(check)
    check_command.add_arguments(check)
    check.set_defaults(run=check_command.run, refuse=check.error)

    show = commands.add_parser("show", help="the report as a person reads it")
    add_paths(show)
    show.set_defaults(run=run_show, jobs=1)
    return top


def add_paths(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input"
    )


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1, found {number}")
    return number


class Writer(NamedTuple):
    """How records are written."""

    header: str
    records: Callable[[Report, str], str]


WRITERS = {"csv": Writer(CSV_HEADER + "\n", csv_records), "jsonl": Writer("", jsonl_records)}


def run_facts(options: argparse.Namespace) -> int:
    """`gongkai facts`."""
    if options.format == "jsonl" and (options.bom or options.encoding != "utf-8"):
        options.refuse("JSON Lines are UTF-8 without byte order mark")
    writer = WRITERS[options.format]

    def records(source: str) -> bytes:
        report = read_source(source)
        try:
            return writer.records(report, source).encode(options.encoding)
        except UnicodeEncodeError as error:
            # A file name may hold bytes that are no text. Nothing is put in their place.
            raise unwritable(error, options.encoding) from error

    with output(options.output) as out:
        mark = "\ufeff" if options.bom else ""
        out.write((mark + writer.header).encode(options.encoding))
        return each(options, records, out.write)


def run_show(options: argparse.Namespace) -> int:
    """`gongkai show`."""
    encoding = terminal_encoding()
    first = True

    def page(source: str) -> bytes:
        return read_source(source).text().encode(encoding, "backslashreplace")

    def write(text: bytes) -> None:
        nonlocal first
        sys.stdout.buffer.write(text if first else b"\n" + text)
        first = False

    return each(options, page, write)
