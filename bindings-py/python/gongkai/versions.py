"""What to say in a report of a defect."""

from __future__ import annotations

import sys
from typing import TextIO

__all__ = ["show_versions"]

_OPTIONAL = (
    "pyarrow",
    "pandas",
    "polars",
    "duckdb",
    "pyspark",
    "ray",
    "XlsxWriter",
    "pyreadstat",
    "matplotlib",
    "tqdm",
)


def show_versions(file: TextIO | None = None) -> None:
    """Prints the versions of the package, of Python, of the system, and of the optional
    libraries that are installed, without importing them. To standard output, or to `file`."""
    # Not needed by those who only read reports.
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from gongkai import SCHEMA_VERSION, TABLES_VERSION, __version__

    rows = {
        "gongkai": __version__,
        "schema of reports": str(SCHEMA_VERSION),
        "schema of tables": str(TABLES_VERSION),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "interpreter lock": "no" if not getattr(sys, "_is_gil_enabled", lambda: True)() else "yes",
        "system": platform.platform(),
        "machine": platform.machine(),
        "encoding": f"{sys.getfilesystemencoding()}, output {sys.stdout.encoding}",
    }
    for name in _OPTIONAL:
        try:
            rows[name] = version(name)
        except PackageNotFoundError:
            rows[name] = "-"
    for name, value in rows.items():
        print(f"{name:18} {value}", file=file)
