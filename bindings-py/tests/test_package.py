"""What installing and importing the package costs, and what it says of itself."""

from __future__ import annotations

import io
import subprocess
import sys
from importlib.metadata import metadata, requires

import gongkai


def test_import_takes_the_standard_library_and_little_of_it() -> None:
    script = (
        "import sys; known = set(sys.modules)\n"
        "import gongkai\n"
        "print(*sorted(set(sys.modules) - known))"
    )
    command = [sys.executable, "-I", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    new = done.stdout.split()
    own = [name for name in new if name.partition(".")[0] == "gongkai"]
    foreign = {name.partition(".")[0] for name in new} - set(sys.stdlib_module_names)
    assert foreign == {"gongkai"}
    # `make wheel` measures the time; the number of modules is what makes it grow.
    assert len(new) - len(own) < 100, new


def test_nothing_else_is_needed_and_extras_have_names() -> None:
    needed = [need for need in requires("gongkai") or [] if "extra ==" not in need]
    assert needed == []
    extras = set(metadata("gongkai").get_all("Provides-Extra") or [])
    assert extras >= {"arrow", "pandas", "polars", "excel", "stats", "plot", "duckdb"}
    assert extras >= {"ray", "spark", "all"}
    everything = [need for need in requires("gongkai") or [] if "extra == 'all'" in need]
    assert all(any(extra in need for need in everything) for extra in extras - {"all"})


def test_show_versions() -> None:
    shown = io.StringIO()
    gongkai.show_versions(shown)
    lines = dict(line.split(maxsplit=1) for line in shown.getvalue().splitlines())
    assert lines["gongkai"] == gongkai.__version__ == metadata("gongkai")["Version"]
    assert lines["python"].endswith(sys.version.split()[0])


def test_the_module_is_the_command() -> None:
    for command in ([sys.executable, "-m", "gongkai"], ["gongkai"]):
        if command == ["gongkai"]:
            command = [sys.executable.rpartition("/")[0] + "/gongkai"]
        done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["gongkai", gongkai.__version__]
