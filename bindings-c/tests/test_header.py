"""The header in every language it is promised for, and its macros."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import gongkai
from conftest import HERE, PREFIX, TOP, compile_program, run_program

STANDARDS = ["c99", "c11", "c17", "c++11", "c++14", "c++17", "c++20"]
COMPILERS = ["gcc", "clang"]

# The header twice, and first of all that is included.
ONE = """
#include <gongkai.h>
#include <gongkai.h>
const char *other(void);
int main(void) { return gongkai_version() == other() ? 0 : 1; }
"""
TWO = """
#include <gongkai.h>
#include <stdio.h>
const char *other(void);
const char *other(void) { return gongkai_version(); }
"""

MACROS = """
#include <gongkai.h>
#include <stdio.h>
#include <string.h>
int main(void) {
    if (strcmp(gongkai_version(), GONGKAI_VERSION) != 0) return 1;
    if (gongkai_version_number() != GONGKAI_VERSION_NUMBER) return 2;
    if (gongkai_abi_version() != GONGKAI_ABI_VERSION) return 3;
    if (gongkai_abi_min_compatible() != GONGKAI_ABI_MIN_COMPATIBLE) return 4;
    if (gongkai_schema_version() != GONGKAI_SCHEMA_VERSION) return 5;
    if (gongkai_tables_version() != GONGKAI_TABLES_VERSION) return 6;
    if (GONGKAI_VERSION_NUMBER != GONGKAI_VERSION_MAJOR * 1000000
        + GONGKAI_VERSION_MINOR * 1000 + GONGKAI_VERSION_PATCH) return 7;
    printf("%d.%d.%d", GONGKAI_VERSION_MAJOR, GONGKAI_VERSION_MINOR, GONGKAI_VERSION_PATCH);
    return strcmp(gongkai_status_name(1000), "unknown") != 0;
}
"""


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("family", COMPILERS)
def test_two_units_of_every_standard(standard: str, family: str) -> None:
    compiler = {"gcc": "g++", "clang": "clang++"}[family] if "++" in standard else family
    if shutil.which(compiler) is None:
        pytest.skip(f"{compiler} is not installed")
    run_program(compile_program(ONE, TWO, std=standard, compiler=compiler))


def test_macros_are_what_the_functions_say() -> None:
    header = (PREFIX / "include/gongkai.h").read_text("utf-8")
    (version,) = re.findall(r'#define GONGKAI_VERSION "(.*)"', header)
    assert run_program(compile_program(MACROS)).decode() == version


def test_the_installed_header_is_the_committed_one() -> None:
    committed = HERE.parent / "include/gongkai.h"
    assert (PREFIX / "include/gongkai.h").read_bytes() == committed.read_bytes()


def test_every_status_has_a_name() -> None:
    header = (PREFIX / "include/gongkai.h").read_text("utf-8")
    statuses = re.findall(r"#define GONGKAI_(OK|ABSENT|E_\w+) (\d+)", header)
    assert [int(number) for _, number in statuses] == list(range(10))
    calls = "".join(
        f'printf("%s\\n", gongkai_status_name(GONGKAI_{name}));' for name, _ in statuses
    )
    program = f"#include <gongkai.h>\n#include <stdio.h>\nint main(void) {{ {calls} return 0; }}\n"
    told = run_program(compile_program(program)).decode().split()
    assert told == [name.removeprefix("E_").lower() for name, _ in statuses]


def test_the_readme_of_the_project_runs() -> None:
    text = (TOP / "README.md").read_text("utf-8")
    (program,) = re.findall(r"```c\n(.*?)```", text, re.S)
    assert program.startswith("#include <gongkai.h>")
    built = compile_program(program, flags=("-Wall", "-Wextra", "-Werror"))
    done = subprocess.run([built], cwd=TOP, capture_output=True, check=True)
    report = gongkai.read(TOP / "examples/reports/qinghe-2021.txt")
    assert done.stdout.decode() == f"{report['requests.received.total'].value}\n"


def test_the_readme_compiles() -> None:
    """The example of the conventions, inside a function."""
    text = (HERE.parent / "README.md").read_text("utf-8")
    for block in re.findall(r"```c\n(.*?)```", text, re.S):
        lines = block.splitlines()
        includes = [line for line in lines if line.startswith("#include")]
        body = "\n".join(line for line in lines if line not in includes)
        program = "\n".join(
            ["#include <stdio.h>", *includes, "int main(void) {", body, "return 0; }"]
        )
        # It reads a report that is not here, which it says.
        built = compile_program(program)
        assert Path(built).is_file()
