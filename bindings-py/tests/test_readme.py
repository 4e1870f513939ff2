"""What README.md and the pages of the documentation show is so."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import TOP

# What the page on clusters shows needs engines: `make test-clusters` runs it.
PAGES = {
    path.name: path.read_text(encoding="utf-8")
    for path in [TOP / "README.md", *sorted((TOP / "docs").glob("*.md"))]
    if path.name != "clusters.md"
}


def blocks(language: str, page: str = "README.md") -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGES[page], re.DOTALL)


@pytest.mark.parametrize(
    ("page", "block"),
    [
        pytest.param(page, block, id=f"{page}-{number}")
        for page in PAGES
        for number, block in enumerate(blocks("python", page), start=1)
    ],
)
def test_python(page: str, block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    exec(compile(block, page, "exec"), {})


def test_rust() -> None:
    """`cargo test` compiles the examples; README shows one of them word for word."""
    example = (TOP / "core/examples/read_report.rs").read_text(encoding="utf-8")
    (block,) = blocks("rust")
    assert block.strip() in example


def commands() -> list[str]:
    lines = "".join("".join(blocks("sh", page)) for page in PAGES).splitlines()
    return [line for line in dict.fromkeys(lines) if line.startswith("gongkai ")]


@pytest.mark.parametrize("line", commands())
def test_command(line: str, tmp_path: Path) -> None:
    line, *_ = line.split("  #")
    script = [sys.executable, "-m", *shlex.split(line.split(" > ")[0])]
    written = tmp_path / "written"
    if "-o" in script:
        script[script.index("-o") + 1] = str(written)
    done = subprocess.run(script, cwd=TOP, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert written.stat().st_size if "-o" in script else done.stdout


def test_there_are_examples() -> None:
    assert blocks("python") and commands()
