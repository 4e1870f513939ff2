"""The notebook runs from beginning to end, and shows what its words say."""

from __future__ import annotations

import json
from typing import Any

import pytest

import gongkai
from conftest import TOP
from gongkai import plot

PATH = TOP / "examples/from_folder_to_panel.ipynb"


def test_outputs_are_not_kept() -> None:
    notebook = json.loads(PATH.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        assert not cell.get("outputs") and cell.get("execution_count") is None


@pytest.fixture(scope="module")
def outputs() -> list[list[dict[str, Any]]]:
    """What each cell of code shows."""
    for needed in ("pandas", "matplotlib"):
        pytest.importorskip(needed)
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(PATH, as_version=4)  # type: ignore[no-untyped-call]
    client = NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(PATH.parent)}}
    )
    client.execute()
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def shown(outputs: list[list[dict[str, Any]]], kind: str) -> list[str]:
    data = [output.get("data", {}) for cell in outputs for output in cell]
    return [str(item[kind]) for item in data if kind in item]


def test_it_says_nothing_on_standard_error(outputs: list[list[dict[str, Any]]]) -> None:
    streams = [o for cell in outputs for o in cell if o["output_type"] == "stream"]
    said = [o["text"] for o in streams if o["name"] == "stderr"]
    if len(plot._font()) == 1:  # No font with Chinese characters is installed.
        said = [text for text in said if "missing from font" not in text]
    assert said == []


def test_it_shows_what_its_words_say(outputs: list[list[dict[str, Any]]]) -> None:
    pages = shown(outputs, "text/html")
    (form,) = [page for page in pages if 'class="form requests"' in page]
    report = gongkai.read(TOP / "examples/county/songlin-2023.docx")
    assert form == report._repr_html_()
    assert form.count("suspect") > 0 and "REQ-ROW-TOTAL" in form
    printed = "".join(o["text"] for cell in outputs for o in cell if "text" in o)
    assert "liuwan-2025.docx" in printed and "XY-CARRY" in printed and "→" in printed
    assert any("blank" in page and "not_applicable" in page for page in pages)
    assert len(shown(outputs, "image/png")) == 2
