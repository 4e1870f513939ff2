"""A folder as engines meet it: every carrier, odd names, broken files among good ones."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import gongkai
from conftest import TOP, written
from gongkai.extras import needed

BROKEN = ("encrypted.docx", "truncated-package.docx", "pdf-named-docx.docx", "another-text.txt")


def write_folder(folder: Path) -> Path:
    (folder / "青禾 县" / "2021").mkdir(parents=True)
    for number in range(40):
        path = folder / "青禾 县" / "2021" / f"第{number} 镇.txt"
        path.write_text(written(f"第{number}镇", received=str(number)), encoding="utf-8")
    for sample in sorted((TOP / "examples/reports").iterdir()):
        shutil.copy(sample, folder)
    shutil.copy(TOP / "examples/reports/qinghe-2022.docx", folder / "UPPER.DOCX")
    for name in BROKEN:
        shutil.copy(TOP / "tests/fixtures/bad" / name, folder / "青禾 县")
    (folder / "notes.log").write_text("no report, and no extension of one")
    return folder


def records(table: Iterable[dict[str, Any]]) -> Counter[tuple[Any, ...]]:
    """Records in any order; Spark puts a scheme before the paths of local files."""
    found: Counter[tuple[Any, ...]] = Counter()
    for record in table:
        record["source"] = record["source"].removeprefix("file:")
        found[tuple(record.items())] += 1
    return found


def expected(folder: Path, table: str) -> Counter[tuple[Any, ...]]:
    pyarrow = needed("pyarrow", "arrow")
    batch = gongkai.read_many(folder)
    assert len(batch.errors) == len(BROKEN)
    return records(pyarrow.table(batch.table(table)).to_pylist())
