"""Programs in C and C++, built from the installed tree alone.

`make test-c` has installed the released library into `target/c/prefix`, a build with
`gongkai_test_panic` into `target/c/dev`, and written the fixtures, packed and in their
encodings, into `target/c/documents`.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
BUILT = TOP / "target/c"
PREFIX = BUILT / "prefix"
DEV = BUILT / "dev"
DOCUMENTS = BUILT / "documents"
PROGRAMS = BUILT / "programs"
HERE = Path(__file__).parent
REPORTS = Path(os.environ.get("GONGKAI_REPORTS", TOP / "../shared/reports"))

STRICT = ("-pedantic", "-Wall", "-Wextra", "-Werror")
SANITIZERS = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g")
# Possible losses are left out: what Rust makes once and keeps (the words of the forms, the
# handle of a thread) is pointed to behind its start, which valgrind cannot tell from a loss.
LOSSES = "definite,indirect"
VALGRIND = [
    *("valgrind", "--quiet", "--leak-check=full", f"--show-leak-kinds={LOSSES}"),
    *(f"--errors-for-leak-kinds={LOSSES}", "--error-exitcode=86"),
]
# A leak and a wrong access end the program with this status.
WRONG = 86


def package_config(*arguments: str, prefix: Path = PREFIX) -> list[str]:
    """What pkg-config says of the library in the tree, and of it alone."""
    environment = os.environ | {"PKG_CONFIG_LIBDIR": str(prefix / "lib/pkgconfig")}
    command = ["pkg-config", *arguments, "gongkai"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return shlex.split(done.stdout)


def library_flags(*, static: bool = False, prefix: Path = PREFIX) -> list[str]:
    """Arguments of the linker."""
    if static:
        # The archive by its name: a linker takes the shared library where it finds both.
        (folder,) = package_config("--variable=libdir", prefix=prefix)
        system = package_config("--static", "--libs", prefix=prefix)
        own = [flag for flag in system if flag != "-lgongkai" and not flag.startswith("-L")]
        return [f"{folder}/libgongkai.a", *own]
    (folder,) = package_config("--variable=libdir", prefix=prefix)
    return [*package_config("--libs", prefix=prefix), f"-Wl,-rpath,{Path(folder).resolve()}"]


def compile_program(
    *sources: Path | str,
    std: str = "c99",
    flags: Sequence[str] = (),
    static: bool = False,
    sanitize: bool = False,
    prefix: Path = PREFIX,
    compiler: str | None = None,
) -> Path:
    """Builds a program of source files, or of source text, and returns its path.

    `std` chooses the language: `c99`, `c++17`, … `flags` go to the compiler, and libraries
    among them (`-lsqlite3`) to the linker.
    """
    cpp = "++" in std
    compiler = compiler or ("g++" if cpp else "gcc")
    key = hashlib.sha256(repr((sources, std, flags, static, sanitize, prefix)).encode())
    for source in sources:
        if isinstance(source, Path):
            key.update(source.read_bytes())
    PROGRAMS.mkdir(exist_ok=True)
    name = sources[0].stem if isinstance(sources[0], Path) else "program"
    program = PROGRAMS / f"{name}-{key.hexdigest()[:12]}"
    files = []
    for number, source in enumerate(sources):
        if isinstance(source, str):
            path = program.with_suffix(f".{number}.{'cpp' if cpp else 'c'}")
            path.write_text(source, encoding="utf-8")
            source = path
        files.append(str(source))
    command = [
        compiler,
        f"-std={std}",
        *STRICT,
        *(SANITIZERS if sanitize else ("-O1",)),
        *package_config("--cflags", prefix=prefix),
        *(flag for flag in flags if not flag.startswith("-l")),
        *files,
        "-o",
        str(program),
        *library_flags(static=static, prefix=prefix),
        *(flag for flag in flags if flag.startswith("-l")),
        "-pthread",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, f"{shlex.join(command)}\n{done.stderr}"
    return program


def run_program(
    program: Path | str,
    *arguments: Path | str,
    stdin: bytes = b"",
    status: int = 0,
    valgrind: bool = False,
    cwd: Path | None = None,
) -> bytes:
    """What a program writes to standard output. It must end with the status, write nothing
    to standard error, and, if it was built with sanitizers or runs in valgrind, leak nothing.
    """
    command = [str(program), *map(str, arguments)]
    if valgrind:
        command = [*VALGRIND, *command]
    environment = os.environ | {
        "ASAN_OPTIONS": f"detect_leaks=1:exitcode={WRONG}",
        "UBSAN_OPTIONS": "print_stacktrace=1",
        # A library that prints would print more.
        "RUST_BACKTRACE": "1",
    }
    done = subprocess.run(command, input=stdin, capture_output=True, env=environment, cwd=cwd)
    told = done.stderr.decode(errors="replace")
    assert (done.returncode, told) == (status, ""), (
        f"{command} ended with {done.returncode}: {told}"
    )
    return done.stdout


def all_documents() -> list[Path]:
    """Every document of the fixtures, and the published reports where they are at hand."""
    fixtures = sorted(path for path in DOCUMENTS.glob("*/*") if path.is_file())
    assert len(fixtures) > 100, "no fixtures"
    return [*fixtures, *published_documents()]


def published_documents() -> list[Path]:
    return sorted(path for path in REPORTS.glob("*.*") if path.suffix != ".csv")


@pytest.fixture(scope="session")
def prefix() -> Path:
    """The installed tree."""
    assert (PREFIX / "include/gongkai.h").is_file(), "run make test-c"
    return PREFIX


@pytest.fixture(scope="session")
def compile_c(prefix: Path) -> Callable[..., Path]:
    """See `compile_program`."""
    return compile_program


@pytest.fixture(scope="session")
def run_c() -> Callable[..., bytes]:
    """See `run_program`."""
    return run_program


@pytest.fixture(scope="session")
def documents() -> list[Path]:
    """See `all_documents`."""
    return all_documents()


@pytest.fixture(scope="session")
def published() -> list[Path]:
    """The published reports, or a skip."""
    found = published_documents()
    if not found:
        pytest.skip(f"the published reports are not at {REPORTS}")
    return found
