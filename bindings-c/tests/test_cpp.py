"""The C++ header tells what C tells, in both flavours, and holds its promises."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import DEV, DOCUMENTS, HERE, PREFIX, TOP, compile_program, package_config, run_program

import gongkai

PROGRAMS = HERE / "programs"
BEHAVIOUR = (PROGRAMS / "behaviour.cpp", PROGRAMS / "second.cpp")
# Not optimised: it is compiled often.
WARNINGS = ("-O0", "-Wconversion", "-Wshadow", "-Wsign-conversion", "-Wextra-semi")
# Cells of three kinds, a fraction among them, and findings.
REPORT = TOP / "tests/forms/states-and-named-rows.txt"
# Its error has a place.
DAMAGED = DOCUMENTS / "bad/not-well-formed.docx"

LANGUAGES = [
    (compiler, std) for compiler in ("g++", "clang++") for std in ("c++17", "c++20", "c++2b")
]


def need(compiler: str) -> None:
    if shutil.which(compiler) is None:
        pytest.skip(f"{compiler} is not installed")


def header() -> str:
    return (PREFIX / "include/gongkai.hpp").read_text("utf-8")


def test_every_function_of_c_is_reached(prefix: Path) -> None:
    code = re.sub(r"//.*", "", header())
    types = re.findall(
        r"^typedef .*\b(gongkai_\w+)(?:;|\))", (prefix / "include/gongkai.h").read_text(), re.M
    )
    used = set(re.findall(r"\bgongkai_\w+", code)) - set(types)
    assert sorted(used) == (HERE.parent / "symbols.txt").read_text().split()


@pytest.mark.parametrize("static", [False, True])
def test_every_document_is_told_as_c_tells_it(documents: list[Path], static: bool) -> None:
    wanted = run_program(compile_program(PROGRAMS / "dump.c"), *documents).splitlines()
    program = compile_program(PROGRAMS / "dump.cpp", std="c++17", flags=WARNINGS, static=static)
    got = run_program(program, *documents).splitlines()
    assert len(wanted) == len(documents)
    for path, one, other in zip(documents, got, wanted, strict=True):
        assert one == other, path


# C++17 of g++ is that of the next tests.
@pytest.mark.parametrize(("compiler", "std"), [("g++", "c++20"), ("clang++", "c++17")])
def test_promises_hold_in_every_language(compiler: str, std: str) -> None:
    need(compiler)
    program = compile_program(*BEHAVIOUR, std=std, compiler=compiler, flags=WARNINGS)
    assert run_program(program, REPORT, DAMAGED) == b"held\n"


def test_promises_hold_with_sanitizers() -> None:
    flags = ("-DWITH_PANIC=1",)
    program = compile_program(*BEHAVIOUR, std="c++17", prefix=DEV, sanitize=True, flags=flags)
    assert run_program(program, REPORT, DAMAGED) == b"held\n"


def test_promises_hold_in_valgrind() -> None:
    program = compile_program(*BEHAVIOUR, std="c++17", flags=(*WARNINGS, "-g"))
    assert run_program(program, REPORT, DAMAGED, valgrind=True) == b"held\n"


@pytest.mark.parametrize(("compiler", "std"), LANGUAGES)
def test_without_exceptions(compiler: str, std: str) -> None:
    need(compiler)
    flags = (*WARNINGS, "-fno-exceptions", "-fno-rtti")
    program = compile_program(
        PROGRAMS / "no_exceptions.cpp", std=std, compiler=compiler, flags=flags
    )
    wanted = [
        f"{fact.id} {int(fact.value)}"
        for fact in gongkai.read(REPORT).facts
        if fact.value is not None and fact.value == int(fact.value)
    ]
    assert wanted and run_program(program, REPORT).decode().splitlines() == wanted


REFUSED = {
    "facts of a report that is gone": (
        "for (auto fact : gongkai::parse(bytes).facts()) (void)fact;",
        "deleted",
    ),
    "findings of a report that is gone": (
        "for (auto finding : gongkai::parse(bytes).findings()) (void)finding;",
        "deleted",
    ),
    "a copy of an owner": ("gongkai::Report copy = report;", "deleted"),
    "a path for a document": ('gongkai::parse("report.docx");', "could not convert"),
    "words for a document": ("gongkai::parse(std::u16string());", "could not convert"),
    "a result that nobody looks at": ("report.try_to_json();", "nodiscard"),
    "a result taken for a number": ("int number = gongkai::try_parse(bytes);", "cannot convert"),
}


@pytest.mark.parametrize("wrong", ["", *REFUSED])
def test_slips_do_not_compile(wrong: str) -> None:
    statement, reason = REFUSED.get(wrong, ("", ""))
    source = f"""
#include <gongkai.hpp>
void slip(const std::string &bytes, const gongkai::Report &report);
void slip(const std::string &bytes, const gongkai::Report &report) {{
    (void)bytes, (void)report;
    {statement}
}}
"""
    command = [
        "g++",
        "-std=c++17",
        "-Wall",
        "-Werror",
        "-fsyntax-only",
        *package_config("--cflags"),
    ]
    done = subprocess.run(
        [*command, "-x", "c++", "-"], input=source, capture_output=True, text=True
    )
    assert (done.returncode != 0) == bool(wrong), done.stderr
    assert reason in done.stderr


CMAKE = """
cmake_minimum_required(VERSION 3.16)
project(consumer CXX)
find_package(gongkai REQUIRED)
add_executable(consumer dump.cpp)
target_compile_features(consumer PRIVATE cxx_std_17)
target_link_libraries(consumer PRIVATE gongkai::gongkai)
"""


def test_cmake_finds_it_for_a_project_in_cpp_alone(tmp_path: Path, prefix: Path) -> None:
    (tmp_path / "CMakeLists.txt").write_text(CMAKE, encoding="utf-8")
    shutil.copy(PROGRAMS / "dump.cpp", tmp_path)
    built = tmp_path / "built"
    configure: list[str | Path] = ["cmake", "-S", tmp_path, "-B", built]
    build: list[str | Path] = ["cmake", "--build", built]
    for command in ([*configure, f"-DCMAKE_PREFIX_PATH={prefix}"], build):
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(run_program(built / "consumer", REPORT))["year number"] == 2020


def test_the_example_of_the_manual_runs(tmp_path: Path) -> None:
    manual = (HERE.parent / "README.md").read_text("utf-8")
    (example,) = re.findall(r"```cpp\n(.*?)```", manual, re.S)
    program = compile_program(example, std="c++17", flags=WARNINGS)
    shutil.copy(REPORT, tmp_path / "年报.txt")
    report = gongkai.read(REPORT)
    lines = run_program(program, cwd=tmp_path).decode().splitlines()
    wanted = [f"{fact.id}\t{fact.value}" for fact in report.facts if fact.value is not None]
    assert wanted and lines[: len(wanted)] == wanted
    codes = [line.split("\t")[0] for line in lines[len(wanted) :]]
    assert codes == [finding.code for finding in report.check()]
    assert run_program(program, status=1) == b"missing\n"
