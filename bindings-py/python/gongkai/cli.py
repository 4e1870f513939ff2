"""The command `gongkai`."""

from __future__ import annotations

import argparse
import os
import sys

from gongkai import check_command, facts_command
from gongkai._gongkai import Report, __version__
from gongkai.command import OK, UNREADABLE, each, terminal_encoding
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
    facts_command.add_arguments(facts)
    facts.set_defaults(run=facts_command.run, refuse=facts.error)

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


def run_show(options: argparse.Namespace) -> int:
    """`gongkai show`."""
    encoding = terminal_encoding()
    first = True

    def page(report: Report, source: str) -> bytes:
        return report.text().encode(encoding, "backslashreplace")

    def write(text: bytes) -> None:
        nonlocal first
        sys.stdout.buffer.write(text if first else b"\n" + text)
        first = False

    return each(options, page, write)
