"""What docs/clusters.md shows is so."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.dataset

import gongkai
from conftest import TOP


def test_the_page_runs_as_it_stands(tmp_path: Path) -> None:
    page = (TOP / "docs/clusters.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 5
    shutil.copytree(TOP / "examples/reports", tmp_path / "reports")
    # Beyond the examples: a file that is no report.
    shutil.copy(TOP / "tests/fixtures/bad/encrypted.docx", tmp_path / "reports")
    (tmp_path / "out").mkdir()
    (tmp_path / "page.py").write_text("\n".join(blocks), encoding="utf-8")
    command = [sys.executable, "page.py"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    count = len(gongkai.read_many(tmp_path / "reports").facts)
    for name in ("facts", "ray-facts"):
        assert pyarrow.dataset.dataset(tmp_path / "out" / name).count_rows() == count
    assert "encrypted" in done.stdout
