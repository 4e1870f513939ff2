"""What is installed: what the files are, and that programs find them in every way."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import (
    HERE,
    PREFIX,
    TOP,
    all_documents,
    compile_program,
    package_config,
    run_program,
)

# Of the size, a megabyte is tables of the HTML parser and the encodings, and Rust's runtime;
# each carrier is 60 to 120 KB.
MEGABYTES, FLOOR = 4.7, (2, 17)

PROGRAM = """
#include <gongkai.h>
#include <stdio.h>
int main(void) {
    printf("%s %d\\n", gongkai_version(), (int)gongkai_abi_version());
    return 0;
}
"""

FINDING = """
cmake_minimum_required(VERSION 3.16)
project(consumer C CXX)
find_package(gongkai {version} REQUIRED)
add_executable(consumer {source})
target_link_libraries(consumer PRIVATE gongkai::{target})
set_property(TARGET consumer PROPERTY C_STANDARD 99)
"""


def told(*command: str | Path, **environment: str) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | environment
    )
    return done.stdout


def version() -> str:
    found: list[str] = re.findall(
        r'^version = "(.*)"', (TOP / "Cargo.toml").read_text("utf-8"), re.M
    )
    (only,) = found
    return only


def abi() -> str:
    header = (PREFIX / "include/gongkai.h").read_text("utf-8")
    found: list[str] = re.findall(r"^#define GONGKAI_ABI_VERSION (\d+)", header, re.M)
    (only,) = found
    return only


@pytest.fixture(scope="module")
def library(prefix: Path) -> Path:
    return prefix / f"lib/libgongkai.so.{abi()}"


def listed_symbols() -> list[str]:
    return (HERE.parent / "symbols.txt").read_text("utf-8").split()


def test_the_shared_library_exports_what_is_listed_and_nothing_else(library: Path) -> None:
    lines = told("nm", "--dynamic", "--defined-only", library).splitlines()
    assert sorted(line.split()[-1] for line in lines) == listed_symbols()


def test_the_static_library_has_all_that_is_listed(prefix: Path) -> None:
    lines = told("nm", "--extern-only", "--defined-only", prefix / "lib/libgongkai.a").splitlines()
    names = {line.split()[-1] for line in lines if " T gongkai_" in line}
    assert sorted(names) == listed_symbols()


def test_the_name_for_the_linker_is_that_of_the_abi(library: Path) -> None:
    (name,) = re.findall(r"\(SONAME\).*\[(.*)\]", told("readelf", "--dynamic", "--wide", library))
    assert name == f"libgongkai.so.{abi()}" == library.name
    link = library.with_name("libgongkai.so")
    assert link.is_symlink() and os.readlink(link) == library.name


def test_it_runs_where_glibc_is_old(library: Path) -> None:
    symbols = told("objdump", "--dynamic-syms", library)
    needed = {(int(a), int(b)) for a, b in re.findall(r"GLIBC_(\d+)\.(\d+)", symbols)}
    assert needed and max(needed) <= FLOOR
    wanted = set(re.findall(r"\(NEEDED\).*\[(.*)\]", told("readelf", "--dynamic", library)))
    system = {
        "libc.so.6",
        "libm.so.6",
        "libpthread.so.0",
        "libdl.so.2",
        "librt.so.1",
        "libutil.so.1",
    }
    assert wanted <= system | {"libgcc_s.so.1", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}


def test_it_is_small_and_stripped(library: Path) -> None:
    assert library.stat().st_size <= MEGABYTES * 1_000_000
    sections = told("objdump", "--section-headers", library)
    assert ".debug_info" not in sections and ".symtab" not in sections


def test_no_path_of_the_machine_is_written_into_what_is_installed(prefix: Path) -> None:
    texts = [path for path in prefix.rglob("*") if path.is_file() and "libgongkai" not in path.name]
    assert {path.name for path in texts} >= {"gongkai.pc", "gongkai-config.cmake", "gongkai.h"}
    for path in texts:
        text = path.read_text("utf-8")
        assert str(TOP) not in text and "@" not in re.sub(r"\S+@\S+|@param", "", text), path


def test_what_a_finder_is_told_is_the_version(prefix: Path) -> None:
    assert package_config("--modversion") == [version()]


@pytest.mark.parametrize("static", [False, True])
def test_pkg_config_finds_it(compile_c: Callable[..., Path], static: bool) -> None:
    program = compile_c(PROGRAM, static=static)
    assert run_program(program).decode() == f"{version()} {abi()}\n"
    needed = told("readelf", "--dynamic", program)
    assert ("libgongkai" in needed) != static


def cmake(folder: Path, prefix: Path, wanted: str, target: str) -> subprocess.CompletedProcess[str]:
    folder.mkdir(parents=True)
    text = FINDING.format(version=wanted, target=target, source=HERE / "programs/dump.c")
    (folder / "CMakeLists.txt").write_text(text, encoding="utf-8")
    command = ["cmake", "-S", str(folder), "-B", str(folder / "built")]
    command.append(f"-DCMAKE_PREFIX_PATH={prefix}")
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.parametrize("target", ["gongkai", "static"])
def test_cmake_finds_it(tmp_path: Path, prefix: Path, target: str) -> None:
    # The tree is moved, so that nothing may lead to where it was made.
    moved = shutil.copytree(prefix, tmp_path / "moved 树", symlinks=True)
    found = cmake(tmp_path / "consumer", moved, version(), target)
    assert found.returncode == 0, found.stderr
    assert "warning" not in found.stderr.lower()
    told("cmake", "--build", tmp_path / "consumer/built")
    program = tmp_path / "consumer/built/consumer"
    documents = all_documents()
    wanted = run_program(compile_program(HERE / "programs/dump.c"), *documents)
    assert run_program(program, *documents) == wanted
    assert ("libgongkai" in told("readelf", "--dynamic", program)) == (target == "gongkai")


def test_cmake_refuses_another_version(tmp_path: Path, prefix: Path) -> None:
    major, minor, _ = map(int, version().split("."))
    for wanted in [f"{major}.{minor + 1}", f"{major + 1}.0"]:
        found = cmake(tmp_path / wanted, prefix, wanted, "gongkai")
        assert found.returncode != 0 and "gongkai" in found.stderr


def test_pkg_config_finds_a_tree_that_was_moved(tmp_path: Path, prefix: Path) -> None:
    moved = shutil.copytree(prefix, tmp_path / "moved", symlinks=True)
    program = compile_program(PROGRAM, prefix=moved)
    assert str(moved) in told("ldd", program)
    assert run_program(program).decode() == f"{version()} {abi()}\n"


def test_another_folder_of_libraries_and_a_staging_folder(tmp_path: Path) -> None:
    script = TOP / "bindings-c/package/install"
    told(script, TOP / "target/debug", "/opt/software", DESTDIR=str(tmp_path), LIBDIR="lib/here")
    tree = tmp_path / "opt/software"
    assert (tree / "lib/here/libgongkai.a").is_file() and (tree / "include/gongkai.h").is_file()
    flags = told(
        "pkg-config", "--cflags", "gongkai", PKG_CONFIG_LIBDIR=str(tree / "lib/here/pkgconfig")
    )
    include = Path(flags.strip().removeprefix("-I"))
    assert include.resolve() == (tree / "include").resolve()
    text = "".join(path.read_text("utf-8") for path in tree.glob("lib/here/**/*gongkai*.*[ce]"))
    assert str(tmp_path) not in text


def test_the_readme_lists_the_systems_libraries() -> None:
    text = (HERE.parent / "README.md").read_text("utf-8")
    listed = " ".join(
        flag for flag in package_config("--static", "--libs") if flag.startswith("-l")
    )
    assert listed.removeprefix("-lgongkai ") in text
