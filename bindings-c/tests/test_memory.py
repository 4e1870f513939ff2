"""Memory, threads and faults: sanitizers, valgrind, many threads on one report, panics."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from conftest import DEV, DOCUMENTS, HERE, TOP, compile_program, run_program

PROGRAMS = HERE / "programs"
REPORT = DOCUMENTS / "checks/REQ-GROUP/unknown/0.html"


def selection() -> list[Path]:
    """Documents of every carrier that give a report, and all that give an error."""
    folders = ("docx", "html", "text")
    good = [path for folder in folders for path in sorted((DOCUMENTS / folder).iterdir())[:4]]
    return [*good, REPORT, *sorted((DOCUMENTS / "bad").iterdir())]


def test_sanitizers_over_all_getters() -> None:
    run_program(compile_program(PROGRAMS / "dump.c", sanitize=True), *selection())


def test_the_static_library_tells_the_same() -> None:
    shared = run_program(compile_program(PROGRAMS / "dump.c"), *selection())
    static = compile_program(PROGRAMS / "dump.c", static=True, sanitize=True)
    assert run_program(static, *selection()) == shared


def test_valgrind_over_all_getters() -> None:
    run_program(compile_program(PROGRAMS / "dump.c"), *selection(), valgrind=True)


def test_valgrind_over_options_and_errors() -> None:
    program = compile_program(PROGRAMS / "parse.c")
    for words in (("format", "html"), ("limit", "text_bytes", "10"), ("encoding", "none")):
        run_program(program, *words, REPORT, valgrind=True)


def test_hostile_bytes() -> None:
    paths = [*sorted((DOCUMENTS / "bad").iterdir()), *selection()[:12]]
    run_program(compile_program(PROGRAMS / "hostile.c", sanitize=True), *paths)


def test_sequences_of_calls(tmp_path: Path) -> None:
    """What fuzzing found, and seeds like those it begins with."""
    found = sorted((TOP / "tests/fixtures/fuzz/c_calls").glob("*"))
    choices = random.Random(1)
    for number, document in enumerate(selection()):
        steps = bytes([255, *(choices.randrange(256) for _ in range(255))])
        seed = tmp_path / str(number)
        seed.write_bytes(steps + document.read_bytes())
        found.append(seed)
    run_program(compile_program(PROGRAMS / "sequence.c", sanitize=True), *found)


@pytest.mark.parametrize("sanitize", [False, True])
def test_eight_threads_on_one_report(sanitize: bool) -> None:
    run_program(compile_program(PROGRAMS / "threads.c", sanitize=sanitize), REPORT)


@pytest.mark.parametrize("static", [False, True])
def test_a_panic_comes_back_as_an_error(static: bool) -> None:
    program = compile_program(PROGRAMS / "panic.c", prefix=DEV, static=static, sanitize=True)
    assert run_program(program, REPORT) == b""


def test_valgrind_over_a_panic() -> None:
    run_program(compile_program(PROGRAMS / "panic.c", prefix=DEV), REPORT, valgrind=True)
